from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core import build, values
from edu.lrs.core.build import activity, agent_for, format_duration, score, statement
from edu.lrs.core.identity import voided_statement
from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from tests.edu.lrs.core.cases import STATEMENT_ID, outcome

LAN = agent_for("https://hoc.example", "42", name="Lan")
LESSON = activity(
    "https://hoc.example/bai/1", ActivityType.LESSON, name={"vi": "Hàn", "en": "Welding"}
)
ID = UUID(STATEMENT_ID)


@pytest.mark.parametrize("verb", Verb, ids=str)
def test_every_verb_makes_a_valid_statement_in_two_languages(verb):
    target = build.reference(ID) if verb is Verb.VOIDED else LESSON
    said = statement(LAN, verb, target)
    assert said["verb"]["display"].keys() == {"vi", "en"}
    assert all(outcome(said, version) is None for version in Version)


def test_verbs_and_types_are_told_apart():
    assert len({verb.iri for verb in Verb}) == len(Verb)
    assert len({verb.display["vi"] for verb in Verb}) == len(Verb)
    for activity_type in ActivityType:
        values.iri(str(activity_type))


def test_a_statement_says_all_it_is_given():
    teacher = agent_for("https://hoc.example", "7")
    said = statement(
        LAN,
        Verb.ANSWERED,
        activity(
            "https://hoc.example/cau/1",
            ActivityType.INTERACTION,
            description={"vi": "Chọn que hàn"},
            interaction={"interactionType": "choice", "choices": [{"id": "a"}]},
        ),
        result=build.result(
            success=True,
            completion=False,
            response="a",
            duration=timedelta(seconds=72.5),
            score=score(raw=5, lowest=0, highest=10),
            extensions={"https://hoc.example/x/lan": 2},
        ),
        context=build.context(
            registration=ID,
            instructor=teacher,
            team=build.group_of([LAN, teacher], name="Tổ 1"),
            language="vi",
            extensions={"https://hoc.example/x/xuong": 1},
            parent=[LESSON],
        ),
        timestamp=datetime(2026, 11, 22, 1, tzinfo=UTC),
        statement_id=ID,
    )
    assert said == {
        "id": STATEMENT_ID,
        "actor": {
            "objectType": "Agent",
            "name": "Lan",
            "account": {"homePage": "https://hoc.example", "name": "42"},
        },
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/answered",
            "display": {"vi": "đã trả lời", "en": "answered"},
        },
        "object": {
            "objectType": "Activity",
            "id": "https://hoc.example/cau/1",
            "definition": {
                "description": {"vi": "Chọn que hàn"},
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "choice",
                "choices": [{"id": "a"}],
            },
        },
        "result": {
            "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
            "success": True,
            "completion": False,
            "response": "a",
            "duration": "PT1M12.5S",
            "extensions": {"https://hoc.example/x/lan": 2},
        },
        "context": {
            "registration": STATEMENT_ID,
            "instructor": teacher,
            "team": {"objectType": "Group", "name": "Tổ 1", "member": [LAN, teacher]},
            "contextActivities": {"parent": [LESSON]},
            "language": "vi",
            "extensions": {"https://hoc.example/x/xuong": 1},
        },
        "timestamp": "2026-11-22T01:00:00.000000Z",
    }


def test_what_is_not_said_is_not_there():
    assert build.context(parent=[]) == {}
    assert build.result() == {}
    assert score(scaled=1) == {"scaled": 1}
    assert score(raw=3, highest=5) == {"raw": 3, "max": 5}
    assert score(raw=3, lowest=3, highest=3) == {"raw": 3, "min": 3, "max": 3}


def test_a_mistake_of_ours_is_caught_before_it_is_sent():
    with pytest.raises(InvalidStatement) as caught:
        statement(LAN, Verb.PASSED, LESSON, result=build.result(score=score(scaled=1.5)))
    assert (caught.value.path, caught.value.rule) == ("/result/score/scaled", Rule.SCALED_RANGE)


def test_voiding_names_its_target():
    assert voided_statement(build.voiding(LAN, ID)) == STATEMENT_ID


@pytest.mark.parametrize(
    ("duration", "written"),
    [
        (timedelta(0), "PT0S"),
        (timedelta(seconds=-1), "PT0S"),
        (timedelta(microseconds=999), "PT0S"),
        (timedelta(seconds=10), "PT10S"),
        (timedelta(seconds=0.129), "PT0.12S"),
        (timedelta(hours=1, seconds=1.5), "PT1H1.5S"),
        (timedelta(days=2, minutes=3), "PT48H3M0S"),
    ],
)
def test_durations_are_written_to_the_hundredth(duration, written):
    assert format_duration(duration) == written


@given(st.timedeltas(timedelta(0)))
def test_every_duration_is_valid(duration):
    values.duration(format_duration(duration))
