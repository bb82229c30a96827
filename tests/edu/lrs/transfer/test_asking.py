"""What an export is asked for, how it is told apart from others, and clicks that go astray."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from edu.accounts.models import Role
from edu.db import unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs.agents import agent_of, agents_of
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.privacy import queries as privacy
from edu.lrs.transfer import jobs, service
from edu.lrs.transfer.models import Failure, Format
from edu.lrs.wanted import Wanted
from tests.edu.lrs.transfer.test_pages import PAGE, all_asked, did, export, ids_in
from tests.factories import a_person


@pytest.fixture
def page(college):
    return PAGE.format(college.code)


def ask(browser, page, kind=Format.CSV, **filters):
    return browser.post(f"{page}/export", data={"format": kind.value} | filters).location


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({}, "The whole record"),
        ({"person": "{email}"}, "Person: Trần Thị Lan"),
        ({"person": "https://moodle.example lan01"}, "Person: lan01"),
        ({"verb": Verb.PASSED.iri}, "Verb: passed"),
        ({"verb": "https://hoc.example/v/ngủ"}, "Verb: https://hoc.example/v/ngủ"),
        ({"activity": "https://hoc.example/mot"}, "Activity: https://hoc.example/mot"),
        (
            {"verb": Verb.PASSED.iri, "first_day": "2026-11-01", "last_day": "2026-11-05"},
            "Verb: passed · From 1 Nov 2026 to 5 Nov 2026",
        ),
        ({"first_day": "2026-11-01"}, "From 1 Nov 2026 on"),
        ({"last_day": "2026-11-05"}, "Until 5 Nov 2026"),
    ],
)
def test_the_list_and_the_page_say_what_was_asked_for_and_by_whom(
    browser, page, lan, filters, words
):
    said = {name: value.format(email=lan.email) for name, value in filters.items()}

    shown = browser.get(ask(browser, page, **said)).text
    listed = browser.get(page).text

    assert f" · Phạm Quản Lý · {words}</p>" in listed
    assert f"{words}</span>" in shown
    assert "Phạm Quản Lý</span>" in shown


def test_an_export_about_somebody_forgotten_names_nobody_and_is_not_begun_again(
    browser, page, college, lan
):
    shown = ask(browser, page, person=lan.email)
    [transfer] = all_asked()
    with unit_of_work():
        service.fail(transfer, Failure.BROKE_OFF)
        service.forget_whom(transfer)

    browser.post(f"{shown}/again")
    jobs.export(college.id, transfer.id)

    told = browser.get(shown).text
    assert "About somebody who was forgotten" in told
    assert "The whole record" not in told
    assert "It was about somebody who has been forgotten" in told


def test_a_file_is_named_by_the_clock_here_to_the_second(as_user, manager, page):
    with time_machine.travel(datetime(2026, 11, 23, 2, 12, 5, tzinfo=UTC), tick=False):
        browser = as_user(manager)
        ask(browser, page)
        listed = browser.get(page).text

    assert "statements-20261123-091205.csv" in listed
    assert "23 Nov 2026, 09:12" in listed


def test_all_exports_are_listed_page_by_page(browser, page, manager):
    with unit_of_work():
        for number in range(21):
            wanted = Wanted(activity=f"https://hoc.example/bai-{number}-")
            service.ask_for_export(manager, wanted, Format.CSV)

    first = browser.get(page).text
    oldest = all_asked()[-2]

    assert "https://hoc.example/bai-1-" in first
    assert "https://hoc.example/bai-0-" not in first
    assert f"{page}?after={oldest.id}" in first
    assert "https://hoc.example/bai-0-" in browser.get(f"{page}?after={oldest.id}").text


def test_one_of_our_people_is_looked_for_under_every_name(browser, college, lan):
    ids = [did(agent) for agent in agents_of(lan)]
    did(a_person())
    did(build.agent_for("https://moodle.example", "lan01"))

    assert ids_in(export(browser, college, person=lan.email)) == ids


def test_a_link_fills_the_form_in(browser, page):
    filled = browser.get(
        page,
        query_string={
            "person": "lan@hoc.example",
            "verb": Verb.PASSED.iri,
            "activity": "https://hoc.example/mot",
            "first_day": "2026-11-01",
            "last_day": "2026-11-05",
        },
    )

    for value in ("lan@hoc.example", Verb.PASSED.iri, "https://hoc.example/mot"):
        assert f'value="{value}"' in filled.text
    for day in ("2026-11-01", "2026-11-05"):
        assert f'value="{day}"' in filled.text
    assert "Please check these answers" not in filled.text


def test_days_the_wrong_way_round_and_mere_words_are_refused(browser, page):
    wrong = {"first_day": "2026-11-05", "last_day": "2026-11-01", "verb": "passed"}

    answer = browser.post(f"{page}/export", data={"format": "csv"} | wrong)

    assert answer.status_code == 422
    assert "Recorded to: The first day must come before the last." in answer.text
    assert "Verb: This must be a whole address" in answer.text
    assert all_asked() == []


def test_a_single_day_is_no_wrong_order(browser, page):
    assert ask(browser, page, first_day="2026-11-05", last_day="2026-11-05")


@pytest.mark.parametrize("form", ["export", "import"])
def test_where_forms_are_sent_to_leads_back_to_them(browser, page, form):
    answer = browser.get(f"{page}/{form}?lang=vi")

    assert answer.status_code == 303
    assert answer.location == f"{page}?lang=vi"


def test_two_clicks_make_one_export(browser, page):
    first, second = ask(browser, page), ask(browser, page)
    assert run_due() == 1
    third = ask(browser, page)

    assert first == second == third
    assert len(all_asked()) == 1


def test_what_differs_or_comes_later_or_failed_is_an_export_of_its_own(
    as_user, browser, page, college
):
    first = ask(browser, page)
    other_kind = ask(browser, page, Format.NDJSON)
    other_filter = ask(browser, page, verb=Verb.PASSED.iri)
    others = ask(as_user(a_person(role=Role.MANAGER, at=college)), page)
    with time_machine.travel(utcnow() + timedelta(seconds=61)):
        later = ask(browser, page)
        with unit_of_work():
            service.fail(all_asked()[0], Failure.BROKE_OFF)
        after_failure = ask(browser, page)

    assert len({first, other_kind, other_filter, others, later, after_failure}) == 6


def test_an_export_whose_file_was_deleted_is_made_anew(browser, page):
    first = ask(browser, page)
    run_due()
    with unit_of_work():
        service.forget_file(all_asked()[0])

    assert ask(browser, page) != first


def test_an_export_about_one_of_ours_names_them_as_they_are_forgotten(browser, page, lan):
    """So that an export about somebody is found when they are forgotten."""
    ask(browser, page, person=lan.email)

    [transfer] = all_asked()
    assert privacy.subject_of(agent_of(lan)).is_one(transfer.filters["agent"])
