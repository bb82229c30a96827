"""The pages of forwarding."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, pretend, utcnow
from edu.jobs import Job, run_due
from edu.lrs.forwarding import jobs, queries, views
from edu.lrs.forwarding.models import TargetState
from tests.edu.lrs.forwarding.conftest import PAGE, add, add_and_start, said, the_target
from tests.factories import a_college, a_person


def test_a_manager_adds_a_store_and_watches_it(browser, college, elsewhere):
    said("mot")
    said("hai")
    elsewhere.refuses = {"/hai": 400}

    shown = add_and_start(browser, college, elsewhere)
    run_due()
    page = browser.get(shown).text
    listed = browser.get(PAGE.format(college.code)).text

    assert "bí mật" not in page
    assert "Answer 400: not /hai" in page
    assert "1 statement was refused" in listed
    assert "Running" in listed


def test_what_stops_it_is_said(browser, college, elsewhere):
    said("mot")
    elsewhere.status, elsewhere.text = 401, "unknown key"
    shown = add_and_start(browser, college, elsewhere)
    run_due()

    page = browser.get(shown).text

    assert "Sending has stopped" in page
    assert "The other side does not accept the key." in page
    assert "Answer 401: unknown key" in page
    assert re.search(r"Not sent yet</span>\s*<span class=\"stat-value\">1<", page)

    elsewhere.status = 503
    browser.post(f"{shown}/resume")
    run_due()

    assert "It cannot be reached" in browser.get(shown).text


def test_more_letters_than_a_page_holds_are_counted(browser, college, elsewhere, monkeypatch):
    monkeypatch.setattr(views, "LETTERS", 2)
    for number in range(5):
        said(f"bai-{number}")
    elsewhere.status = 400
    add_and_start(browser, college, elsewhere, "webhook")
    run_due()

    page = browser.get(f"{PAGE.format(college.code)}/{the_target(college).id}").text

    assert page.count("/letters/") == 2 * 2  # two buttons for each
    assert "3 more are not shown" in page


def test_a_long_answer_is_cut_and_an_empty_one_not_announced(browser, college, elsewhere):
    said("mot")
    elsewhere.status, elsewhere.text = 400, "nein " * 90
    add_and_start(browser, college, elsewhere, "webhook")
    run_due()
    shown = f"{PAGE.format(college.code)}/{the_target(college).id}"
    long = browser.get(shown).text
    elsewhere.text = ""
    browser.post(re.search(r'action="([^"]+/retry)"', long).group(1))
    run_due()
    empty = browser.get(shown).text

    assert "Answer 400: nein nein" in long
    assert long.count("nein") < 35
    assert re.search(r"Answer 400\s*<", empty)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"url": ""},
        {"url": "http://lrs.example/xapi"},
        {"url": "ftp://lrs.example/xapi"},
        {"url": "http://127.0.0.1:99999/xapi"},
        {"secret": ""},
        {"version": "0.95"},
        {"verb": "completed"},
        {"activity": "bài một"},
    ],
)
def test_what_is_wrong_is_said_at_its_field(browser, college, elsewhere, wrong):
    answer = add(browser, college, elsewhere, **wrong)

    assert answer.status_code == 422
    assert "Please check these answers" in answer.text
    with inside(college.id):
        assert queries.targets() == []


@pytest.mark.parametrize("kind", ["lrs", "webhook"])
@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("lrs.example/xapi", "Please give an address that begins with https://."),
        ("http://lrs.example/xapi", "Please give an address that begins with https://."),
        ("https://lrs.example:6379/", "These are possible: 80, 443, 8080, 8443."),
        ("https://lrs.example:99999/", "This does not look like an address"),
        ("https://lrs .example/", "This does not look like an address"),
        ("https://key:secret@lrs.example/", "leave name and password out of the address"),
        ("https:///xapi", "is not the name of a server"),
        ("https://2130706433/xapi", "is not the name of a server"),
        ("https://10.0.0.7/xapi", "leads into a private network"),
        ("https://169.254.169.254/latest", "leads into a private network"),
        ("https://[::1]/xapi", "leads into a private network"),
        ("https://localhost/xapi", "leads into a private network"),
    ],
)
def test_where_nothing_would_be_sent_is_refused_while_it_is_typed(
    browser, college, kind, url, words
):
    form = {"name": "Kho", "url": url, "username": "k", "secret": "s", "version": "2.0.0"}

    answer = browser.post(f"{PAGE.format(college.code)}/{kind}", data=form)

    assert answer.status_code == 422
    assert words in answer.text
    with inside(college.id):
        assert queries.targets() == []


def test_an_address_that_nobody_knows_yet_is_taken(browser, college):
    answer = browser.post(
        f"{PAGE.format(college.code)}/webhook",
        data={"name": "Mai", "url": "https://not-yet.invalid:8443/hook"},
    )

    assert answer.status_code == 303
    assert the_target(college).url == "https://not-yet.invalid:8443/hook"


def test_it_is_said_when_it_is_our_own_work_that_fails(browser, college, elsewhere, monkeypatch):
    said("mot")
    shown = add_and_start(browser, college, elsewhere)
    with monkeypatch.context() as broken_down:
        broken_down.setattr(jobs, "deliver", lambda *_things, **_options: 1 // 0)
        for minutes in range(4):
            with pretend(utcnow() + timedelta(minutes=minutes)):
                run_due()
    page = browser.get(shown).text
    listed = browser.get(PAGE.format(college.code)).text

    assert "Sending broke off on our side" in page
    assert "It cannot be reached" not in page
    assert "Waiting to try again" in listed

    browser.post(f"{shown}/resume")
    run_due()
    assert "Sending broke off on our side" not in browser.get(shown).text
    assert elsewhere.taken


def test_pause_resume_retry_drop_and_remove(browser, college, elsewhere):
    said("mot")
    said("hai")
    elsewhere.refuses = {"/mot": 400, "/hai": 400}
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    target = the_target(college)
    with inside(college.id):
        first, second = queries.dead_letters(target, limit=10)
    letters = f"{PAGE.format(college.code)}/letters"

    browser.post(f"{shown}/pause")
    assert the_target(college).state is TargetState.PAUSED
    assert "Paused." in browser.get(shown).text
    browser.post(f"{shown}/resume")
    assert the_target(college).state is TargetState.RUNNING
    assert "Sending goes on." in browser.get(shown).text
    elsewhere.refuses = {}
    browser.post(f"{letters}/{first.id}/retry")
    run_due()
    browser.post(f"{letters}/{second.id}/drop")
    assert "Given up." in browser.get(shown).text
    with inside(college.id):
        assert queries.dead_count(target) == 0
    browser.post(f"{shown}/remove")

    with inside(college.id):
        assert queries.targets() == []
    acts = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert {
        f"lrs.forwarding_{act}"
        for act in ("added", "started", "paused", "resumed", "letter_dropped", "removed")
    } <= acts


def test_all_letters_are_sent_again_at_once(browser, college, elsewhere, monkeypatch):
    monkeypatch.setattr(jobs, "LETTERS", 2)
    ids = [said(f"bai-{number}") for number in range(5)]
    elsewhere.refuses = {"/bai-": 400}
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    assert "Send all again" in browser.get(shown).text
    elsewhere.refuses = {"/bai-3": 400}
    elsewhere.heard.clear()

    browser.post(f"{shown}/retry")
    run_due()

    assert elsewhere.taken == [each for each in ids if each != ids[3]]
    with inside(college.id):
        [left] = queries.dead_letters(the_target(college), limit=10)
    assert str(left.statement_id) == ids[3]
    assert "Send all again" not in browser.get(shown).text


@pytest.mark.parametrize("status", [503, 401])
def test_who_does_not_listen_is_not_sent_all_of_them(browser, college, elsewhere, status):
    for number in range(5):
        said(f"bai-{number}")
    elsewhere.refuses = {"/bai-": 400}
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    elsewhere.refuses, elsewhere.status = {}, status
    elsewhere.heard.clear()

    browser.post(f"{shown}/retry")
    run_due()

    assert len(elsewhere.heard) == 1
    with inside(college.id):
        assert queries.dead_count(the_target(college)) == 5


def test_another_colleges_target_cannot_be_touched(as_user, browser, college, elsewhere):
    add(browser, college, elsewhere)
    target = the_target(college)
    other = a_college()
    stranger = as_user(a_person(role=Role.MANAGER, at=other))

    for act in ("", "/test", "/pause", "/resume", "/change", "/remove"):
        ask = stranger.post if act else stranger.get
        assert ask(f"{PAGE.format(other.code)}/{target.id}{act}").status_code == 404
        assert ask(f"{PAGE.format(college.code)}/{target.id}{act}").status_code == 403


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
def test_only_managers_let_statements_out(as_user, college, elsewhere, role):
    browser = as_user(a_person(role=role, at=college))

    assert browser.get(PAGE.format(college.code)).status_code == 403
    assert add(browser, college, elsewhere).status_code == 403
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Job)) == 0
