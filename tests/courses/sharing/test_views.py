from uuid import UUID

import pytest

from courses.authoring import queries as authoring
from edu.accounts.models import Role
from edu.db import inside
from oer_repository.public import Licence, get
from tests.courses.classroom import a_module
from tests.courses.workshop import imported, unit_called
from tests.factories import a_college, a_person


@pytest.fixture
def unit(teacher, module):
    imported(teacher, module, publish=True)
    return unit_called(module, "01-an-toan.md")


@pytest.fixture
def share(as_user, teacher, unit):
    def send(**typed):
        fields = {"licence": Licence.BY.value, "authors": "Trần Minh Quang, Lê Vũ", **typed}
        return as_user(teacher).post(f"/at/dn/units/{unit.id}/share?lang=en", data=fields)

    return send


@pytest.fixture
def vy(app):
    return a_person("Đỗ Thị Khánh Vy", role=Role.TEACHER, at=a_college("khac"))


def resource_of(answer):
    return answer.headers["Location"].rsplit("/", 1)[1].partition("?")[0]


def test_each_licence_says_what_it_means(as_user, teacher, unit):
    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/share?lang=en").text

    assert "as long as they name you" in page
    assert 'value="CC-BY-4.0"' in page
    assert 'value="CC0-1.0"' not in page  # the course asks to be named
    assert 'value="Trần Minh Quang"' in page


def test_a_lesson_is_shared(share, client):
    answer = share(description_vi="Về an toàn với gas")

    page = client.get(f"/resources/{resource_of(answer)}?lang=vi").text
    assert answer.status_code == 303
    assert "Về an toàn với gas" in page
    assert "Trần Minh Quang, Lê Vũ" in page


@pytest.mark.parametrize(
    "wrong", [{"licence": "CC0-1.0"}, {"licence": "my own"}, {"authors": " "}, {"authors": ","}]
)
def test_what_does_not_fit_is_said_at_the_form(share, wrong):
    assert share(**wrong).status_code == 422


def test_a_teacher_elsewhere_takes_it_into_a_module(as_user, share, vy):
    resource_id = resource_of(share())
    module = a_module(vy.memberships[0].organisation)

    offer = as_user(vy).get(f"/resources/{resource_id}").text
    choice = as_user(vy).get(f"/at/khac/resources/{resource_id}/use").text
    answer = as_user(vy).post(
        f"/at/khac/resources/{resource_id}/use", data={"module": str(module.id)}
    )

    assert f"/at/khac/resources/{resource_id}/use" in offer
    assert str(module.id) in choice
    assert '<optgroup label="Refrigeration, curriculum of 1 Jan 2026">' in choice
    assert "Trần Minh Quang" in choice
    assert answer.status_code == 303
    with inside(module.tenant_id):
        (unit,) = authoring.units_in(module)
    assert answer.headers["Location"].endswith(f"/units/{unit.id}/edit")
    assert get(UUID(resource_id)).reuses == 1


def test_a_module_of_others_cannot_be_chosen(as_user, share, vy, module):
    resource_id = resource_of(share())

    answer = as_user(vy).post(
        f"/at/khac/resources/{resource_id}/use", data={"module": str(module.id)}
    )

    assert answer.status_code == 422


def test_who_does_not_teach_is_offered_nothing(as_user, client, share, learner):
    resource_id = resource_of(share())

    assert "/use" not in as_user(learner).get(f"/resources/{resource_id}").text
    assert "/use" not in client.get(f"/resources/{resource_id}").text


def test_what_may_not_be_changed_offers_a_link_instead(as_user, dn_college, teacher, module, vy):
    from courses.authoring import service as writing
    from edu.db import unit_of_work

    with inside(module.tenant_id), unit_of_work():
        own = writing.add_unit(teacher, module, title={"vi": "Bài của tôi"})
        writing.publish(teacher, own)
    shared = as_user(teacher).post(
        f"/at/dn/units/{own.id}/share", data={"licence": "CC-BY-ND-4.0", "authors": "Quang"}
    )

    page = as_user(vy).get(f"/resources/{resource_of(shared)}?lang=en").text

    assert "does not allow changed versions" in page
    assert "/use" not in page


def test_a_work_that_may_not_be_passed_on_cannot_be_shared(as_user, teacher, module):
    imported(teacher, module, {"course.yml": "licence: CC-BY-ND-4.0\nauthor: Ai\n"}, publish=True)
    unit = unit_called(module, "01-an-toan.md")

    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/share?lang=en").text

    assert "This lesson cannot be shared" in page
