from datetime import UTC, date, datetime

import pytest

from courses.catalogue.models import ClassState
from courses.enrolment import policy, queries, service
from courses.enrolment.models import EnrolmentState
from edu.accounts.models import Role
from edu.db import inside, pretend, today, unit_of_work
from edu.errors import Forbidden
from edu.lrs.core.vocabulary import Verb
from edu.lrs.public import statements
from tests.courses.classroom import a_class, enrol, open_lesson
from tests.factories import a_college, a_person


@pytest.fixture
def room(dn_college):
    return a_class(dn_college)


@pytest.fixture
def press(as_user, room):
    def send(person, to="enrolment"):
        return as_user(person).post(f"/at/dn/classes/{room.group.id}/{to}?lang=en")

    return send


def change(room, **values):
    with inside(room.college.id), unit_of_work():
        for name, value in values.items():
            setattr(room.group, name, value)


def place_of(room, learner):
    with inside(room.college.id):
        return queries.find(room.group, learner)


def test_a_learner_takes_a_place(press, as_user, learner, room):
    answer = press(learner)

    page = as_user(learner).get("/learning?lang=vi").text
    assert answer.status_code == 303
    assert place_of(room, learner).state == EnrolmentState.ACTIVE
    assert "Cơ sở kỹ thuật lạnh" in page


def test_taking_a_place_is_told_to_the_record(press, learner, room):
    press(learner)

    with inside(room.college.id):
        (told,) = statements(verb=Verb.REGISTERED.iri)
    registration = place_of(room, learner).registration
    assert told.statement["context"]["registration"] == str(registration)


def test_asking_twice_gives_one_place(press, learner, room):
    press(learner)
    press(learner)

    with inside(room.college.id):
        assert queries.seats_taken(room.group) == 1


def test_the_last_place_is_given_once(press, learner, room, dn_college):
    change(room, capacity=1)
    press(learner)

    second = press(a_person("Người thứ hai", role=Role.LEARNER, at=dn_college))

    assert second.status_code == 409
    assert "This class is full." in second.text


def test_a_full_class_says_so_before_one_presses(as_user, press, learner, room, dn_college):
    change(room, capacity=1)
    press(learner)
    second = a_person("Người thứ hai", role=Role.LEARNER, at=dn_college)

    page = as_user(second).get(f"/at/dn/classes/{room.group.id}?lang=en").text

    assert "This class is full." in page
    assert f"/classes/{room.group.id}/enrolment" not in page


def test_a_place_given_back_is_free_for_another(press, learner, room, dn_college):
    change(room, capacity=1)
    press(learner)
    press(learner, to="enrolment/withdraw")

    assert press(a_person("Người thứ hai", role=Role.LEARNER, at=dn_college)).status_code == 303


def test_who_returns_finds_what_they_did(press, as_user, learner, room):
    press(learner)
    open_lesson(room, place_of(room, learner))
    first = place_of(room, learner).id
    press(learner, to="enrolment/withdraw")

    press(learner)

    assert place_of(room, learner).id == first
    page = as_user(learner).get(f"/at/dn/classes/{room.group.id}?lang=en").text
    assert "Continue: Lesson 1" in page


def test_anyone_may_enrol_in_an_open_class(press, room):
    visitor = a_person("Khách", role=Role.LEARNER, at=a_college("khac"))

    assert press(visitor).status_code == 303


@pytest.mark.parametrize(
    "change_to",
    [
        {"is_open": False},
        {"state": ClassState.CLOSED},
        {
            "starts_on": date(2020, 1, 1),
            "ends_on": date(2021, 1, 1),
        },
    ],
)
def test_a_class_that_takes_nobody_says_so(press, room, change_to):
    change(room, **change_to)

    answer = press(a_person("Khách", role=Role.LEARNER, at=a_college("khac")))

    assert answer.status_code == 409
    assert "This class takes no enrolments now." in answer.text


@pytest.mark.parametrize(
    ("change_to", "said"),
    [
        ({"is_open": False}, "can take part in this class."),
        ({"state": ClassState.CLOSED}, "This class is over."),
        ({"starts_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)}, "This class is over."),
    ],
)
def test_who_cannot_take_part_is_offered_no_button(as_user, room, change_to, said):
    change(room, **change_to)
    visitor = a_person("Khách", role=Role.LEARNER, at=a_college("khac"))

    page = as_user(visitor).get(f"/at/dn/classes/{room.group.id}?lang=en").text

    assert said in page
    assert f"/classes/{room.group.id}/enrolment" not in page


@pytest.mark.parametrize(("hour", "takes"), [(16, True), (17, False)])
def test_the_last_day_ends_at_midnight_where_people_live(room, learner, hour, takes):
    change(room, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))

    with pretend(datetime(2026, 6, 30, hour, 30, tzinfo=UTC)):  # 7 hours later there
        assert policy.may_enter(learner, room.group, today()) is takes


def test_a_class_of_the_college_takes_its_learners(press, room, learner):
    change(room, is_open=False)

    assert press(learner).status_code == 303


def test_a_stranger_is_asked_to_sign_in(client, room):
    page = client.get(f"/at/dn/classes/{room.group.id}?lang=en").text
    answer = client.post(f"/at/dn/classes/{room.group.id}/enrolment")

    assert "Sign in to enrol" in page
    assert answer.status_code == 401


def test_nobody_gives_the_place_of_another_back(press, learner, room, dn_college):
    place = enrol(room, learner)
    other = a_person("Ai", role=Role.LEARNER, at=dn_college)

    assert press(other, to="enrolment/withdraw").status_code == 404
    with inside(room.college.id), pytest.raises(Forbidden), unit_of_work():
        service.withdraw(other, place)


def test_the_teacher_may_take_a_place_back(learner, room):
    place = enrol(room, learner)

    with inside(room.college.id), unit_of_work():
        service.withdraw(room.teacher, place)
        service.withdraw(room.teacher, place)

    assert place.state == EnrolmentState.WITHDRAWN


def test_without_a_place_there_is_none_to_give_back(press, learner):
    assert press(learner, to="enrolment/withdraw").status_code == 404


def test_a_class_in_another_college_is_not_found_here(as_user, learner, room):
    a_college("khac")

    answer = as_user(learner).post(f"/at/khac/classes/{room.group.id}/enrolment")

    assert answer.status_code == 404
