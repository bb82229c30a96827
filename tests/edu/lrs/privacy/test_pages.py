"""Pages and commands about people in the record."""

import re

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.cli import lrs
from edu.lrs.core import build
from edu.lrs.core.vocabulary import Verb
from edu.lrs.privacy import personas, queries
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

    asked = browser.post(f"{page}/forget", data=wanted)
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
    assert queries.recent() == []


def test_names_are_merged_and_parted_and_both_are_noted(as_user, manager, lan, college):
    did(H5P)
    browser, page = as_user(manager), PAGE.format(college.code)
    form = {"one": lan.email, "other": "https://h5p.example lan"}

    browser.post(f"{page}/merge", data=form)
    assert len(public.statements(agent=public.agent_of(lan))) == 1
    again = browser.post(f"{page}/merge", data=form)
    shown = browser.get(page).text
    [persona] = personas.everyone()
    browser.post(f"{page}/{persona.id}/part")

    assert again.status_code == 422
    assert "These two are one already." in again.text
    assert re.search(r">\s*https://h5p.example lan\s*<", shown)  # as it was typed
    assert f"mailto:{lan.email}" not in shown
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
    assert (
        browser.post(f"{page}/merge", data={"one": "a@x.vn", "other": "b@x.vn"}).status_code == 403
    )


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
    runner, at = app.test_cli_runner(), ["--organisation", college.code]
    one, other = "https://h5p.example lan", "lan@hoc.example"

    merged = runner.invoke(lrs, ["names", "merge", *at, one, other])
    again = runner.invoke(lrs, ["names", "merge", *at, one, other])
    listed = runner.invoke(lrs, ["names", "list", *at])
    parted = runner.invoke(lrs, ["names", "part", *at, other])
    lost = runner.invoke(lrs, ["names", "part", *at, other])

    assert [each.exit_code for each in (merged, again, listed, parted, lost)] == [0, 1, 0, 0, 1]
    assert listed.output == "account https://h5p.example lan = mbox mailto:lan@hoc.example\n"
