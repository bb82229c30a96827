"""Small resources: what is known of a person and of an activity (Communication 2.4, 2.5)."""

from uuid import uuid4

import pytest

from tests.edu.lrs.xapi.conftest import ACTIVITY, ACTOR, VERB, a_statement


def test_a_person_is_all_that_is_known_of_an_agent(either):
    either.store(
        a_statement(actor=ACTOR | {"name": "Lan"}), a_statement(actor=ACTOR | {"name": "Trần Lan"})
    )

    told = either.get("/agents", query={"agent": ACTOR}).json

    assert told["objectType"] == "Person"
    assert told["name"] == ["Lan", "Trần Lan"]
    assert told["account"] == [ACTOR["account"]]


def test_a_stranger_is_a_person_too(either):
    told = either.get("/agents", query={"agent": {"mbox": "mailto:ai@hoc.example"}}).json

    assert told == {"objectType": "Person", "mbox": ["mailto:ai@hoc.example"]}


def test_an_activity_grows_by_what_is_said_of_it(either):
    more = {
        "id": ACTIVITY["id"],
        "definition": {"name": {"en": "Arc welding"}, "type": "https://hoc.example/bai"},
    }
    either.store(a_statement(), a_statement(object=more))

    told = either.get("/activities", query={"activityId": ACTIVITY["id"]}).json

    assert told["definition"] == {
        "name": {"vi": "Hàn hồ quang", "en": "Arc welding"},
        "type": "https://hoc.example/bai",
    }


def test_an_unknown_activity_has_no_definition(either):
    told = either.get("/activities", query={"activityId": "https://hoc.example/la"}).json

    assert told == {"objectType": "Activity", "id": "https://hoc.example/la"}


@pytest.mark.parametrize(
    "path",
    ["/agents", "/activities", "/agents?agent={}", "/activities?activityId=x", "/agents?a=1"],
)
def test_small_resources_take_their_one_parameter(either, path):
    assert either.get(path).status_code == 400


def test_words_are_the_readers(tool):
    vietnamese = tool.get("/statements?x=1", headers={"Accept-Language": "vi"}).json
    english = tool.get("/statements?x=1", headers={"Accept-Language": "en"}).json

    assert english["message"] == "This resource takes no such parameter."
    assert vietnamese["error"] == english["error"] == "parameter-unknown"
    assert english["name"] == "x"


def test_ids_of_verbs_are_no_activities(either):
    either.store(a_statement(id=str(uuid4())))

    assert either.found(activity=VERB["id"], related_activities="true") == []
