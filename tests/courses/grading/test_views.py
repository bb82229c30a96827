from datetime import timedelta
from decimal import Decimal

import pytest

from courses.grading import queries, service
from courses.grading.models import MarkKind
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, today, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.jobs import run_due
from tests.courses.classroom import a_class, enrol, finish_lesson
from tests.factories import a_college, a_person


@pytest.fixture
def room(dn_college, teacher):
    return a_class(dn_college, teacher=teacher)


@pytest.fixture
def place(room, learner):
    return enrol(room, learner)


@pytest.fixture
def mark(as_user, teacher, room, place):
    def send(value, *, by=None, kind=MarkKind.REGULAR, of=None):
        return as_user(by or teacher).post(
            f"/at/dn/classes/{room.group.id}/grades?lang=en",
            data={"enrolment_id": str((of or place).id), "kind": kind.value, "value": value},
        )

    return send


def marks_of(place):
    with inside(place.tenant_id):
        return [(m.kind, float(m.value)) for m in queries.of(place)]


def test_the_teacher_gives_a_mark(mark, as_user, room, place):
    answer = mark("8.5", kind=MarkKind.PERIODIC)

    page = as_user(room.teacher).get(f"/at/dn/classes/{room.group.id}/grades?lang=en").text
    assert answer.status_code == 303
    assert marks_of(place) == [(MarkKind.PERIODIC, 8.5)]
    assert place.learner.name in page
    assert "8.5" in page


def test_a_mark_may_be_typed_with_a_comma(mark, place):
    mark("8,5")

    assert marks_of(place) == [(MarkKind.REGULAR, 8.5)]


def test_the_rule_stands_below_the_form_too(room, place, learner):
    """Whatever calls the service: nobody else gives marks, and none lies off the scale."""
    with inside(place.tenant_id), unit_of_work():
        with pytest.raises(Forbidden):
            service.give(learner, place, MarkKind.REGULAR, Decimal(5))
        with pytest.raises(Invalid):
            service.give(room.teacher, place, MarkKind.REGULAR, Decimal("10.1"))

    assert marks_of(place) == []


def test_every_mark_is_in_the_audit_log(mark, teacher, place):
    mark("7")

    (entry,) = db.session.query(AuditEntry).filter_by(action="mark.given")
    assert entry.actor_id == teacher.id
    assert entry.details["value"] == "7"


def test_looking_into_a_gradebook_is_in_the_audit_log(as_user, teacher, room):
    as_user(teacher).get(f"/at/dn/classes/{room.group.id}/grades")

    assert db.session.query(AuditEntry).filter_by(action="marks.viewed").count() == 1


@pytest.mark.parametrize("value", ["11", "-1", "ten", ""])
def test_what_is_no_mark_is_refused_at_the_form(mark, place, value):
    answer = mark(value)

    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert marks_of(place) == []


@pytest.mark.parametrize("nobody", ["", "x", "1" * 40, "00000000-0000-0000-0000-000000000000"])
def test_nobody_is_given_no_mark(as_user, teacher, room, nobody):
    answer = as_user(teacher).post(
        f"/at/dn/classes/{room.group.id}/grades",
        data={"enrolment_id": nobody, "kind": MarkKind.REGULAR.value, "value": "8"},
    )

    assert answer.status_code in {404, 422}


def test_another_teacher_gives_no_mark(mark, as_user, dn_college, room, place):
    other = a_person("Giáo viên khác", role=Role.TEACHER, at=dn_college)

    assert mark("10", by=other).status_code == 403
    assert as_user(other).get(f"/at/dn/classes/{room.group.id}/grades").status_code == 403
    assert marks_of(place) == []


def test_a_learner_gives_no_mark(mark, place, learner):
    assert mark("10", by=learner).status_code == 403
    assert marks_of(place) == []


def test_a_manager_may_mark(mark, dn_college, place):
    assert mark("6", by=a_person("Quản lý", role=Role.MANAGER, at=dn_college)).status_code == 303


def test_a_learner_of_another_class_is_not_marked_here(mark, dn_college, teacher, learner):
    other = enrol(a_class(dn_college, teacher=teacher), learner)

    assert mark("10", of=other).status_code == 404
    assert marks_of(other) == []


def test_a_teacher_elsewhere_finds_nothing(as_user, room):
    vy = a_person("Vy", role=Role.TEACHER, at=a_college("khac"))

    assert as_user(vy).get(f"/at/khac/classes/{room.group.id}/grades").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, room):
    assert client.get(f"/at/dn/classes/{room.group.id}/grades").status_code == 303


def test_a_gradebook_of_many_costs_no_more_questions_than_one_of_few(
    as_user, dn_college, room, mark, count_queries
):
    def looked():
        with count_queries() as seen:
            as_user(room.teacher).get(f"/at/dn/classes/{room.group.id}/grades")
        return len(seen)

    mark("7")
    few = looked()
    for number in range(8):
        place = enrol(room, a_person(f"Học viên {number}", role=Role.LEARNER, at=dn_college))
        mark("8", of=place)

    assert looked() <= few


def test_the_form_is_for_the_learner_that_was_chosen(as_user, teacher, room, place, learner):
    page = (
        as_user(teacher).get(f"/at/dn/classes/{room.group.id}/grades?for={place.id}&lang=en").text
    )

    assert f"A mark for {learner.name}" in page
    assert as_user(teacher).get(f"/at/dn/classes/{room.group.id}/grades?for=x").status_code == 200


def test_my_classes_are_listed(as_user, teacher, room):
    assert room.group.code in as_user(teacher).get("/at/dn/teaching").text


def test_a_learner_has_no_business_at_the_teachers_desk(as_user, learner, place):
    assert as_user(learner).get("/at/dn/teaching").status_code == 403


def test_a_teacher_of_another_college_has_none_either(as_user, room):
    elsewhere = a_person("Vy", role=Role.TEACHER, at=a_college("khac"))

    assert as_user(elsewhere).get("/at/dn/teaching").status_code == 403


def test_a_finished_quiz_gives_a_regular_mark(room, place):
    finish_lesson(room, place)
    run_due()

    assert marks_of(place) == [(MarkKind.REGULAR, 10.0)]


# A teacher's classes --------------------------------------------------------------------------


def test_the_classes_of_a_teacher_are_sorted_by_their_time(
    as_user, teacher, dn_college, room, place
):
    coming = a_class(dn_college, teacher=teacher, starts_on=today() + timedelta(days=10))
    over = a_class(dn_college, teacher=teacher, starts_on=today() - timedelta(days=200))

    page = as_user(teacher).get("/at/dn/teaching?lang=en").text

    parts = ["Running now", room.group.code, "1 learner", "Coming up", coming.group.code]
    parts += ["Over", over.group.code]
    places = [page.index(f">{part}") if " " in part else page.index(part) for part in parts]
    assert places == sorted(places)


def test_a_teachers_start_page_leads_to_the_running_classes(
    as_user, teacher, room, place, dn_college
):
    over = a_class(dn_college, teacher=teacher, starts_on=today() - timedelta(days=200))
    foreign = a_class(dn_college)

    page = as_user(teacher).get("/?lang=en").text

    assert f"/at/dn/classes/{room.group.id}/grades" in page
    assert "1 learner" in page
    assert f"/classes/{over.group.id}" not in page
    assert f"/classes/{foreign.group.id}" not in page
    assert "You are not in a class yet" not in page
