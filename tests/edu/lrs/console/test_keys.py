"""The page of keys for tools, with what arrives by them."""

import re
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.keys import queries as keys
from tests.edu.lrs.console.acts import did
from tests.factories import a_college, a_person

KEYS = "/at/{}/lrs/keys"


def make(browser, college, **form):
    given = {"name": "Moodle", "scopes": ["statements/write"], "days": "0"} | form
    return browser.post(KEYS.format(college.code), data=given, follow_redirects=True)


def test_a_manager_makes_a_key_that_works(as_user, manager, college, client):
    page = make(as_user(manager), college).text
    key, secret = re.search(r"curl -u ([^:]+):(\S+)", page).groups()

    answer = client.post(
        "/xapi/statements",
        auth=(key, secret),
        headers={"X-Experience-API-Version": "2.0.0"},
        json={
            "actor": {"mbox": "mailto:lan@example.com"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
            "object": {"id": "https://example.com/lessons/1"},
        },
    )

    assert answer.status_code == 200


def test_a_secret_is_shown_once_and_loading_again_makes_no_other(as_user, manager, college):
    browser = as_user(manager)
    answer = browser.post(
        KEYS.format(college.code),
        data={"name": "Moodle", "scopes": ["statements/write"], "days": "0"},
    )

    assert answer.status_code == 303
    assert "curl -u" in browser.get(answer.location).text
    assert "curl -u" not in browser.get(answer.location).text
    with inside(college.id):
        assert len(keys.all_keys()) == 1


def test_a_secret_is_not_shown_at_another_college(as_user, manager, college):
    other = a_college()
    with unit_of_work():
        accounts.grant(manager, Role.MANAGER, other)
    browser = as_user(manager)
    browser.post(
        KEYS.format(college.code),
        data={"name": "Moodle", "scopes": ["statements/write"], "days": "0"},
    )

    assert "curl -u" not in browser.get(KEYS.format(other.code)).text


def test_a_key_needs_a_name_and_a_purpose(as_user, manager, college):
    browser = as_user(manager)

    assert make(browser, college, name="").status_code == 422
    assert make(browser, college, scopes=["fly"]).status_code == 422
    with inside(college.id):
        assert keys.all_keys() == []


def test_a_key_is_renewed_and_ended_and_both_are_noted(as_user, manager, college):
    browser = as_user(manager)
    make(browser, college)
    with inside(college.id):
        [key] = keys.all_keys()

    address = f"{KEYS.format(college.code)}/{key.id}/rotate"
    renewed = browser.post(address, follow_redirects=True)
    ended = browser.post(f"{KEYS.format(college.code)}/{key.id}/revoke")

    assert "curl -u" in renewed.text
    assert ended.status_code == 303
    acts = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert {"lrs.key_created", "lrs.key_rotated", "lrs.key_revoked"} <= acts


def test_another_colleges_key_cannot_be_touched(as_user, manager, college):
    other = a_college()
    foreign = a_person(role=Role.MANAGER, at=other)
    make(as_user(foreign), other)
    with inside(other.id):
        [key] = keys.all_keys()

    answer = as_user(manager).post(f"{KEYS.format(college.code)}/{key.id}/revoke")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TEACHER])
def test_only_who_keeps_the_keys_sees_them(as_user, college, role):
    browser = as_user(a_person(role=role, at=college))

    assert browser.get(KEYS.format(college.code)).status_code == 403
    assert browser.get(f"{KEYS.format(college.code)}/tail").status_code == 403
    assert make(browser, college).status_code == 403


def test_administrators_keep_keys_but_do_not_watch(as_user, college, lan):
    did(lan)
    browser = as_user(a_person(role=Role.ADMIN, at=college))

    page = browser.get(KEYS.format(college.code))

    assert page.status_code == 200
    assert "Trần Thị Lan" not in page.text
    assert browser.get(f"{KEYS.format(college.code)}/tail").status_code == 403


def test_an_administrator_makes_no_key_that_reads_and_sees_no_secret_of_one(
    as_user, manager, college
):
    make(as_user(manager), college, scopes=["statements/read"])
    browser = as_user(a_person(role=Role.ADMIN, at=college))
    with inside(college.id):
        [key] = keys.all_keys()

    offered = browser.get(KEYS.format(college.code)).text
    asked = make(browser, college, scopes=["all/read"])
    rotated = browser.post(f"{KEYS.format(college.code)}/{key.id}/rotate")

    assert 'value="all/read"' not in offered
    assert "/rotate" not in offered
    assert asked.status_code == 422
    assert rotated.status_code == 403
    assert make(browser, college, scopes=["statements/write"]).status_code == 200


def test_it_is_noted_what_a_key_may(as_user, manager, college):
    make(as_user(manager), college, scopes=["all"])

    entry = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "lrs.key_created")
    ).one()
    assert entry.details == {"name": "Moodle", "scopes": ["all"]}


def test_what_arrives_shows_as_a_sentence(as_user, manager, lan, college):
    did(lan, Verb.PASSED, result=build.result(success=True, score=build.score(scaled=0.8)))

    tail = tail_of(as_user(manager), college)

    assert "Trần Thị Lan passed “Arc welding” (score 80%)" in tail.text
    assert 'hx-trigger="every 3s"' in tail.text


def tail_of(browser, college, query: str = ""):
    headers = {"Accept-Language": "en", "HX-Request": "true"}
    return browser.get(f"{KEYS.format(college.code)}/tail{query}", headers=headers)


def test_the_tail_can_be_paused_and_goes_on(as_user, manager, college):
    browser = as_user(manager)

    paused = tail_of(browser, college, "?paused=1").text

    assert "every 3s" not in paused
    assert "Go on updating" in paused
    assert "Pause updating" in tail_of(browser, college).text


def test_the_tail_by_itself_is_no_page(as_user, manager, college):
    answer = as_user(manager).get(f"{KEYS.format(college.code)}/tail")

    assert answer.status_code == 303
    assert answer.location.endswith("/lrs/keys")


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_and_back(client, college):
    here = KEYS.format(college.code)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{here}?lang=en"}

    answer = client.get(f"{here}/tail", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"/sign-in?next={quote(f'{here}?lang=en', safe='/?')}"


def test_the_usual_purposes_are_ticked_before_and_after_a_key_is_made(as_user, manager, college):
    browser = as_user(manager)
    before = browser.get(KEYS.format(college.code)).text
    after = make(browser, college, scopes=["all"]).text

    for page in (before, after):
        assert re.findall(r'value="([^"]+)"\s+id="scopes[^"]*" checked', page) == [
            "statements/write",
            "state",
        ]
