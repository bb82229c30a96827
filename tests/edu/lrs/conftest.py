"""A college with a record, and people in it."""

import pytest

from edu.accounts.models import Role
from edu.db import enter
from tests.factories import a_college, a_person


@pytest.fixture
def college(app):
    """A college, entered."""
    made = a_college()
    enter(made.id)
    return made


@pytest.fixture
def manager(college):
    return a_person("Phạm Quản Lý", role=Role.MANAGER, at=college)


@pytest.fixture
def browser(as_user, manager):
    """The manager's."""
    return as_user(manager)


@pytest.fixture
def lan(college):
    return a_person("Trần Thị Lan", role=Role.LEARNER, at=college)
