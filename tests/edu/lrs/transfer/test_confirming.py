"""Before a file comes into the record, and while it does: asked, discarded, stopped, gone on."""

from datetime import timedelta

import orjson
import pytest
import sqlalchemy as sa
import time_machine

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.agents import agent_of
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding.models import Target, TargetKind, TargetState
from edu.lrs.transfer import jobs, ndjson, queries, service
from edu.lrs.transfer.models import TransferState
from edu.storage import service as storage
from tests.edu.lrs.transfer.test_breaking_off import line
from tests.edu.lrs.transfer.test_pages import PAGE, all_asked, bring, export, upload
from tests.factories import a_college, a_person

FILE = b"\n".join(map(line, range(6)))


@pytest.fixture
def uploaded(browser, college):
    """A file of six statements; gives the address of its page."""
    return upload(browser, college, FILE).location


def acts() -> list[str]:
    return [act for act in db.session.scalars(sa.select(AuditEntry.action)) if "lrs." in act]


def a_target(state: TargetState) -> Target:
    return Target(
        kind=TargetKind.LRS, name="Tỉnh", url="https://lrs.example", sealed_secret="", state=state
    )


# Asked ----------------------------------------------------------------------------------------


def test_nothing_comes_in_before_somebody_says_yes(browser, college, uploaded):
    assert run_due() == 0
    page = browser.get(uploaded).text

    assert public.statements() == []
    assert "lrs.imported" not in acts()
    assert "Import this file?" in page
    assert "It cannot be taken back." in page
    assert "hx-get" not in page
    assert "To be confirmed" in browser.get(PAGE.format(college.code)).text

    browser.post(f"{uploaded}/confirm")
    browser.post(f"{uploaded}/confirm")  # clicked twice
    assert run_due() == 1
    assert len(public.statements()) == 6
    assert acts().count("lrs.imported") == 1
    assert "Import this file?" not in browser.get(uploaded).text


def test_the_first_statement_is_told_in_words(browser, college, lan):
    first = build.statement(agent_of(lan), Verb.PASSED, {"id": "https://hoc.example/han-ong"})
    first |= {"timestamp": "2026-11-01T02:00:00Z"}

    shown = upload(browser, college, b"\n{\n" + orjson.dumps(first) + b"\n{}").location
    page = browser.get(shown).text

    assert "Trần Thị Lan passed han-ong" in page
    assert "(1 Nov 2026, 09:00)" in page
    assert "The file has 4 lines." in page
    assert "hồ sơ.ndjson" in page


def test_a_statement_may_have_no_time_of_its_own(browser, uploaded):
    assert "lan passed an activity" in browser.get(uploaded).text


def test_a_file_whose_first_lines_are_no_statements_is_told(browser, college):
    page = browser.get(upload(browser, college, b"{}\n" * 1500).location).text

    assert "The file has 1,500 lines." in page
    assert "None of its first lines can be taken." in page
    assert "(Data 2.2)" in page or "Data " in page


def test_where_the_statements_go_on_to_is_said(browser, uploaded):
    assert "forwarded to" not in browser.get(uploaded).text

    with unit_of_work():
        db.session.add_all(map(a_target, [TargetState.RUNNING, TargetState.PAUSED]))
    assert "The statements are forwarded to one target, too." in browser.get(uploaded).text

    with unit_of_work():
        db.session.add(a_target(TargetState.RUNNING))
    assert "The statements are forwarded to 2 targets, too." in browser.get(uploaded).text


def test_a_discarded_file_is_gone_and_does_not_come_in(browser, college, uploaded):
    [transfer] = all_asked()
    blob_key = transfer.blob_key

    answer = browser.post(f"{uploaded}/discard")
    browser.post(f"{uploaded}/confirm")

    assert answer.location == PAGE.format(college.code)
    assert "Nothing of it came into the record." in browser.get(answer.location).text
    assert "Discarded" in browser.get(answer.location).text
    assert "To import it, choose it again." in browser.get(uploaded).text
    assert not storage.store().exists(blob_key)
    assert run_due() == 0
    assert public.statements() == []
    assert "lrs.import_discarded" in acts()


def test_what_is_confirmed_is_no_longer_discarded(browser, uploaded):
    browser.post(f"{uploaded}/confirm")

    assert browser.post(f"{uploaded}/discard").location == uploaded
    run_due()

    assert len(public.statements()) == 6


