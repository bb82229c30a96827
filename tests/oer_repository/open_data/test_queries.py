"""Shared resources as anyone may download them."""

import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from oer_repository.deposit import service
from oer_repository.deposit.service import Deposit
from oer_repository.records.core.licences import Licence
from tests.courses.classroom import a_skill
from tests.factories import a_college, a_person


@pytest.fixture
def teacher(app):
    return a_person("Trần Minh Quang", role=Role.TEACHER, at=a_college("songhan"))


def share(teacher, origin: str, **more):
    college = teacher.memberships[0].organisation
    with inside(college.id), unit_of_work():
        return service.share(
            teacher,
            Deposit(
                origin=origin,
                title={"vi": "Cắt điện an toàn", "en": "Lock out safely"},
                description={},
                body={"vi": "…", "en": "…"},
                html={"vi": "…", "en": "…"},
                authors=["Trần Minh Quang", "Lê Bền"],
                licence=next(iter(Licence)),
                **more,
            ),
        )


def test_what_is_shared_is_listed_and_what_is_withdrawn_is_not(client, teacher):
    shared = share(teacher, "unit:1", skill_ids=[a_skill("brazing").id])
    gone = share(teacher, "unit:2")
    with inside(gone.tenant_id), unit_of_work():
        service.withdraw(teacher, gone)

    (found,) = client.get("/open-data/open-resources.json").json

    assert found["id"] == str(shared.id)
    assert found["college"] == "songhan"
    assert found["authors"] == "Trần Minh Quang; Lê Bền"
    assert (found["languages"], found["skills"], found["reuses"]) == ("en vi", "brazing", 0)
    assert found["page"] == f"http://portal.test/resources/{shared.id}"
