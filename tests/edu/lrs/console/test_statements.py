"""The pages of what was recorded: the list with its filters, and one statement."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qsl, quote
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, unit_of_work
from edu.lrs import public
from edu.lrs.console import policy, queries
from edu.lrs.core import build
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.vocabulary import Verb
from edu.lrs.models import LARGEST_SEQ
from tests.edu.lrs.console.acts import did
from tests.factories import a_person

STATEMENTS = "/at/{}/lrs/statements"


def test_statements_are_shown_with_their_json_and_pages(as_user, manager, lan, college):
    for _turn in range(queries.PAGE + 1):
        did(lan)
    browser = as_user(manager)

    first = browser.get(STATEMENTS.format(college.code)).text
    onward = re.search(r'href="([^"]+)"\s+rel="next"', first).group(1).replace("&amp;", "&")

    assert first.count("Trần Thị Lan completed “Arc welding”") == queries.PAGE
    assert "&#34;verb&#34;" in first
    assert browser.get(onward).text.count("Trần Thị Lan completed") == 1


def test_the_filter_is_open_where_it_filters_not_on_the_second_page(as_user, manager, college):
    page, browser = STATEMENTS.format(college.code), as_user(manager)
    opened = re.compile(r'<details class="disclosure"\s+open')

    assert not opened.search(browser.get(f"{page}?after=1&verb=").text)
    assert opened.search(browser.get(f"{page}?after=1&verb=https://v").text)
    assert opened.search(browser.get(f"{page}?first_day=30.2.").text)


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, True),
        ({"person": "{email}"}, True),
        ({"person": "nobody@example.test"}, False),
        ({"verb": Verb.COMPLETED.iri}, True),
        ({"verb": f"  {Verb.COMPLETED.iri} "}, True),
        ({"verb": Verb.FAILED.iri}, False),
        ({"activity": "https://hoc.example/bai/1"}, True),
        ({"first_day": "2026-01-01", "last_day": "2999-01-01"}, True),
        ({"last_day": "2026-01-01"}, False),
    ],
)
def test_filters_narrow_what_is_shown(as_user, manager, lan, filters, shown):
    did(lan)
    query = {name: value.format(email=lan.email) for name, value in filters.items()}
    address = STATEMENTS.format(manager.memberships[0].organisation.code)

    page = as_user(manager).get(address, query_string=query)

    assert ("Trần Thị Lan completed" in page.text) is shown


def test_an_empty_list_says_why(as_user, manager, lan, college):
    page = STATEMENTS.format(college.code)

    for reader, words in ((manager, "What people learn here"), (lan, "What you learn here")):
        browser = as_user(reader)
        assert words in browser.get(page).text
        sought = browser.get(page, query_string={"verb": Verb.FAILED.iri}).text
        assert "No statement fits what you look for." in sought
        assert words not in sought


def test_looking_is_noted(as_user, manager, lan, college):
    as_user(manager).get(STATEMENTS.format(college.code), query_string={"person": lan.email})

    noted = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "lrs.statements_viewed")
    ).all()
    assert [(each.actor_id, each.details) for each in noted] == [
        (manager.id, {"person": lan.email})
    ]


def test_a_learner_sees_what_is_about_themselves(as_user, lan, college):
    did(lan)
    did(a_person("Lê Minh"), english="Turning")

    page = as_user(lan).get(STATEMENTS.format(college.code)).text

    assert "Trần Thị Lan completed “Arc welding”" in page
    assert "Turning" not in page


@pytest.mark.parametrize("role", list(Role))
def test_the_rule_for_one_and_for_many_agree(college, lan, role):
    reader = a_person("Người Đọc", role=role, at=college)
    teacher = build.context(instructor=public.agent_of(reader))
    did(lan, context=teacher)
    did(reader)
    with unit_of_work():
        public.record(
            build.statement(public.agent_of(lan), Verb.COMMENTED, public.agent_of(reader))
        )

    every = public.statements(limit=100)
    listed, _further = queries.page(reader, StatementQuery(), after=None)

    assert {each.id for each in listed} == {
        UUID(each.statement["id"]) for each in every if policy.can_read(reader, each.statement)
    }


def listed(browser, college, **query):
    return browser.get(STATEMENTS.format(college.code), query_string=query)


def by_mail(address: str) -> None:
    with unit_of_work():
        agent = {"objectType": "Agent", "mbox": f"mailto:{address}"}
        public.record(build.statement(agent, Verb.SHARED, {"id": "https://hoc.example/anh"}))


def test_a_person_is_found_by_the_address_that_tools_send(as_user, manager, lan, college):
    did(lan)
    by_mail(lan.email)
    by_mail("bob@x.vn")
    browser = as_user(manager)

    both = listed(browser, college, person=lan.email).text
    stranger = listed(browser, college, person="bob@x.vn").text

    assert "completed “Arc welding”" in both
    assert "shared anh" in both
    assert "bob@x.vn shared anh" in stranger
    assert "Arc welding" not in stranger


@pytest.mark.parametrize(
    "query",
    [
        {"person": "nobody at all"},
        {"verb": "completed"},
        {"activity": "bài 1"},
        {"first_day": "2026-02-02", "last_day": "2026-02-01"},
    ],
)
def test_a_filter_that_can_find_nothing_says_so(as_user, manager, college, query):
    answer = listed(as_user(manager), college, **query)

    assert answer.status_code == 422
    assert "Please check these answers" in answer.text


def test_from_a_list_one_gets_on(as_user, manager, lan, college):
    did(lan)
    did(lan)
    browser = as_user(manager)

    filtered = listed(browser, college, verb=Verb.COMPLETED.iri).text
    all_of_them = listed(browser, college).text

    assert f"/lrs/transfers?verb={quote(Verb.COMPLETED.iri, safe=':/')}" in filtered
    assert "Clear the filter" in filtered
    assert "Clear the filter" not in all_of_them
    assert "Back to the latest" not in all_of_them
    assert "Back to the latest" in listed(browser, college, after=LARGEST_SEQ).text
    assert "Back to the latest" in listed(browser, college, after=1).text  # behind the last one


def test_one_statement_has_a_page_that_leads_on(as_user, manager, lan, college):
    did(lan)
    [told] = public.statements(limit=9)
    browser = as_user(manager)
    address = f"{STATEMENTS.format(college.code)}/{told.statement['id']}"

    assert address in listed(browser, college).text
    page = browser.get(address).text
    onward = [unescape(each) for each in re.findall(r'href="([^"]+lrs/statements\?[^"]+)"', page)]
    assert len(onward) == 3
    for each in onward:
        assert "Trần Thị Lan completed “Arc welding”" in browser.get(each).text
    noted = db.session.scalars(
        sa.select(AuditEntry.details).where(AuditEntry.action == "lrs.statements_viewed")
    ).all()
    assert {"statement": told.statement["id"]} in noted


def test_a_statement_taken_back_can_still_be_looked_at(as_user, manager, lan, college):
    did(lan)
    [told] = public.statements(limit=9)
    with unit_of_work():
        back = build.reference(UUID(told.statement["id"]))
        public.record(build.statement(public.agent_of(lan), Verb.VOIDED, back))
    browser = as_user(manager)

    page = browser.get(f"{STATEMENTS.format(college.code)}/{told.statement['id']}").text

    assert "This statement was taken back" in page


def test_nobody_learns_that_anothers_statement_is_there(as_user, lan, college):
    did(lan)
    [told] = public.statements(limit=9)
    address = f"{STATEMENTS.format(college.code)}/{told.statement['id']}"

    assert as_user(lan).get(address).status_code == 200
    assert (
        as_user(a_person("Lê Minh", role=Role.LEARNER, at=college)).get(address).status_code == 404
    )
    assert as_user(lan).get(f"{STATEMENTS.format(college.code)}/{uuid4()}").status_code == 404


def test_what_was_recorded_late_says_when_it_happened(as_user, manager, lan, college):
    long_ago = datetime(2024, 5, 6, 3, 4, tzinfo=UTC)
    did(lan, timestamp=long_ago)

    page = listed(as_user(manager), college).text

    assert long_ago.isoformat() in page
    assert "recorded" in page


def test_ones_account_leads_to_ones_record(as_user, lan, college):
    assert STATEMENTS.format(college.code) in as_user(lan).get("/account").text


@pytest.mark.parametrize(("role", "is_led"), [(Role.MANAGER, True), (Role.ADMIN, False)])
def test_a_persons_page_leads_managers_to_their_record(as_user, lan, college, role, is_led):
    browser = as_user(a_person("Người Đọc", role=role, at=college))

    page = browser.get(f"/at/{college.code}/people/{lan.id}")

    assert page.status_code == 200
    assert ("/lrs/statements?person=" in page.text) is is_led


def test_the_same_list_is_there_in_the_other_language(as_user, manager, college):
    page = listed(as_user(manager), college, verb=Verb.COMPLETED.iri, lang="en").text

    [link] = re.findall(r'href="([^"]+)"\s+lang="vi"', page)

    assert dict(parse_qsl(unescape(link).removeprefix("?"))) == {
        "verb": Verb.COMPLETED.iri,
        "lang": "vi",
    }
