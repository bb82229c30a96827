"""A sentence for every statement."""

import re
from uuid import uuid4

import pytest

from edu.db import unit_of_work
from edu.i18n import force_locale
from edu.jobs import run_due
from edu.lrs import public
from edu.lrs.console import queries
from edu.lrs.core import build
from edu.lrs.core.vocabulary import ActivityType, Verb
from tests.edu.lrs.console.acts import did


def test_what_the_verb_says_is_not_said_again(app, college, lan):
    did(lan, result=build.result(completion=True, score=build.score(scaled=0.5)))
    did(lan, Verb.PASSED, result=build.result(completion=True, success=True))
    did(lan, Verb.FAILED, result=build.result(success=False))
    did(lan, Verb.FAILED, result=build.result(success=True))

    with force_locale("en"):
        odd, failed, passed, completed = (each.sentence for each in queries.latest())

    assert completed == "Trần Thị Lan completed “Arc welding” (score 50%)"
    assert passed == "Trần Thị Lan passed “Arc welding” (completed)"
    assert failed == "Trần Thị Lan failed “Arc welding”"
    assert odd == "Trần Thị Lan failed “Arc welding” (successfully)"


@pytest.mark.parametrize(("is_right", "word"), [(True, "right"), (False, "wrong")])
def test_an_answer_is_right_or_wrong(app, college, lan, is_right, word):
    did(lan, Verb.ANSWERED, result=build.result(success=is_right))

    with force_locale("en"):
        (told,) = queries.latest()

    assert told.sentence == f"Trần Thị Lan answered “Arc welding” ({word})"


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
        ("vi", ["đã bình luận về", "đã bình luận về minh@x.vn", "đã bình luận về hàn"]),
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
