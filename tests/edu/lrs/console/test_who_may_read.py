"""Whose statements may be read by whom, by page: everybody one's own, managers their college's."""

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.lrs import public
from edu.lrs.core import build
from edu.lrs.core.vocabulary import ActivityType, Verb
from tests.factories import a_college, a_person, a_province

STATEMENTS = "/at/{}/lrs/statements"


@pytest.fixture
def teacher(college):
    return a_person("Cô Giáo", role=Role.TEACHER, at=college)


@pytest.fixture
def lan(college, teacher):
    """A learner with a statement of whom the teacher is the instructor."""
    made = a_person("Trần Thị Lan", role=Role.LEARNER, at=college)
    lesson = build.activity("https://hoc.example/1", ActivityType.LESSON, name={"en": "Welding"})
    around = build.context(instructor=public.agent_of(teacher))
    with unit_of_work():
        public.record(build.statement(public.agent_of(made), Verb.FAILED, lesson, context=around))
    return made


def sees(as_user, reader, place, query: str = "") -> bool:
    answer = as_user(reader).get(f"{STATEMENTS.format(place.code)}{query}")
    assert answer.status_code in {200, 403, 404}
    return "Welding" in answer.text


def test_a_learner_sees_their_own_and_no_classmate_does(as_user, college, lan):
    classmate = a_person("Bạn Học", role=Role.LEARNER, at=college)

    assert sees(as_user, lan, college)
    assert not sees(as_user, classmate, college)
    assert not sees(as_user, classmate, college, f"?person={lan.email}")


def test_a_manager_sees_their_own_college_and_it_is_noted(as_user, college, lan):
    manager = a_person("Quản Lý", role=Role.MANAGER, at=college)

    assert sees(as_user, manager, college)
    noted = sa.select(AuditEntry.actor_id).where(AuditEntry.action == "lrs.statements_viewed")
    assert db.session.scalars(noted).all() == [manager.id]


def test_a_manager_sees_no_other_college(as_user, college, lan):
    other = a_college()
    manager = a_person("Quản Lý Khác", role=Role.MANAGER, at=other)

    assert not sees(as_user, manager, college)
    assert not sees(as_user, manager, other)


@pytest.mark.parametrize(
    "role", [Role.TEACHER, Role.TRAINER, Role.RECRUITER, Role.ADMIN, Role.OFFICER]
)
def test_other_staff_see_nobody_by_name(as_user, college, lan, role):
    """Teachers see their learners' marks in the gradebook, where the class is known."""
    reader = a_person("Người Đọc", role=role, at=college)

    assert not sees(as_user, reader, college)
    assert not sees(as_user, reader, college, f"?person={lan.email}")


def test_the_instructor_of_a_statement_is_not_its_reader(as_user, college, teacher, lan):
    assert not sees(as_user, teacher, college)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_the_province_sees_nobody_by_name(as_user, college, lan, role):
    province = a_province()
    reader = a_person("Cán Bộ", role=role, at=province)

    assert not sees(as_user, reader, college)
    assert not sees(as_user, reader, province)


def test_who_learns_in_two_colleges_sees_in_each_what_is_there(as_user, college, lan):
    other = a_college()
    with inside(other.id), unit_of_work():
        public.record(
            build.statement(
                public.agent_of(lan),
                Verb.COMPLETED,
                build.activity("https://khac.example", ActivityType.LESSON, name={"en": "Turning"}),
            )
        )

    here = as_user(lan).get(STATEMENTS.format(college.code)).text
    there = as_user(lan).get(STATEMENTS.format(other.code)).text

    assert ("Welding" in here, "Turning" in here) == (True, False)
    assert ("Welding" in there, "Turning" in there) == (False, True)


def test_a_stranger_is_asked_to_sign_in(client, college, lan):
    answer = client.get(STATEMENTS.format(college.code))

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
