import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden
from edu.tenancy import service
from tests.factories import a_college, a_person


@pytest.fixture
def college(app):
    return a_college("hcm")


def test_the_rule_holds_without_any_form(college):
    manager = a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)
    teacher = a_person("Trần Bình", role=Role.TEACHER, at=college)

    for actor, role in (
        (teacher, Role.LEARNER),
        (manager, Role.ADMIN),
        (manager, Role.OFFICER),
    ):
        with pytest.raises(Forbidden), inside(college.id), unit_of_work():
            service.give_role(teacher, role, college, actor=actor)


def test_ending_a_role_twice_changes_nothing(college):
    manager = a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)
    membership = a_person("Lê Hoa", role=Role.LEARNER, at=college).memberships[0]

    with inside(college.id):
        with unit_of_work():
            service.end_role(membership, actor=manager)
        ended = membership.ended_at
        with unit_of_work():
            service.end_role(membership, actor=manager)

    assert membership.ended_at == ended is not None


def test_a_role_that_ended_can_be_given_again(college):
    manager = a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)
    hoa = a_person("Lê Hoa", role=Role.LEARNER, at=college)

    with inside(college.id):
        with unit_of_work():
            service.end_role(hoa.memberships[0], actor=manager)
        with unit_of_work():
            again = service.give_role(hoa, Role.LEARNER, college, actor=manager)

    assert again.is_current
    assert len(hoa.memberships) == 1


def test_only_who_may_end_a_role_ends_it(college):
    teacher = a_person("Trần Bình", role=Role.TEACHER, at=college)

    with pytest.raises(Forbidden), inside(college.id), unit_of_work():
        service.end_role(teacher.memberships[0], actor=teacher)
