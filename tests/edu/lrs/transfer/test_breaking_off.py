"""Exports and imports whose work dies: they end, say what to do, leave nothing, and go on."""

import errno
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa
import time_machine

from edu import jobs as work
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, pretend, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.transfer import jobs, ndjson, queries, service
from edu.lrs.transfer.models import TransferState
from edu.settings import in_force
from edu.storage import service as storage
from edu.storage.blobs import StorageFull
from tests.edu.lrs.transfer.test_pages import PAGE, all_asked, bring, did
from tests.factories import a_person

LAN = build.agent_for("https://hoc.example", "lan")


@pytest.fixture
def files(app):
    """Tells which files were stored since the test began."""
    before = set(storage.store().keys())
    return lambda: set(storage.store().keys()) - before


@pytest.fixture
def asked(browser, college):
    """An export asked for, of one statement; gives the address of its page."""
    did(a_person())
    return browser.post(f"{PAGE.format(college.code)}/export", data={"format": "csv"}).location


def line(number: int) -> bytes:
    target = {"id": f"https://hoc.example/{number}"}
    return orjson.dumps(build.statement(LAN, Verb.PASSED, target))


def run_until_given_up() -> None:
    for hours in range(6):
        with pretend(utcnow() + timedelta(hours=hours)):
            run_due()


def broken(*_args, **_options):
    raise RuntimeError("the machine is gone")


def full(*_args, **_options):
    raise OSError(errno.ENOSPC, "No space left on device")


def leftovers() -> list[Path]:
    return list(in_force().home.glob("export-*"))


def test_an_export_that_dies_each_time_ends_as_failed_and_begins_anew(
    browser, asked, monkeypatch, files
):
    with monkeypatch.context() as broken_down:
        broken_down.setattr(jobs, "write", broken)
        run_until_given_up()
    page = browser.get(asked).text

    assert "It could not be finished" in page
    assert "tell your administrator" in page
    assert "hx-get" not in page
    assert not files()
    assert not leftovers()

    assert browser.post(f"{asked}/again").location == asked
    run_due()
    assert browser.get(f"{asked}/file").status_code == 200
    assert "lrs.transfer_resumed" in set(db.session.scalars(sa.select(AuditEntry.action)))


def test_an_export_that_takes_its_workers_with_it_ends_too(browser, asked):
    """As one does for which the machine has too little memory."""
    for hours in (0, 2, 4):
        with pretend(utcnow() + timedelta(hours=hours)):
            assert work._take()
    [transfer] = all_asked()
    left = in_force().home / f"export-{transfer.id}-half"
    left.mkdir(parents=True)
    (left / "statements").write_text("half")

    with pretend(utcnow() + timedelta(hours=6)):
        run_due()

    assert "It could not be finished" in browser.get(asked).text
    assert leftovers() == []


def test_what_a_dead_worker_left_goes_when_the_next_one_begins(browser, asked):
    [transfer] = all_asked()
    left = in_force().home / f"export-{transfer.id}-half"
    left.mkdir(parents=True)

    run_due()

    assert browser.get(f"{asked}/file").status_code == 200
    assert leftovers() == []


@pytest.mark.parametrize("place", ["write", "put"])
def test_no_room_for_the_file_is_said_at_once(browser, asked, monkeypatch, place):
    class Full:
        def put(self, _content, **_options):
            raise StorageFull

    if place == "write":
        monkeypatch.setattr(jobs, "write", full)
    else:
        monkeypatch.setattr(jobs.storage, "store", Full)

    run_due()

    page = browser.get(asked).text
    assert "There was no room for the file" in page
    assert f"{asked}/again" in page
    assert leftovers() == []


def test_a_file_that_cannot_be_noted_does_not_stay(browser, asked, monkeypatch, files):
    monkeypatch.setattr(service, "finish_export", broken)

    run_until_given_up()

    assert "It could not be finished" in browser.get(asked).text
    assert not files()


def test_an_import_that_dies_each_time_ends_as_failed_and_goes_on_with_the_next_line(
    browser, college, monkeypatch, files
):
    monkeypatch.setattr(ndjson, "BATCH", 2)
    note = service.note_taken

    def die(transfer, report):
        if report.read > 2:
            broken()
        note(transfer, report)

    asked = bring(browser, college, b"\n".join([line(1), b"{", line(3), line(4)])).location
    with monkeypatch.context() as broken_down:
        broken_down.setattr(service, "note_taken", die)
        run_until_given_up()
    page = browser.get(asked).text

    assert "2 lines are dealt with, and what was taken stays." in page
    assert browser.get(PAGE.format(college.code)).text.count("Failed") == 1

    browser.post(f"{asked}/again")
    browser.post(f"{asked}/again")  # clicked twice
    assert run_due() == 1
    [transfer] = all_asked()
    assert (transfer.state, transfer.done, transfer.refused) == (TransferState.DONE, 4, 1)
    assert [number for number, _why in transfer.report["lines"]] == [2]
    assert len(public.statements()) == 3
    assert not files()


def test_the_file_of_a_failed_import_is_kept_for_a_week(
    as_user, manager, college, monkeypatch, files
):
    monkeypatch.setattr(jobs.ndjson, "take_some", broken)
    asked = bring(as_user(manager), college, line(1)).location
    run_until_given_up()

    with time_machine.travel(utcnow() + service.KEPT + timedelta(hours=6)):
        jobs.clear_away()
        browser = as_user(manager)
        page = browser.get(asked).text
        browser.post(f"{asked}/again")

        assert "The file is no longer here. Please choose it again" in page
        assert f"{asked}/again" not in page
        assert run_due() == 0
    assert not files()


def test_what_came_well_is_not_begun_again(browser, asked):
    run_due()

    browser.post(f"{asked}/again")

    assert run_due() == 0
    assert browser.get(f"{asked}/file").status_code == 200
    assert all_asked()[0].failure is None


def test_what_a_former_release_gave_up_says_what_it_could(browser, asked):
    [transfer] = all_asked()
    with unit_of_work():
        transfer.state = TransferState.FAILED

    assert "There was no room for the file" in browser.get(asked).text


def test_giving_up_comes_too_late_for_what_is_done_or_gone(college, asked):
    run_due()
    [transfer] = all_asked()

    jobs.give_up(college.id, transfer.id)
    jobs.give_up(college.id, build.UUID(int=1))

    assert queries.get(transfer.id).state is TransferState.DONE


def test_only_managers_begin_it_again(as_user, college, asked):
    stranger = as_user(a_person(role=Role.ADMIN, at=college))

    assert stranger.post(f"{asked}/again").status_code == 403
