import pytest

from edu.taxonomy.core.recognise import FileKind, kind_of
from tests.edu.taxonomy import esco_files


def test_a_zip_is_taken_for_an_archive_of_esco(tmp_path):
    words, _relations = esco_files.write(tmp_path)

    assert kind_of(words) is FileKind.ESCO


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("code,name,name_en,type", FileKind.PROVINCES),
        ('\ufeff"code","name","name_en","type"', FileKind.PROVINCES),
        ("province_code,type,name,code,name_en", FileKind.COMMUNES),
        ("code,name", None),
        ("", None),
    ],
)
def test_a_table_is_told_by_its_header(tmp_path, header, kind):
    path = tmp_path / "anything.txt"
    path.write_text(f"{header}\n48,x,x,x\n", "utf-8")

    assert kind_of(path) is kind


def test_bytes_that_are_no_text_are_nothing(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"\xff\xfe\x00")

    assert kind_of(path) is None