def test_a_file_that_nobody_confirms_goes_after_a_week(as_user, manager, uploaded):
    [transfer] = all_asked()
    blob_key = transfer.blob_key
    with time_machine.travel(utcnow() + service.KEPT + timedelta(hours=1)):
        browser = as_user(manager)
        assert "Import this file?" not in browser.get(uploaded).text
        browser.post(f"{uploaded}/confirm")
        assert run_due() == 0
        jobs.clear_away()

    assert not storage.store().exists(blob_key)
    assert queries.get(transfer.id).state is TransferState.DISCARDED


def test_a_file_that_waits_for_an_answer_goes_when_somebody_is_forgotten(browser, uploaded):
    assert queries.with_files() == all_asked()

    browser.post(f"{uploaded}/confirm")

    assert queries.with_files() == []


# Stopped --------------------------------------------------------------------------------------


@pytest.fixture
def stopped(browser, college, monkeypatch):
    """An import stopped while its second batch of two lines comes in; gives its page."""
    monkeypatch.setattr(ndjson, "BATCH", 2)
    shown = bring(browser, college, FILE + b"\n{").location
    take_some = ndjson.take_some

    def clicked_on_the_way(written, report):
        for so_far in take_some(written, report):
            if so_far.read == 4:
                browser.post(f"{shown}/stop")
                assert "Stopping…" in browser.get(shown).text
                assert f"{shown}/stop" not in browser.get(shown).text
            yield so_far

    with monkeypatch.context() as clicked:
        clicked.setattr(ndjson, "take_some", clicked_on_the_way)
        run_due()
    return shown


def test_an_import_stops_after_the_batch_under_way_and_says_how_far_it_came(
    browser, college, stopped
):
    page = browser.get(stopped).text

    assert len(public.statements()) == 4
    assert "It was stopped" in page
    assert "4 lines are dealt with, and what was taken stays." in page
    assert "hx-get" not in page
    assert "Stopped" in browser.get(PAGE.format(college.code)).text
    assert "lrs.transfer_stopped" in acts()


def test_what_was_stopped_goes_on_with_the_next_line(browser, stopped):
    browser.post(f"{stopped}/again")
    run_due()

    [transfer] = all_asked()
    assert transfer.state is TransferState.DONE
    assert (transfer.done, transfer.taken, transfer.refused) == (7, 6, 1)
    assert len(public.statements()) == 6


def test_the_file_of_a_stopped_import_is_kept_for_a_week_and_goes_with_the_forgotten(stopped):
    [transfer] = all_asked()
    assert queries.is_kept(transfer)
    assert queries.with_files() == [transfer]

    with time_machine.travel(utcnow() + service.KEPT + timedelta(hours=1)):
        jobs.clear_away()

    assert not queries.can_be_resumed(queries.get(transfer.id))


def test_an_import_can_be_stopped_before_it_begins(browser, uploaded):
    browser.post(f"{uploaded}/confirm")
    assert f"{uploaded}/stop" in browser.get(uploaded).text
    browser.post(f"{uploaded}/stop")
    run_due()

    assert public.statements() == []
    assert "0 lines are dealt with" in browser.get(uploaded).text


def test_what_is_done_or_goes_out_does_not_stop(browser, college, uploaded):
    browser.post(f"{uploaded}/confirm")
    run_due()
    browser.post(f"{uploaded}/stop")
    export(browser, college)
    out, done = all_asked()
    with unit_of_work():
        out.state = TransferState.RUNNING

    shown = f"{PAGE.format(college.code)}/{out.id}"
    browser.post(f"{shown}/stop")

    assert f"{shown}/stop" not in browser.get(shown).text
    db.session.refresh(out)
    assert (out.state, done.state) == (TransferState.RUNNING, TransferState.DONE)


# Who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["confirm", "discard", "stop"])
def test_only_managers_of_the_college_decide(as_user, college, uploaded, act):
    other = a_college()
    stranger = as_user(a_person(role=Role.MANAGER, at=other))
    there = uploaded.replace(college.code, other.code)

    assert stranger.post(f"{there}/{act}").status_code == 404
    admin = as_user(a_person(role=Role.ADMIN, at=college))
    assert admin.post(f"{uploaded}/{act}").status_code == 403
    assert all_asked()[0].state is TransferState.UNCONFIRMED
