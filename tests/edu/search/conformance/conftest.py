"""What every engine must do, and do alike: ways to ask, and something to find."""

import pytest

from edu.search.index import Hits, SearchQuery


def ids(hits: Hits) -> list[str]:
    return [hit.id for hit in hits.items]


def find(index, text: str, **more: object) -> list[str]:
    return ids(index.search(SearchQuery(text=text, **more)))


@pytest.fixture
def refrigeration(index, document):
    index.put(
        [
            document("plain", "Giao trinh dien lanh", "Sua may dien lanh dan dung"),
            document("exact", "Nghề điện lạnh", "Lắp đặt máy lạnh"),
            document("other", "Diễn viên và lãnh đạo", "Bài đọc"),
            document("apart", "An toàn điện", "Phòng lạnh ở xa phòng máy"),
        ]
    )
    return index
