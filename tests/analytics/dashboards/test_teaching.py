"""The page of who teaches: which learners need help, and why."""

import pytest

from analytics.dashboards import queries
from edu.accounts.models import Role
from edu.db import inside
from edu.jobs import run_due
from tests.analytics.dashboards.conftest import TEACHING, audited
from tests.courses.classroom import (
    WRONG,
    a_class,
    a_skill,
    answer,
    enrol,
    finish_lesson,
    open_lesson,
)
from tests.factories import a_person


def test_a_teacher_sees_who_needs_help_and_why(as_user, room, an, quiet_ben, college):
    place = enrol(room, an)
    for _ in range(4):
        answer(room, place, WRONG)
    chi = a_person("Trần Chi", role=Role.LEARNER, at=college)
    finish_lesson(room, enrol(room, chi))
    run_due()

    page = as_user(room.teacher).get(f"{TEACHING}?lang=en").text

    assert "Has not begun, 21 days after enrolling." in page
    assert "Not solid yet: “Brazing”." in page
    assert "Trần Chi" not in page
    assert "3 learners" in page
    assert audited("standings.viewed") == 1


def test_lessons_behind_the_class_are_a_sign(as_user, college, an):
    room = a_class(college, [a_skill("brazing")], lessons=3, questions=1)
    for name in ("Bình", "Chi", "Dung"):
        place = enrol(room, a_person(name, role=Role.LEARNER, at=college))
        for lesson in (1, 2):
            finish_lesson(room, place, lesson)
    open_lesson(room, enrol(room, an))

    page = as_user(room.teacher).get(f"{TEACHING}?lang=en").text

    assert "2 lessons behind half of the class." in page


def test_a_weak_skill_of_another_class_is_no_sign_in_this_one(as_user, college, an, charging):
    teacher = a_person("Trần Minh Quang", role=Role.TEACHER, at=college)
    room = a_class(college, [a_skill("brazing")], teacher=teacher)
    elsewhere = a_class(college, [charging], teacher=teacher)
    enrol(room, an)
    place = enrol(elsewhere, an)
    for _ in range(4):
        answer(elsewhere, place, WRONG)
    run_due()

    with inside(college.id):
        here, there = sorted(
            queries.taught_by(teacher), key=lambda view: view.standing.code != room.group.code
        )

    assert here.needing == ()
    assert [one.weak for one in there.needing] == [(charging,)]


def test_a_class_without_learners_and_one_without_signs(as_user, room, an):
    browser = as_user(room.teacher)
    assert "Nobody has enrolled yet." in browser.get(f"{TEACHING}?lang=en").text

    enrol(room, an)

    assert "Nobody shows a sign of needing help." in browser.get(f"{TEACHING}?lang=en").text


def test_who_teaches_nothing_now_is_told_so(as_user, manager, room):
    assert "No class of yours is running" in as_user(manager).get(f"{TEACHING}?lang=en").text


def test_a_teacher_sees_only_the_own_classes(as_user, room, college, quiet_ben):
    other = a_person("Thầy khác", role=Role.TEACHER, at=college)

    assert "Lê Văn Bền" not in as_user(other).get(TEACHING).text


@pytest.mark.parametrize("role", [Role.LEARNER, Role.ADMIN, Role.RECRUITER])
def test_who_does_not_teach_has_no_such_page(as_user, college, role):
    person = a_person("Người khác", role=role, at=college)

    assert as_user(person).get(TEACHING).status_code == 403
