import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden
from edu.jobs import run_due
from oer_repository.deposit import service
from oer_repository.public import Licence, LicenceClash
from oer_repository.records.models import ResourceState
from tests.factories import a_person
from tests.oer_repository.conftest import a_deposit


def test_sharing_again_makes_a_new_version_of_the_same_resource(college, quang, resource):
    with inside(college.id), unit_of_work():
        again = service.share(quang, a_deposit(title={"vi": "Cảm biến nhiệt, bản mới"}))

    assert again.id == resource.id
    assert [version.number for version in again.versions] == [1, 2]
    assert again.latest.title == {"vi": "Cảm biến nhiệt, bản mới"}


def test_learners_do_not_share_in_the_colleges_name(college):
    learner = a_person(role=Role.LEARNER, at=college)

    with inside(college.id), pytest.raises(Forbidden), unit_of_work():
        service.share(learner, a_deposit())


def test_a_licence_that_drops_what_a_source_asks_for_is_refused(college, quang):
    clash = a_deposit(licence=Licence.BY, built_on=[Licence.BY_SA])

    with inside(college.id), pytest.raises(LicenceClash), unit_of_work():
        service.share(quang, clash)


def test_what_is_withdrawn_is_found_no_more_but_keeps_its_page(client, college, quang, resource):
    run_due()
    assert str(resource.id) in client.get("/resources?q=cam bien").text

    with inside(college.id), unit_of_work():
        service.withdraw(quang, resource)
    run_due()

    assert resource.state == ResourceState.WITHDRAWN
    assert str(resource.id) not in client.get("/resources?q=cam bien").text
    assert client.get(f"/resources/{resource.id}").status_code == 200


def test_another_teacher_does_not_withdraw_it(college, resource):
    other = a_person("Lê Hoa", role=Role.TEACHER, at=college)

    with inside(college.id), pytest.raises(Forbidden), unit_of_work():
        service.withdraw(other, resource)
