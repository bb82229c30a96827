"""Another address, key or filter for a target that is there."""

from base64 import b64decode

import pytest
import sqlalchemy as sa

from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.jobs import run_due
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.models import TargetState
from tests.edu.lrs.forwarding.conftest import PAGE, add, add_and_start, said, the_target, to_lrs


def changed(browser, college, elsewhere, kind="lrs", **form):
    given = {"name": "Kho mới", "url": elsewhere.url}
    if kind == "lrs":
        given |= {"username": "k2", "secret": "", "version": "2.0.0"}
    shown = f"{PAGE.format(college.code)}/{the_target(college).id}"
    return browser.post(f"{shown}/change", data=given | form)


def key_of(heard):
    return b64decode(heard.headers["authorization"].removeprefix("Basic ")).decode()


def test_a_halted_target_gets_another_key_and_goes_on_from_its_place(browser, college, elsewhere):
    said("mot")
    refused = said("hai")
    elsewhere.refuses = {"/hai": 400}
    shown = add_and_start(browser, college, elsewhere)
    run_due()
    elsewhere.status = 401
    third = said("ba")
    browser.post(f"{shown}/resume")
    run_due()
    assert f"{shown}/change" in browser.get(shown).text
    elsewhere.status = 200

    answer = changed(browser, college, elsewhere, secret="mới")

    assert (answer.status_code, answer.location) == (303, shown)
    assert the_target(college).state is TargetState.HALTED
    page = browser.get(shown).text
    assert "Saved." in page
    assert "Kho mới" in page
    elsewhere.heard.clear()
    browser.post(f"{shown}/resume")
    run_due()
    assert elsewhere.taken == [third]
    assert key_of(elsewhere.heard[0]) == "k2:mới"
    with inside(college.id):
        [letter] = queries.dead_letters(the_target(college), limit=10)
    assert str(letter.statement_id) == refused


def test_the_form_shows_all_but_the_secret(browser, college, elsewhere):
    shown = add(browser, college, elsewhere, verb=Verb.PASSED.iri, version="1.0.3").location

    page = browser.get(f"{shown}/change").text

    assert "bí mật" not in page
    assert "Leave it empty to keep the old secret." in page
    assert "Send what is in the record already" not in page
    for known in (
        "Kho tỉnh",
        elsewhere.url,
        'value="k"',
        Verb.PASSED.iri,
        'selected value="1.0.3"',
    ):
        assert known in page


def test_an_empty_secret_keeps_the_old_one(browser, college, elsewhere):
    said("mot")
    shown = add(browser, college, elsewhere).location

    changed(browser, college, elsewhere)
    browser.post(f"{shown}/resume")
    run_due()

    assert key_of(elsewhere.heard[0]) == "k2:bí mật"


def test_a_webhook_keeps_its_secret_and_gets_another_filter(browser, college, elsewhere):
    shown = add(browser, college, elsewhere, "webhook").location
    before = the_target(college)
    with inside(college.id):
        secret = service.secret_of(before)
    asked = browser.get(f"{shown}/change").text

    changed(browser, college, elsewhere, "webhook", verb=f" {Verb.PASSED.iri} ")

    assert 'name="secret"' not in asked
    after = the_target(college)
    assert (after.name, after.verb) == ("Kho mới", Verb.PASSED.iri)
    with inside(college.id):
        assert service.secret_of(after) == secret


def test_a_new_target_stays_unstarted(browser, college, elsewhere):
    said("mot")
    add(browser, college, elsewhere)

    changed(browser, college, elsewhere)
    run_due()

    assert the_target(college).is_new
    assert elsewhere.heard == []


def test_one_that_waits_tries_the_new_address_at_once(browser, college, elsewhere):
    first = said("mot")
    elsewhere.status = 503
    add_and_start(browser, college, elsewhere)
    run_due()
    elsewhere.status = 200
    elsewhere.heard.clear()

    changed(browser, college, elsewhere, url=f"{elsewhere.url}/moi/statements")
    run_due()

    assert [heard.path for heard in elsewhere.heard] == ["/xapi/moi/statements"]
    assert elsewhere.taken == [first]
    assert the_target(college).failures == 0


def test_what_the_old_address_still_answers_does_not_stop_the_new_one(elsewhere, college):
    said("mot")
    elsewhere.status = 401
    target = to_lrs(elsewhere)
    looked_at = queries.waiting(target)
    progress = jobs._sent(target, looked_at.rows)
    with unit_of_work():
        service.resume(target)

    with unit_of_work():
        service.note(target, looked_at, progress)

    assert target.state is TargetState.RUNNING


@pytest.mark.parametrize(
    "case",
    [
        ({"url": "http://lrs.example/xapi"}, "Please give an address that begins with https://."),
        ({"url": "https://10.0.0.7/xapi"}, "leads into a private network"),
        ({"name": ""}, "Please fill this in."),
        ({"verb": "completed"}, "This must be a whole address"),
        ({"activity": "bài một"}, "This must be a whole address"),
    ],
)
@pytest.mark.parametrize("kind", ["lrs", "webhook"])
def test_what_is_wrong_changes_nothing(browser, college, elsewhere, kind, case):
    wrong, words = case
    add(browser, college, elsewhere, kind)

    answer = changed(browser, college, elsewhere, kind, **wrong)

    assert answer.status_code == 422
    assert words in answer.text
    target = the_target(college)
    assert (target.name, target.url, target.verb) == ("Kho tỉnh", elsewhere.url, "")


def test_who_changed_what_is_in_the_audit_log(browser, college, elsewhere, manager):
    add(browser, college, elsewhere)
    former = elsewhere.url

    changed(browser, college, elsewhere, url=f"{former}/moi", secret="bí mật mới")

    noted = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "lrs.forwarding_changed")
    ).one()
    assert noted.actor_id == manager.id
    assert noted.details["former_url"] == former
    assert noted.details["url"] == f"{former}/moi"
    assert "bí mật mới" not in str(noted.details)


def test_who_removes_is_told_of_the_other_way(browser, college, elsewhere):
    shown = add(browser, college, elsewhere).location

    assert "To change only the key or the address, use “Change”." in browser.get(shown).text
