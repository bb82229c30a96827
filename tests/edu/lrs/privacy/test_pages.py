"""Pages and commands about people in the record."""

import html
import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, pretend, unit_of_work
from edu.http.paging import SIZE
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.cli import lrs
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.privacy import personas, queries, service
from edu.lrs.privacy.models import ForgetMode, Forgetting
from tests.factories import a_college, a_person

PAGE = "/at/{}/lrs/people"
H5P = build.agent_for("https://h5p.example", "lan")


def did(agent):
    with unit_of_work():
        public.record(build.statement(agent, Verb.COMPLETED, {"id": "https://hoc.example/1"}))


def test_a_manager_sees_what_there_is_before_forgetting(as_user, manager, lan, college):
    did(public.agent_of(lan))
    browser, page = as_user(manager), PAGE.format(college.code)
    wanted = {"person": lan.email, "mode": "pseudonymise"}

    asked = browser.post(f"{page}/forget", data=wanted, follow_redirects=True)
    assert "This cannot be undone" in asked.text
    assert lan.email in asked.text
    assert len(public.statements(agent=public.agent_of(lan))) == 1

    answer = browser.post(f"{page}/forget/yes", data=wanted)
    waiting = browser.get(answer.location, headers={"HX-Request": "true"})
    run_due()
    done = browser.get(answer.location)

    assert "hx-get" in waiting.text
    assert "<html" not in waiting.text
    assert "The person is forgotten" in done.text
    assert lan.email not in done.text
    assert public.statements(agent=public.agent_of(lan)) == []
    refreshed = browser.get(answer.location, headers={"HX-Request": "true"})
    assert refreshed.headers["HX-Refresh"] == "true"
    assert "Done" in browser.get(page).text


@pytest.mark.parametrize("wrong", [{"person": ""}, {"person": "Lan"}, {"mode": "burn"}])
def test_nobody_is_forgotten_by_mistake(as_user, manager, lan, college, wrong):
    browser, form = as_user(manager), {"person": lan.email, "mode": "delete"} | wrong

    for address in ("forget", "forget/yes"):
        answer = browser.post(f"{PAGE.format(college.code)}/{address}", data=form)
        assert answer.status_code == 422
    assert db.session.scalars(queries.requests()).all() == []


def asked_about(browser, college, person, mode="pseudonymise"):
    form = {"person": person, "mode": mode}
    page = f"{PAGE.format(college.code)}/forget"
    return browser.post(page, data=form, follow_redirects=True).text


def test_who_will_be_forgotten_is_named_before(browser, lan, college):
    did(public.agent_of(lan))

    shown = asked_about(browser, college, lan.email)

    assert re.search(rf"<h2>\s*{lan.name}\s*</h2>", shown)
    assert f"Account at our portal: {lan.name}" in shown
    assert f"E-mail address: {lan.email}" in shown
    assert "Digest of the e-mail address: " in shown
    assert str(lan.id) not in shown
    assert f"/lrs/statements?person={lan.email}" in html.unescape(shown)


def test_somebody_of_another_tool_is_named_as_statements_name_them(browser, college):
    did(H5P | {"name": "Lan ở H5P"})
    did({"objectType": "Agent", "openid": "https://id.example/lan"})

    assert "Lan ở H5P" in asked_about(browser, college, "https://h5p.example lan")
    nameless = asked_about(browser, college, "https://id.example/lan")
    assert "The record tells no name of this person" in nameless
    assert "OpenID: https://id.example/lan" in nameless


def test_who_leaves_no_account_is_still_told(browser, college, lan):
    gone = f"{public.agent_of(lan)['account']['homePage']} {college.id}"

    assert f"Account at our portal: {college.id}" in asked_about(browser, college, gone)


def test_deleting_does_not_promise_what_only_the_other_way_keeps(browser, college, lan):
    kept, deleted = (asked_about(browser, college, lan.email, mode) for mode in ForgetMode)

    assert "We keep no way back" in kept
    assert "We keep no way back" not in deleted


def test_a_misspelt_name_is_said_to_be_nobodys_before_and_after(browser, college, lan):
    did(public.agent_of(lan))

    shown = asked_about(browser, college, "lam@hoc.example", "delete")
    assert "Nothing is found under this name." in shown
    assert "Type it again" in shown
    assert "See the statements" not in shown
    typed_again = browser.get(PAGE.format(college.code)).text
    assert 'value="lam@hoc.example"' in typed_again
    assert re.search(r'value="delete"[^>]*checked', typed_again)

    form = {"person": "lam@hoc.example", "mode": "delete"}
    made = browser.post(f"{PAGE.format(college.code)}/forget/yes", data=form).location
    run_due()
    done = browser.get(made).text
    assert "Nothing was found" in done
    assert "The person is forgotten" not in done
    assert "lam@hoc.example" not in browser.get(PAGE.format(college.code)).text


