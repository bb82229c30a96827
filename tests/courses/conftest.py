"""A college with a teacher and a module that is still to be written."""

import pytest

from edu.accounts.models import Role
from tests.courses.classroom import a_module
from tests.factories import a_college, a_person


@pytest.fixture
def dn_college(app):
    return a_college("dn")


@pytest.fixture
def teacher(dn_college):
    return a_person("Trần Minh Quang", role=Role.TEACHER, at=dn_college)


@pytest.fixture
def learner(dn_college):
    return a_person("Nguyễn Thị Ngọc Ánh", role=Role.LEARNER, at=dn_college)


@pytest.fixture
def module(dn_college):
    return a_module(dn_college)
