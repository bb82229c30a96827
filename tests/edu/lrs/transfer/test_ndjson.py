"""Whole records out and in."""

from io import BytesIO

import orjson
import pytest

from edu.db import inside, unit_of_work
from edu.lrs import public, service
from edu.lrs.cli import lrs
from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.transfer import ndjson
from tests.factories import a_college

TOOL = build.agent_for("https://moodle.example", "tool", name="Moodle")


def said(number: int) -> dict:
    agent = build.agent_for("https://hoc.example", f"lan{number}")
    return build.statement(agent, Verb.COMPLETED, {"id": "https://hoc.example/bai/1"})


@pytest.fixture
def full(app):
    """A college with statements of a tool and of our own, one of them voided."""
    college = a_college()
    with inside(college.id), unit_of_work():
        ids = service.store(
            [said(n) for n in range(ndjson.BATCH + 1)], service.Author(TOOL), Version.V1
        )
        public.record(build.voiding(TOOL, ids[0]))
    return college


def lines_of(college) -> list[bytes]:
    with inside(college.id):
        return list(ndjson.lines())


def test_a_record_moves_to_another_college_whole(full):
    written, other = lines_of(full), a_college()

    with inside(other.id):
        report = ndjson.take(written)

    assert (report.taken, report.refused) == (ndjson.BATCH + 2, [])
    without = {"stored"}
    before = [{k: v for k, v in orjson.loads(line).items() if k not in without} for line in written]
    after = [
        {k: v for k, v in orjson.loads(line).items() if k not in without}
        for line in lines_of(other)
    ]
    assert after == before


def test_taking_it_again_changes_nothing(full):
    written = lines_of(full)

    with inside(full.id):
        ndjson.take(written)

    assert lines_of(full) == written


def test_lines_that_are_wrong_are_named_and_the_others_taken(full):
    first, *_rest = lines_of(full)
    changed = orjson.dumps(orjson.loads(first) | {"result": {"success": False}})
    good = orjson.dumps(said(1))

    with inside(full.id):
        report = ndjson.take([b"{", b"\n", changed, good, b"[]"])

    assert report.taken == 1
    assert {each.line: each.why for each in report.refused} == {
        1: "not-json (RFC 8259)",
        3: "statement-conflict",
        5: "/: object (Data 2.4)",
    }


def test_the_command_line_reads_what_it_writes(full, app, tmp_path):
    other, runner = a_college(), app.test_cli_runner()
    written = runner.invoke(lrs, ["export", "--organisation", full.code]).stdout_bytes
    file = tmp_path / "record.ndjson"
    file.write_bytes(written + b"{\n")

    done = runner.invoke(lrs, ["import", "--organisation", other.code, str(file)])

    assert done.exit_code == 1
    assert f"line {ndjson.BATCH + 3}: not-json" in done.output
    assert f"{ndjson.BATCH + 2} taken, 1 refused" in done.output


def test_a_statement_of_version_two_comes_back_as_such(app):
    college, other = a_college(), a_college()
    helper = {"objectType": "contextAgent", "agent": TOOL}
    two = said(1) | {"version": "2.0.0", "context": {"contextAgents": [helper]}}
    with inside(college.id), unit_of_work():
        service.store([two], service.Author(TOOL), Version.V2)

    with inside(other.id):
        report = ndjson.take(lines_of(college))
        [back] = public.statements()

    assert report.refused == []
    assert back.statement["version"] == "2.0.0"
    assert back.statement["context"] == two["context"]


def test_an_id_that_comes_twice_is_stored_once_and_compared(app):
    college = a_college()
    one = said(1) | {"id": "0190a000-0000-7000-8000-000000000001"}
    other = said(2) | {"id": one["id"].upper()}

    with inside(college.id):
        report = ndjson.take(map(orjson.dumps, [one, one, other]))
        found = public.statements()

    assert (report.taken, [each.line for each in report.refused]) == (2, [3])
    assert len(found) == 1


def test_a_line_beyond_all_limits_does_not_fill_the_memory(app, monkeypatch):
    monkeypatch.setattr(ndjson, "LONGEST_LINE", 1000)
    college = a_college()
    file = BytesIO(b'"' + b"x" * 2500 + b'"\n' + orjson.dumps(said(1)) + b"\n")

    with inside(college.id):
        report = ndjson.take(ndjson.lines_of(file))

    assert report.taken == 1
    assert len(report.refused) == 3