@pytest.mark.parametrize("address", ["forget", "forget/yes"])
def test_the_question_survives_reloading_and_another_language(browser, college, lan, address):
    asked_about(browser, college, lan.email)

    again = browser.get(f"{PAGE.format(college.code)}/{address}?lang=en")

    assert again.status_code == 200
    assert f"E-mail address: {lan.email}" in again.text


def test_what_was_typed_in_one_college_is_not_offered_in_another(as_user, manager, lan, college):
    other = a_college()
    with unit_of_work():
        accounts.grant(manager, Role.MANAGER, other)
    browser = as_user(manager)
    asked_about(browser, college, lan.email)

    assert lan.email not in browser.get(PAGE.format(other.code)).text
    assert lan.email in browser.get(PAGE.format(college.code)).text


def test_who_presses_twice_forgets_once_and_who_asks_otherwise_asks_anew(browser, college, lan):
    did(public.agent_of(lan))
    address = f"{PAGE.format(college.code)}/forget/yes"
    form = {"person": lan.email, "mode": "pseudonymise"}

    first, second = (browser.post(address, data=form).location for _click in range(2))
    as_account = browser.post(address, data=form | {"person": f"http://portal.test {lan.id}"})
    other_way = browser.post(address, data=form | {"mode": "delete"}).location
    run_due()
    later = browser.post(address, data=form).location

    assert first == second == as_account.location
    assert len({first, other_way, later}) == 3


def test_what_broke_off_is_taken_up_by_who_asks_again(browser, college, lan):
    address = f"{PAGE.format(college.code)}/forget/yes"
    form = {"person": lan.email, "mode": "delete"}
    first = browser.post(address, data=form).location
    with unit_of_work():
        [forgetting] = db.session.scalars(queries.requests())
        service.halt(forgetting)

    assert browser.post(address, data=form).location == first
    assert not db.session.scalars(queries.requests()).one().is_halted


def test_every_request_is_listed_with_who_asked_and_the_year(browser, manager, college):
    with pretend(datetime(2025, 2, 3, 4, 5, tzinfo=UTC)), unit_of_work():
        db.session.add(Forgetting(mode=ForgetMode.DELETE, asked_by_id=manager.id))
    with unit_of_work():
        db.session.add_all(Forgetting(mode=ForgetMode.PSEUDONYMISE) for _ in range(SIZE))

    first = browser.get(PAGE.format(college.code)).text
    onward = re.search(r'href="([^"]*after=[^"]*)"', first)
    last = browser.get(html.unescape(onward[1])).text

    assert first.count("Under way") == SIZE
    assert "asked by" not in first
    assert "3 Feb 2025" in last
    assert f"asked by {manager.name}" in last


def test_large_numbers_are_told_with_separators(browser, college):
    with unit_of_work():
        made = Forgetting(mode=ForgetMode.DELETE, rewritten=1200, deleted=34)
        db.session.add(made)

    shown = browser.get(f"{PAGE.format(college.code)}/forgotten/{made.id}").text

    assert "1,234 statements changed" in shown


@pytest.mark.parametrize("place", ["one", "other"])
def test_a_name_that_occurs_nowhere_is_not_merged(browser, college, lan, place):
    did(H5P)
    form = {"one": lan.email, "other": "https://h5p.example lan"} | {place: "lam@hoc.example"}

    answer = browser.post(PAGE.format(college.code), data=form)

    assert answer.status_code == 422
    assert "No statement carries the name “lam@hoc.example” yet." in answer.text
    assert 'value="lam@hoc.example"' in answer.text
    assert personas.everyone() == []


def test_another_colleges_statements_do_not_make_a_name_known(browser, college, lan):
    with inside(a_college().id):
        did(H5P)

    form = {"one": lan.email, "other": "https://h5p.example lan"}
    assert browser.post(PAGE.format(college.code), data=form).status_code == 422


def test_a_person_is_merged_with_the_bare_address_that_tools_send(browser, college, lan):
    bare = {"objectType": "Agent", "mbox": f"mailto:{lan.email}"}
    did(bare)

    form = {"one": lan.email, "other": f" Mailto:{lan.email}"}
    answer = browser.post(PAGE.format(college.code), data=form)

    assert answer.status_code == 303
    assert len(public.statements(agent=public.agent_of(lan))) == 1
    [persona] = personas.everyone()
    assert persona.agents == [public.agent_of(lan), bare]


