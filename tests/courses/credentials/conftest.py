from datetime import date, timedelta

import pytest

from courses.catalogue import service as catalogue
from courses.catalogue.service import Run
from courses.credentials import queries
from courses.credits.models import Basis, CreditEntry
from courses.enrolment import service as enrolments
from courses.programmes import service as programmes
from courses.programmes.service import ModuleText
from edu.accounts.models import Role
from edu.db import db, inside, today, unit_of_work
from tests.factories import a_college, a_person


@pytest.fixture
def college(app):
    return a_college("songhan")


@pytest.fixture
def manager(college):
    return a_person("Lê Thị Bích Ngọc", role=Role.MANAGER, at=college)


@pytest.fixture
def an(college):
    return a_person(
        "Nguyễn Thị Ngọc Ánh", role=Role.LEARNER, at=college, birth_date=date(2006, 5, 14)
    )


@pytest.fixture
def entry(college, an):
    """A ledger entry as the rules would have made it."""
    teacher = a_person("Trần Minh Quang", role=Role.TEACHER, at=college)
    day = today()
    with inside(college.id), unit_of_work():
        programme = programmes.create_programme(
            code="5520205", title={"vi": "Điện lạnh", "en": "Refrigeration"}, about={}, level=4
        )
        version = programmes.draft_version(
            programme, valid_from=day, rule_set="vn-vocational-2022", credits=53
        )
        module = programmes.add_module(
            version,
            ModuleText(
                code="DL101",
                title={"vi": "Cơ sở kỹ thuật lạnh", "en": "Refrigeration basics"},
                about={},
                credits=3,
                theory_hours=15,
                practice_hours=60,
            ),
        )
        group = catalogue.open_class(
            teacher,
            module,
            Run(code="DL101-A", starts_on=day, ends_on=day + timedelta(days=90)),
            teacher=teacher,
        )
        catalogue.publish(teacher, group)
        place = enrolments.enrol(group, an)
        made = CreditEntry(
            learner_id=an.id,
            enrolment_id=place.id,
            module_id=module.id,
            module_code=module.code,
            module_title=module.title,
            credits=3,
            mark=8,
            letter="B",
            basis=Basis.STUDY,
            rule_set="vn-vocational-2022",
        )
        db.session.add(made)
    return made


@pytest.fixture
def certificate(college, entry):
    from courses.credentials import service

    with inside(college.id), unit_of_work():
        return service.issue(entry)


@pytest.fixture
def find():
    return queries.by_public_code
