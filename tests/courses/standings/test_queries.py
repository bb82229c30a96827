"""How learners stand in the classes that run now."""

from datetime import timedelta

import pytest

from courses.enrolment import service as enrolments
from courses.standings import queries
from edu.accounts.models import Role
from edu.db import inside, pretend, today, unit_of_work, utcnow
from tests.courses.classroom import (
    a_class,
    a_skill,
    answer,
    enrol,
    finish_lesson,
    open_lesson,
)
from tests.factories import a_college, a_person


@pytest.fixture
def ben(dn_college):
    return a_person("Lê Văn Bền", role=Role.LEARNER, at=dn_college)


@pytest.fixture
def brazing(app):
    return a_skill("brazing")


@pytest.fixture
def room(dn_college, brazing):
    return a_class(dn_college, [brazing], lessons=3)


def standings(room):
    with inside(room.college.id):
        return queries.classes_of(room.teacher.id)


def test_each_learner_with_lessons_done_and_when_last_active(room, learner, ben, brazing):
    finish_lesson(room, enrol(room, learner))
    with pretend(utcnow() - timedelta(days=12)):
        enrol(room, ben)

    (found,) = standings(room)

    assert (found.code, found.lessons, found.skill_ids) == (room.group.code, 3, (brazing.id,))
    assert [(one.learner_id, one.lessons_done) for one in found.learners] == [
        (learner.id, 1),
        (ben.id, 0),
    ]
    assert found.learners[1].last_active_at == found.learners[1].enrolled_at


@pytest.mark.parametrize("act", [open_lesson, answer])
def test_opening_and_answering_both_count_as_being_active(room, learner, act):
    with pretend(utcnow() - timedelta(days=20)):
        place = enrol(room, learner)
        open_lesson(room, place)
        answer(room, place)
    with pretend(utcnow() - timedelta(days=2)):
        act(room, place)

    (found,) = standings(room)

    assert utcnow() - found.learners[0].last_active_at < timedelta(days=3)


def test_answering_without_opening_a_lesson_counts(room, learner):
    with pretend(utcnow() - timedelta(days=20)):
        place = enrol(room, learner)
    answer(room, place)

    (found,) = standings(room)

    assert utcnow() - found.learners[0].last_active_at < timedelta(minutes=1)


def test_who_gave_the_place_back_does_not_stand_anywhere(room, learner):
    place = enrol(room, learner)
    with inside(room.college.id), unit_of_work():
        enrolments.withdraw(learner, place)

    assert standings(room)[0].learners == ()


def test_only_classes_that_run_now(dn_college, room):
    a_class(dn_college, teacher=room.teacher, starts_on=today() - timedelta(days=300))
    a_class(dn_college, teacher=room.teacher, starts_on=today() + timedelta(days=30))

    assert [found.class_group_id for found in standings(room)] == [room.group.id]


def test_anothers_classes_are_not_mine(dn_college, room):
    stranger = a_person("Thầy khác", role=Role.TEACHER, at=dn_college)

    with inside(dn_college.id):
        assert queries.classes_of(stranger.id) == []


def test_a_teachers_classes_elsewhere_stand_elsewhere(room):
    other = a_college("kythuat")

    with inside(other.id):
        assert queries.classes_of(room.teacher.id) == []


def test_many_classes_cost_as_many_queries_as_one(dn_college, room, learner, count_queries):
    enrol(room, learner)
    with count_queries() as alone:
        standings(room)
    for _ in range(5):
        enrol(a_class(dn_college, [a_skill()], teacher=room.teacher), learner)

    with count_queries() as many:
        assert len(standings(room)) == 6

    assert len(many) == len(alone)


def quiet_now(college):
    return queries.quiet_at(college.id, since=utcnow() - timedelta(days=14), limit=5)


def test_who_went_quiet_comes_quietest_first(room, learner, ben):
    with pretend(utcnow() - timedelta(days=20)):
        enrol(room, ben)
    with pretend(utcnow() - timedelta(days=40)):
        open_lesson(room, enrol(room, learner))
    since = utcnow() - timedelta(days=14)

    count, places = queries.quiet_at(room.college.id, since=since, limit=5)

    assert count == 2
    assert [place.learner_id for place in places] == [learner.id, ben.id]
    assert places[0].module_title == room.module.title
    assert queries.quiet_at(room.college.id, since=since, limit=1)[0] == 2
    assert queries.quiet_at(a_college("kythuat").id, since=since, limit=5) == (0, [])


def test_who_was_active_is_not_quiet(room, learner):
    with pretend(utcnow() - timedelta(days=40)):
        place = enrol(room, learner)
    answer(room, place)

    assert quiet_now(room.college) == (0, [])


def test_who_has_no_lesson_left_is_not_quiet(dn_college, learner):
    room = a_class(dn_college, [a_skill()], lessons=1)
    with pretend(utcnow() - timedelta(days=40)):
        finish_lesson(room, enrol(room, learner))

    assert quiet_now(dn_college) == (0, [])


def test_nobody_is_quiet_in_a_class_without_lessons(dn_college, learner):
    room = a_class(dn_college, lessons=0)
    with pretend(utcnow() - timedelta(days=40)):
        enrol(room, learner)

    assert quiet_now(dn_college) == (0, [])


def test_who_is_quiet_in_two_classes_is_one_person(dn_college, room, learner):
    with pretend(utcnow() - timedelta(days=40)):
        enrol(room, learner)
        enrol(a_class(dn_college, lessons=1, questions=0), learner)

    count, places = quiet_now(dn_college)

    assert (count, len(places)) == (1, 2)
