import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from oer_repository.public import Deposit, Licence, share
from tests.factories import a_college, a_person


@pytest.fixture
def college(app):
    return a_college("songhan")


@pytest.fixture
def quang(college):
    return a_person("Trần Minh Quang", role=Role.TEACHER, at=college)


def a_deposit(**changes: object) -> Deposit:
    """A lesson on sensors, under CC BY, as a teacher would share it."""
    values = {
        "origin": "unit:1",
        "title": {"vi": "Cảm biến nhiệt", "en": "Temperature sensors"},
        "description": {"vi": "Đặt cảm biến đúng chỗ."},
        "body": {"vi": "# Cảm biến", "en": "# Sensors"},
        "html": {"vi": "<p>Cảm biến</p>", "en": "<p>Sensors</p>"},
        "authors": ["Trần Minh Quang"],
        "licence": Licence.BY,
    }
    return Deposit(**(values | changes))


@pytest.fixture
def resource(college, quang):
    with inside(college.id), unit_of_work():
        return share(quang, a_deposit())
