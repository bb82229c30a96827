"""Whole records out and in."""

import orjson
import pytest

from edu.db import inside, unit_of_work
from edu.lrs import public, service, transfer
from edu.lrs.cli import lrs
from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
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
            [said(n) for n in range(transfer.BATCH + 1)], service.Author(TOOL), Version.V1
        )
        public.record(build.voiding(TOOL, ids[0]))
    return college


def lines_of(college) -> list[bytes]:
    with inside(college.id):
        return list(transfer.lines())


def test_a_record_moves_to_another_college_whole(full):
    written, other = lines_of(full), a_college()

    with inside(other.id):
        report = transfer.take(written)

    assert (report.taken, report.refused) == (transfer.BATCH + 2, [])
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
        transfer.take(written)

    assert lines_of(full) == written


def test_lines_that_are_wrong_are_named_and_the_others_taken(full):
    first, *_rest = lines_of(full)
    changed = orjson.dumps(orjson.loads(first) | {"result": {"success": False}})
    good = orjson.dumps(said(1))

    with inside(full.id):
        report = transfer.take([b"{", b"\n", changed, good, b"[]"])

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
    assert f"line {transfer.BATCH + 3}: not-json" in done.output
    assert f"{transfer.BATCH + 2} taken, 1 refused" in done.output
