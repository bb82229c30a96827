"""A page has an end in bytes, too: it tells what fits, and `more` goes on from there."""

import orjson
import pytest

from edu.db import inside
from edu.lrs import attachments
from edu.lrs.core.multipart import parse
from edu.lrs.xapi import statements
from tests.edu.lrs.xapi.conftest import a_statement
from tests.edu.lrs.xapi.test_attachments import a_file, described, send

SIZE = 10_000
ROOM = 25_000  # for two files and what is said of them, not for three
FILES = [bytes([number]) * SIZE for number in range(5)]
ELSEWHERE = {"fileUrl": "https://hoc.example/anh.png"}


@pytest.fixture
def narrow(monkeypatch):
    """Leave little room in answers, once all is stored."""
    return lambda: monkeypatch.setattr(statements, "max_bytes", lambda: ROOM)


def about(*contents: bytes, **other: object) -> dict:
    return a_statement(attachments=[described(content, **other) for content in contents])


def told(answer) -> tuple[bytes, list[bytes]]:
    if answer.is_json:
        return answer.data, []
    parts = parse(answer.data, answer.content_type)
    return parts.statements, [file.content for file in parts.attachments]


def pages_of(tool, **query: str) -> list[tuple[list[str], list[bytes]]]:
    """Read a page and all that follow: ids and files of each."""
    found, answer = [], tool.get("/statements", query=query | {"ascending": "true"})
    while True:
        said, files = told(answer)
        page = orjson.loads(said)
        found.append(([each["id"] for each in page["statements"]], files))
        if not page["more"]:
            return found
        answer = tool.get(page["more"].removeprefix(tool.mount))


def test_a_page_ends_before_its_files_become_too_many(either, narrow):
    sent = [about(content) for content in FILES]
    send(either, sent, *map(a_file, FILES))
    narrow()

    pages = pages_of(either, attachments="true")

    assert [files for _, files in pages] == [FILES[:2], FILES[2:4], FILES[4:]]
    assert [told for ids, _ in pages for told in ids] == [each["id"] for each in sent]


def test_a_file_of_several_statements_takes_its_room_once(either, narrow):
    sent = [about(FILES[0], FILES[1]) for _ in range(4)]
    send(either, sent, *map(a_file, FILES[:2]))
    narrow()

    assert pages_of(either, attachments="true") == [([each["id"] for each in sent], FILES[:2])]


def test_one_statement_is_told_with_all_files_it_came_with(either, narrow):
    sent = [about(*FILES), about(FILES[0])]
    send(either, sent, *map(a_file, FILES))
    narrow()

    one = either.get("/statements", query={"statementId": sent[0]["id"], "attachments": "true"})

    assert [files for _, files in pages_of(either, attachments="true")] == [FILES, FILES[:1]]
    assert told(one)[1] == FILES


def test_what_is_elsewhere_too_stays_there_where_it_is_too_much(either, narrow):
    send(either, [about(content) for content in FILES], *map(a_file, FILES))
    [greedy] = either.store(about(*FILES, **ELSEWHERE))
    narrow()

    one = either.get("/statements", query={"statementId": greedy, "attachments": "true"})
    *_, last = pages_of(either, attachments="true")

    assert told(one)[1] == []
    assert last == ([greedy], [])


def test_many_files_are_looked_up(college):
    payload = orjson.dumps(
        a_statement(attachments=[{"sha2": f"{number:064x}"} for number in range(70_000)])
    )

    with inside(college.id):
        assert attachments.files_within([payload], most=0) == ([], 1)


@pytest.mark.parametrize("form", ["exact", "ids", "canonical"])
def test_a_page_ends_where_its_statements_become_too_long(either, narrow, form):
    sent = [a_statement(result={"response": "x" * SIZE}) for _ in range(5)]
    either.store(*sent)
    narrow()

    pages = pages_of(either, format=form)

    assert [told for ids, _ in pages for told in ids] == [each["id"] for each in sent]
    assert form == "exact" or [len(ids) for ids, _ in pages] == [2, 2, 1]