def test_names_are_merged_and_parted_and_both_are_noted(as_user, manager, lan, college):
    did(H5P)
    browser, page = as_user(manager), PAGE.format(college.code)
    form = {"one": lan.email, "other": "https://h5p.example lan"}

    browser.post(page, data=form)
    assert len(public.statements(agent=public.agent_of(lan))) == 1
    again = browser.post(page, data=form)
    shown = browser.get(page).text
    [persona] = personas.everyone()
    browser.post(f"{page}/{persona.id}/part")

    assert again.status_code == 422
    assert "These two are one already." in again.text
    assert re.search(rf">\s*{lan.name}\s*<", shown)
    assert "Account at https://h5p.example: lan" in shown
    assert str(lan.id) not in shown
    assert public.statements(agent=public.agent_of(lan)) == []
    acts = set(db.session.scalars(sa.select(AuditEntry.action)))
    assert {"lrs.names_merged", "lrs.names_parted"} <= acts


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
def test_only_managers_touch_who_people_are(as_user, college, lan, role):
    browser, page = as_user(a_person(role=role, at=college)), PAGE.format(college.code)
    wanted = {"person": lan.email, "mode": "delete"}

    assert browser.get(page).status_code == 403
    assert browser.post(f"{page}/forget", data=wanted).status_code == 403
    assert browser.post(f"{page}/forget/yes", data=wanted).status_code == 403
    assert browser.get(f"{page}/forget").status_code == 403
    assert browser.post(page, data={"one": "a@x.vn", "other": "b@x.vn"}).status_code == 403


def test_another_colleges_requests_are_not_there(as_user, manager, lan, college):
    form = {"person": lan.email, "mode": "delete"}
    shown = as_user(manager).post(f"{PAGE.format(college.code)}/forget/yes", data=form).location
    with unit_of_work():
        persona = personas.merge(public.agent_of(lan), H5P)
    other = a_college()
    stranger = as_user(a_person(role=Role.MANAGER, at=other))
    elsewhere = shown.replace(f"/at/{college.code}/", f"/at/{other.code}/")

    assert stranger.get(elsewhere).status_code == 404
    assert stranger.post(f"{PAGE.format(other.code)}/{persona.id}/part").status_code == 404


def test_the_command_forgets_in_one_record_or_in_all(app, college, lan):
    other, runner = a_college(), app.test_cli_runner()
    did(public.agent_of(lan))
    with inside(other.id):
        did(public.agent_of(lan))

    here = runner.invoke(lrs, ["forget", lan.email, "--organisation", college.code, "--yes"])
    run_due()
    assert public.statements(agent=public.agent_of(lan)) == []
    with inside(other.id):
        assert len(public.statements(agent=public.agent_of(lan))) == 1

    everywhere = runner.invoke(lrs, ["forget", lan.email, "--delete"], input="y\n")
    run_due()

    assert (here.exit_code, everywhere.exit_code) == (0, 0)
    assert "2 records" in everywhere.output
    with inside(other.id):
        assert public.statements() == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["forget", "Lan", "--yes"], "e-mail address"),
        (["forget", "a@x.vn"], "Aborted"),
        (["forget", "a@x.vn", "--organisation", "nowhere", "--yes"], "no organisation 'nowhere'"),
    ],
)
def test_the_command_says_what_is_wrong(app, arguments, said):
    done = app.test_cli_runner().invoke(lrs, arguments, input="n\n")

    assert done.exit_code == 1
    assert said in done.output


def test_names_by_the_command_line(app, college):
    did(H5P)
    did({"objectType": "Agent", "mbox": "mailto:lan@hoc.example"})
    runner, at = app.test_cli_runner(), ["--organisation", college.code]
    one, other = "https://h5p.example lan", "lan@hoc.example"

    merged = runner.invoke(lrs, ["names", "merge", *at, one, other])
    again = runner.invoke(lrs, ["names", "merge", *at, one, other])
    misspelt = runner.invoke(lrs, ["names", "merge", *at, one, "lam@hoc.example"])
    listed = runner.invoke(lrs, ["names", "list", *at])
    parted = runner.invoke(lrs, ["names", "part", *at, other])
    lost = runner.invoke(lrs, ["names", "part", *at, other])

    assert [each.exit_code for each in (merged, again, listed, parted, lost)] == [0, 1, 0, 0, 1]
    assert "No statement carries the name “lam@hoc.example” yet." in misspelt.output
    assert listed.output == "account https://h5p.example lan = mbox mailto:lan@hoc.example\n"
