"""Forgetting in short units of work, and forgetting that dies: it ends, says so, and goes on."""

from contextlib import contextmanager
from datetime import timedelta

import orjson
import pytest
import sqlalchemy as sa

from edu import jobs as work
from edu.accounts.models import Role
from edu.db import db, pretend, unit_of_work, utcnow
from edu.jobs import Job, run_due
from edu.lrs import public
from edu.lrs.documents.models import StoredDocument
from edu.lrs.models import Description
from edu.lrs.privacy import jobs, queries, traces
from edu.lrs.privacy import service as privacy
from edu.lrs.privacy.models import ForgetMode, ForgetStage
from edu.storage import service as storage
from tests.edu.lrs.privacy.test_forgetting import MINH, a_state, did, everything, record, tell
from tests.factories import a_person

PAGE = "/at/{}/lrs/people"


@pytest.fixture
def asked(browser, college, lan):
    """A request to forget somebody with two statements; gives the address of its page."""
    tell(did(public.agent_of(lan)), did(public.agent_of(lan), 2))
    form = {"person": lan.email, "mode": "pseudonymise"}
    return browser.post(f"{PAGE.format(college.code)}/forget/yes", data=form).location


@pytest.fixture
def units(monkeypatch):
    """Counts the units of work that the jobs open, by what the table of documents held then."""
    seen = []

    @contextmanager
    def counted():
        with unit_of_work():
            seen.append(db.session.scalar(sa.select(sa.func.count()).select_from(StoredDocument)))
            yield

    monkeypatch.setattr(jobs, "unit_of_work", counted)
    return seen


def run_until_given_up() -> None:
    for hours in range(22):
        with pretend(utcnow() + timedelta(hours=hours)):
            run_due()


def broken(*_args, **_options):
    raise RuntimeError("the machine is gone")


def test_others_write_between_two_portions_of_the_last_step(college, lan, units, monkeypatch):
    monkeypatch.setattr(traces, "STEP", 2)
    for number in range(5):
        a_state(public.agent_of(lan), b'{"page": 3}', f"https://hoc.example/{number}")
    with unit_of_work():
        made = jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)

    run_due()

    assert queries.get(made.id).documents == 5
    assert [held for held in units if held] == [5, 5, 3, 1]  # the first ends the statements
    assert units[-1] == 0


def test_others_write_between_a_few_statements_and_the_next(college, lan, monkeypatch):
    monkeypatch.setattr(privacy, "CHANGED", 2)
    tell(*(did(public.agent_of(lan) if n % 2 else MINH, n) for n in range(10)))
    rewritten, step = [], privacy.take_step

    def noted(forgetting, rows):
        step(forgetting, rows)
        rewritten.append(forgetting.rewritten)

    monkeypatch.setattr(privacy, "take_step", noted)
    with unit_of_work():
        jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)
    run_due()

    assert rewritten == [2, 4, 5, 5]  # the last finds no more
    assert str(lan.id).encode() not in everything(college)


def test_what_another_wrote_meanwhile_is_not_overwritten(college, lan, monkeypatch):
    a_state(MINH, orjson.dumps({"partner": lan.email, "page": 3}))
    with unit_of_work():
        made = jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)
    look = traces.ids_of

    def look_and_be_overtaken(kind, subject):
        for found in look(kind, subject):
            if kind is StoredDocument:
                a_state(MINH, orjson.dumps({"partner": lan.email, "page": 4}))
            yield found

    monkeypatch.setattr(traces, "ids_of", look_and_be_overtaken)
    run_due()

    [content] = db.session.scalars(sa.select(StoredDocument.content))
    assert orjson.loads(content)["page"] == 4
    assert lan.email.encode() not in content
    assert queries.get(made.id).finished_at


def test_descriptions_go_portion_by_portion(college, lan, monkeypatch):
    monkeypatch.setattr(traces, "STEP", 1)
    tell(*(did(public.agent_of(lan), f"{n}/{lan.id}") for n in range(4)))
    with unit_of_work():
        jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)

    run_due()

    assert str(lan.id).encode() not in everything(college)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Description)) > 0


def test_forgetting_that_dies_each_time_says_so_and_is_done_when_asked_again(
    browser, college, asked, lan, monkeypatch
):
    with monkeypatch.context() as broken_down:
        broken_down.setattr(privacy, "finish", broken)
        run_until_given_up()
    page = browser.get(asked).text

    assert "The person is not forgotten yet" in page
    assert "tell your administrator" in page
    assert "hx-get" not in page
    assert "Broke off" in browser.get(PAGE.format(college.code)).text

    browser.post(asked)
    browser.post(asked)  # clicked twice
    assert run_due() == 1
    assert "The person is forgotten" in browser.get(asked).text
    assert str(lan.id).encode() not in everything(college)
    assert len({each["actor"]["account"]["name"] for each in record()}) == 1


def test_forgetting_that_takes_its_workers_with_it_ends_too(browser, asked):
    for hours in range(0, 42, 2):
        with pretend(utcnow() + timedelta(hours=hours)):
            assert work._take()

    with pretend(utcnow() + timedelta(hours=44)):
        run_due()

    assert "The person is not forgotten yet" in browser.get(asked).text


def test_what_broke_off_is_tried_again_at_night(browser, asked, monkeypatch):
    with monkeypatch.context() as broken_down:
        broken_down.setattr(privacy, "take_step", broken)
        run_until_given_up()
    assert "The person is not forgotten yet" in browser.get(asked).text

    jobs.try_again()
    run_due()

    assert "The person is forgotten" in browser.get(asked).text


def test_nothing_is_given_up_or_begun_again_that_is_done_or_gone(college, asked, browser):
    run_due()
    [forgetting] = db.session.scalars(queries.requests())

    jobs.give_up(college.id, forgetting.id)
    jobs.give_up(college.id, college.id)
    browser.post(asked)
    jobs.try_again()

    assert queries.get(forgetting.id).stage is ForgetStage.DONE
    names = db.session.scalars(sa.select(Job.name)).all()
    assert not [name for name in names if name.endswith("privacy.jobs.forget")]


def test_only_managers_begin_it_again(as_user, college, asked):
    stranger = as_user(a_person(role=Role.ADMIN, at=college))

    assert stranger.post(asked).status_code == 403


def test_the_file_of_an_import_that_broke_off_goes_too(browser, college, lan, monkeypatch):
    from tests.edu.lrs.transfer.test_breaking_off import line, run_until_given_up
    from tests.edu.lrs.transfer.test_pages import bring

    before = set(storage.store().keys())
    with monkeypatch.context() as broken_down:
        broken_down.setattr("edu.lrs.transfer.jobs.ndjson.take_some", broken)
        bring(browser, college, line(1))
        run_until_given_up()
    assert set(storage.store().keys()) - before

    with unit_of_work():
        jobs.start(public.agent_of(lan), ForgetMode.PSEUDONYMISE, None)
    run_due()

    assert set(storage.store().keys()) == before
