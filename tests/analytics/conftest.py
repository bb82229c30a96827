"""What tests of analytics share: a college, a learner, a skill or two."""

import pytest

from edu.accounts.models import Role
from tests.courses.classroom import a_class, a_skill
from tests.factories import a_college, a_person, a_province


@pytest.fixture
def college(app):
    return a_college("songhan")


@pytest.fixture
def an(college):
    return a_person("Nguyễn Thị Ngọc Ánh", role=Role.LEARNER, at=college)


@pytest.fixture
def brazing(app):
    return a_skill("brazing")


@pytest.fixture
def charging(app):
    return a_skill("charging", vi="Nạp gas R32", en="Charging R32")


@pytest.fixture
def room(college, brazing):
    return a_class(college, [brazing])


@pytest.fixture
def province(app):
    return a_province()


@pytest.fixture
def officer(province):
    return a_person("Đặng Mỹ Linh", role=Role.OFFICER, at=province)


@pytest.fixture
def manager(college):
    return a_person("Lê Thị Bích Ngọc", role=Role.MANAGER, at=college)
