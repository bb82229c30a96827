"""The pages of the record: keys, what arrives, what was recorded."""

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.i18n import force_locale
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.console import policy, queries
from edu.lrs.core import build
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.keys import queries as keys
from tests.factories import a_college, a_person

KEYS = "/at/{}/lrs/keys"
STATEMENTS = "/at/{}/lrs/statements"


def did(person, verb=Verb.COMPLETED, english="Arc welding", **parts):
    lesson = build.activity(
        "https://hoc.example/bai/1", ActivityType.LESSON, name={"vi": "Hàn hồ quang", "en": english}
    )
    with unit_of_work():
        public.record(build.statement(public.agent_of(person), verb, lesson, **parts))


def make(browser, college, **form):
    given = {"name": "Moodle", "scopes": ["statements/write"], "days": "0"} | form
    return browser.post(KEYS.format(college.code), data=given)


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
    assert secret not in as_user(manager).get(KEYS.format(college.code)).text


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

    renewed = browser.post(f"{KEYS.format(college.code)}/{key.id}/rotate")
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


def test_what_arrives_shows_as_a_sentence(as_user, manager, lan, college):
    did(lan, Verb.PASSED, result=build.result(success=True, score=build.score(scaled=0.8)))

    tail = as_user(manager).get(
        f"{KEYS.format(college.code)}/tail", headers={"Accept-Language": "en"}
    )

    assert "Trần Thị Lan passed “Arc welding” (score 80%; successfully)" in tail.text
    assert "hx-get" in tail.text


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


def test_the_usual_purposes_are_ticked_before_and_after_a_key_is_made(as_user, manager, college):
    browser = as_user(manager)
    before = browser.get(KEYS.format(college.code)).text
    after = make(browser, college, scopes=["all"]).text

    for page in (before, after):
        assert re.findall(r'value="([^"]+)"\s+id="scopes[^"]*" checked', page) == [
            "statements/write",
            "state",
        ]


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({}, True),
        ({"person": "{email}"}, True),
        ({"person": "nobody@example.test"}, False),
        ({"verb": Verb.COMPLETED.iri}, True),
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

    assert {each.seq for each in listed} == {
        each.seq for each in every if policy.can_read(reader, each.statement)
    }


def test_what_the_verb_says_is_not_said_again(app, college, lan):
    did(lan, result=build.result(completion=True, score=build.score(scaled=0.5)))
    did(lan, Verb.PASSED, result=build.result(completion=True))

    with force_locale("en"):
        passed, completed = (each.sentence for each in queries.latest())

    assert completed == "Trần Thị Lan completed “Arc welding” (score 50%)"
    assert passed == "Trần Thị Lan passed “Arc welding” (completed)"


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ({"id": Verb.PASSED.iri}, "đã đạt"),
        ({"id": Verb.PASSED.iri, "display": {"en-US": "passed"}}, "đã đạt"),
        ({"id": Verb.PASSED.iri, "display": {"vi": "đã qua"}}, "đã qua"),
        ({"id": "https://x.vn/verbs/danced", "display": {"en": "danced"}}, "danced"),
        ({"id": "https://x.vn/verbs/danced"}, "danced"),
    ],
)
def test_a_well_known_verb_is_told_in_the_readers_language(app, college, verb, words):
    said = build.statement(
        build.agent_for("https://hoc.example", "lan"), Verb.PASSED, {"id": "https://hoc.example/x"}
    )
    with unit_of_work():
        public.record({**said, "verb": verb})

    with force_locale("vi"):
        (told,) = queries.latest()

    assert told.sentence == f"lan {words} x"


def test_who_was_forgotten_is_told_apart_by_a_mark(app, college, lan):
    did(lan)
    with unit_of_work():
        public.forget(lan)
    run_due()

    with force_locale("en"):
        (told,) = queries.latest()

    assert re.fullmatch(
        r"somebody who was forgotten \([0-9a-f]{4}\) completed “Arc welding”", told.sentence
    )


NO_NAME = "https://x.vn/items/0198c534-5ec4-7589-8ffc-79617f2e5cb9"


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({}, "an activity"),
        ({"type": "https://x.vn/types/dance"}, "an activity"),
        ({"type": str(ActivityType.INTERACTION)}, "a question"),
        ({"type": str(ActivityType.LESSON), "description": {"en": "How to weld"}}, "“How to weld”"),
        ({"type": str(ActivityType.LESSON), "name": {"en": "x " * 99}}, f"“{'x ' * 59}…”"),
    ],
)
def test_a_thing_without_a_name_is_called_by_what_it_is(app, college, definition, words):
    agent = build.agent_for("https://hoc.example", "lan")
    thing = {"id": NO_NAME, "definition": definition}
    with unit_of_work():
        public.record(build.statement(agent, Verb.ANSWERED, thing))

    with force_locale("en"):
        (told,) = queries.latest()

    assert told.sentence == f"lan answered {words}"


def test_an_answer_is_told_in_the_words_that_were_offered(app, college):
    agent = build.agent_for("https://hoc.example", "lan")
    offered = [
        {"id": "a", "description": {"en": "R32"}},
        {"id": "b", "description": {"en": "R290"}},
        {"id": "c"},
    ]
    question = build.activity(
        NO_NAME,
        ActivityType.INTERACTION,
        name={"en": "Which gas burns?"},
        interaction={"interactionType": "choice", "choices": offered},
    )
    with unit_of_work():
        given = build.result(response="a[,]b[,]c")
        public.record(build.statement(agent, Verb.ANSWERED, question, result=given))

    with force_locale("en"):
        (told,) = queries.latest()

    assert told.sentence == "lan answered “Which gas burns?” (answer: R32, R290, c)"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["commented another statement", "commented minh@x.vn", "commented hàn"]),
        ("vi", ["đã bình luận", "đã bình luận minh@x.vn", "đã bình luận hàn"]),
    ],
)
def test_every_kind_of_statement_has_a_sentence(app, college, language, words):
    agent = build.agent_for("https://hoc.example", "lan")
    targets = [
        build.reference(uuid4()),
        {"objectType": "Agent", "mbox": "mailto:minh@x.vn"},
        {"id": "https://x.vn/b%C3%A0i#hàn"},
    ]
    with unit_of_work():
        for target in targets:
            public.record(build.statement(agent, Verb.COMMENTED, target))

    with force_locale(language):
        said = [each.sentence for each in reversed(queries.latest())]

    assert [each.startswith(f"lan {tail}") for each, tail in zip(said, words, strict=True)] == [
        True
    ] * 3
