"""Exports and imports by page: asked for, done by a job, fetched by who asked."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import orjson
import pytest
import sqlalchemy as sa
import time_machine

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.transfer import jobs, ndjson, queries, service
from edu.lrs.transfer.models import Format, Transfer, TransferState
from edu.lrs.wanted import Wanted
from edu.storage import service as storage
from tests.factories import a_college, a_person

PAGE = "/at/{}/lrs/transfers"


def did(who, verb=Verb.COMPLETED, lesson="mot"):
    agent = public.agent_of(who) if hasattr(who, "email") else who
    target = {"id": f"https://hoc.example/{lesson}"}
    with unit_of_work():
        return str(public.record(build.statement(agent, verb, target)))


def export(browser, college, kind=Format.CSV, **filters):
    """Ask, let the job run, and fetch."""
    page = PAGE.format(college.code)
    answer = browser.post(f"{page}/export", data={"format": kind.value} | filters)
    assert answer.status_code == 303, answer.text
    run_due()
    return browser.get(f"{answer.location}/file")


def ids_in(file) -> list[str]:
    return [row["statement_id"] for row in csv.DictReader(StringIO(file.text, newline=""))]


def all_asked():
    """Every export and import, the newest first."""
    return db.session.scalars(queries.all_asked().order_by(Transfer.id.desc())).all()


def upload(browser, college, content: bytes):
    page = PAGE.format(college.code)
    file = {"file": (BytesIO(content), "hồ sơ.ndjson")}
    return browser.post(f"{page}/import", data=file, content_type="multipart/form-data")


def bring(browser, college, content: bytes):
    """Upload a file and say yes; an answer that refuses it comes back as it is."""
    answer = upload(browser, college, content)
    return answer if answer.location is None else browser.post(f"{answer.location}/confirm")


def test_a_manager_takes_the_record_out(browser, college):
    lan = a_person("Trần Thị Lan")
    ids = [did(lan), did(lan)]

    file = export(browser, college)

    assert ids_in(file) == ids
    assert file.mimetype == "text/csv"
    assert file.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in file.headers["Content-Disposition"]
    acts = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert {"lrs.exported", "lrs.export_fetched"} <= acts


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"verb": Verb.PASSED.iri}, [1]),
        ({"activity": "https://hoc.example/hai"}, [2]),
        ({"person": "{email}"}, [1]),
        ({"person": "https://moodle.example 7"}, [2]),
        ({"person": '{{"account": {{"homePage": "https://moodle.example", "name": "7"}}}}'}, [2]),
        ({"person": "nobody@example.test"}, []),
        ({"first_day": "2000-01-01", "last_day": "2999-01-01"}, [0, 1, 2]),
        ({"first_day": "2999-01-01"}, []),
        ({"last_day": "2000-01-01"}, []),
    ],
)
def test_filters_choose_what_goes_out(browser, college, filters, found):
    lan, minh = a_person("Trần Thị Lan"), a_person("Lê Minh")
    outsider = build.agent_for("https://moodle.example", "7")
    ids = [did(minh), did(lan, Verb.PASSED), did(outsider, lesson="hai")]
    said = {name: value.format(email=lan.email) for name, value in filters.items()}

    file = export(browser, college, **said)

    assert ids_in(file) == [ids[n] for n in found]


def test_a_search_leaves_out_what_was_taken_back_and_the_whole_record_does_not(browser, college):
    lan = a_person("Trần Thị Lan")
    first = did(lan)
    with unit_of_work():
        public.record(build.voiding(public.agent_of(lan), build.UUID(first)))

    whole = export(browser, college, Format.NDJSON)
    searched = export(browser, college, Format.NDJSON, activity="https://hoc.example/mot")

    ids = [
        [orjson.loads(line)["id"] for line in file.data.splitlines()] for file in (whole, searched)
    ]
    assert ids[0][0] == first
    assert ids[1] == ids[0][1:]  # what took it back is found by what it took back


def test_a_record_longer_than_a_batch_goes_out_whole(browser, college, monkeypatch):
    monkeypatch.setattr(ndjson, "BATCH", 3)
    monkeypatch.setattr(jobs, "TELL_EVERY", 0.0)
    lan = a_person("Trần Thị Lan")
    ids = [did(lan) for _ in range(7)]

    assert ids_in(export(browser, college)) == ids
    assert ids_in(export(browser, college, verb=Verb.COMPLETED.iri)) == ids


def test_only_who_asked_gets_the_file_and_only_for_a_week(as_user, browser, college, manager):
    did(a_person())
    export(browser, college)
    [transfer] = all_asked()
    address = f"{PAGE.format(college.code)}/{transfer.id}"
    colleague = as_user(a_person(role=Role.MANAGER, at=college))

    assert colleague.get(f"{address}/file").status_code == 404
    assert "Only Phạm Quản Lý, who asked for it, can fetch it." in colleague.get(address).text
    with time_machine.travel(utcnow() + service.KEPT + timedelta(hours=1)):
        later = as_user(manager)
        assert later.get(f"{address}/file").status_code == 404
        assert "The file is gone" in later.get(address).text
        blob_key = queries.get(transfer.id).blob_key
        jobs.clear_away()
    assert queries.get(transfer.id).blob_key == ""
    assert not storage.store().exists(blob_key)


def test_bytes_that_two_exports_share_stay_until_both_are_gone(browser, college):
    did(a_person())
    export(browser, college)
    export(browser, college, verb=Verb.COMPLETED.iri)
    one, other = all_asked()
    blob_key = one.blob_key
    assert blob_key == other.blob_key

    with unit_of_work():
        service.forget_file(one)
    assert storage.store().exists(blob_key)

    with unit_of_work():
        service.forget_file(other)
    assert not storage.store().exists(blob_key)


def test_progress_is_told_without_the_page_around_it(browser, college):
    answer = browser.post(f"{PAGE.format(college.code)}/export", data={"format": "csv"})
    waiting = browser.get(answer.location, headers={"HX-Request": "true"})
    run_due()
    done = browser.get(answer.location, headers={"HX-Request": "true"})

    assert "hx-get" in waiting.text
    assert "<html" not in waiting.text
    assert done.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "wrong",
    [{"format": "exe"}, {"first_day": "31.31.2026"}, {"person": "Lan"}, {"person": "{"}],
)
def test_what_is_wrong_is_said_at_its_field(browser, college, wrong):
    answer = browser.post(f"{PAGE.format(college.code)}/export", data={"format": "csv"} | wrong)

    assert answer.status_code == 422
    assert "Please check these answers" in answer.text
    assert all_asked() == []


def test_a_file_comes_in_and_every_bad_line_is_named(browser, college, manager):
    agent = build.agent_for("https://hoc.example", "lan")
    good = orjson.dumps(build.statement(agent, Verb.PASSED, {"id": "https://hoc.example/1"}))
    same = orjson.dumps({**orjson.loads(good), "id": "0190a000-0000-7000-8000-000000000001"})
    changed = same.replace(b"hoc.example/1", b"hoc.example/2")

    answer = bring(browser, college, b"\n".join([good, b"{", same, changed, b"[]", b""]))
    run_due()
    page = browser.get(answer.location).text

    assert len(public.statements()) == 2
    [transfer] = all_asked()
    assert (transfer.done, transfer.taken, transfer.refused) == (5, 2, 3)
    assert "This is not JSON." in page
    assert "Another statement has this id already, and says something else." in page
    assert "An object belongs here." in page
    assert transfer.blob_key == ""


def test_an_import_goes_on_where_it_stopped(browser, college, monkeypatch):
    monkeypatch.setattr(ndjson, "BATCH", 2)
    agent = build.agent_for("https://hoc.example", "lan")
    good = orjson.dumps(build.statement(agent, Verb.PASSED, {"id": "https://hoc.example/1"}))
    bring(browser, college, b"\n".join([b"{", good, b"{", good, b"{"]))
    [transfer] = all_asked()
    told = []

    def die(run, report):
        told.append(report.read)
        note(run, report)
        if report.read == 4:
            raise RuntimeError("the machine is gone")

    note = service.note_taken
    monkeypatch.setattr(service, "note_taken", die)
    run_due()
    monkeypatch.setattr(service, "note_taken", note)
    jobs.take_in(college.id, transfer.id)

    transfer = queries.get(transfer.id)
    assert transfer.state is TransferState.DONE
    assert (transfer.done, transfer.refused) == (5, 3)
    assert [line for line, _why in transfer.report["lines"]] == [1, 3, 5]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "There is nothing in this file."),
        (b"\n \n", "There is nothing in this file."),
        (b"PK\x03\x04\x14\x00...", "This is a packed file."),
        (b"\x1f\x8b\x08\x00...", "This is a packed file."),
        (b"\x89PNG\r\n\x1a\n\xff\x00", "This is not a text in UTF-8."),
        ('{"name": "Thúy"}'.encode("cp1258", "ignore")[:-3], "This is not a text in UTF-8."),
        ('{"a": 1}'.encode("utf-16"), "This is not a text in UTF-8."),
        (b'[{"a": 1}, {"a": 2}]', "This file is one long list."),
        (b'{\n  "a": 1\n}', "No line of this file is a statement."),
        (b"id,name\n1,Lan\n", "No line of this file is a statement."),
    ],
)
def test_a_file_of_anything_else_is_refused_at_the_door(browser, college, content, words):
    answer = bring(browser, college, content)

    assert answer.status_code == 422
    assert words in answer.text
    assert all_asked() == []


def test_one_bad_line_among_a_thousand_is_named(browser, college):
    agent = build.agent_for("https://hoc.example", "lan")
    good = [
        orjson.dumps(build.statement(agent, Verb.PASSED, {"id": f"https://hoc.example/{n}"}))
        for n in range(1000)
    ]
    good[700] = good[700].replace(b"https://hoc.example/700", b"bai 700")
    shown = bring(browser, college, b"\xef\xbb\xbf" + b"\r\n".join(good)).location
    run_due()

    page = browser.get(shown).text

    [transfer] = all_asked()
    assert (transfer.taken, transfer.refused) == (999, 1)
    assert transfer.report["lines"][0][0] == 701
    assert "(/object/id, Data " in page


def test_it_is_said_when_not_all_lines_are_named(browser, college, monkeypatch):
    monkeypatch.setattr(service, "LINES_SHOWN", 2)
    shown = bring(browser, college, b"{}\n" * 5).location
    run_due()

    assert "The first 2 lines that were not taken, and why" in browser.get(shown).text


def test_a_file_is_asked_for(browser, college):
    answer = browser.post(f"{PAGE.format(college.code)}/import", data={})

    assert answer.status_code == 422
    assert "Please choose a file." in answer.text


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
def test_only_managers_take_records_out_and_in(as_user, college, role):
    did(a_person())
    browser = as_user(a_person(role=role, at=college))

    assert browser.get(PAGE.format(college.code)).status_code == 403
    asked = browser.post(f"{PAGE.format(college.code)}/export", data={"format": "csv"})
    assert asked.status_code == 403
    assert bring(browser, college, b"").status_code == 403


def test_another_colleges_export_is_not_there(as_user, browser, college):
    did(a_person())
    export(browser, college)
    [transfer] = all_asked()
    other = a_college()
    stranger = as_user(a_person(role=Role.MANAGER, at=other))

    for tail in ("", "/file"):
        assert stranger.get(f"{PAGE.format(other.code)}/{transfer.id}{tail}").status_code == 404


def test_what_was_wanted_is_kept_as_plain_values():
    wanted = Wanted(since=utcnow(), verb="https://v", agent={"mbox": "mailto:a@x.vn"})

    assert Wanted.read(orjson.loads(orjson.dumps(wanted.filters()))) == wanted
    assert Wanted().query() is None


def test_a_job_for_what_is_gone_or_done_does_nothing(browser, college):
    did(a_person())
    export(browser, college)
    [transfer] = all_asked()

    jobs.export(college.id, transfer.id)
    jobs.export(college.id, build.UUID(int=1))
    jobs.take_in(college.id, build.UUID(int=1))

    with inside(college.id):
        assert len(all_asked()) == 1
