import io
from urllib.parse import urlsplit

import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.jobs import run_due
from oer_repository.deposit import service
from oer_repository.public import Licence, LicenceClash
from oer_repository.records.models import ResourceState
from tests.courses.workshop import PIXEL
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


# Figures ------------------------------------------------------------------------------------

CONTENT = "http://content.test"
DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<script>alert(1)</script><circle r="4" onclick="alert(1)"/></svg>"""


def test_a_drawing_is_kept_cleaned_and_served_from_the_content_host(client, college, quang):
    with inside(college.id), unit_of_work():
        address = service.keep_picture(quang, io.BytesIO(DRAWING), name="bo phan.svg")

    answer = client.get(urlsplit(address).path, base_url=CONTENT)

    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert b"circle" in answer.data
    assert b"alert" not in answer.data
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_photograph_is_drawn_anew(client, college, quang):
    with inside(college.id), unit_of_work():
        address = service.keep_picture(quang, io.BytesIO(PIXEL + b"rest"), name="anh.png")

    answer = client.get(urlsplit(address).path, base_url=CONTENT)

    assert answer.mimetype == "image/png"
    assert not answer.data.endswith(b"rest")


@pytest.mark.parametrize(
    ("name", "content"),
    [("hinh.svg", b"<html/>"), ("hinh.png", DRAWING), ("hinh.pdf", b"%PDF-1.7")],
)
def test_what_is_no_picture_is_refused(college, quang, name, content):
    with inside(college.id), pytest.raises(Invalid), unit_of_work():
        service.keep_picture(quang, io.BytesIO(content), name=name)


def test_learners_keep_no_pictures_in_the_colleges_name(college):
    learner = a_person(role=Role.LEARNER, at=college)

    with inside(college.id), pytest.raises(Forbidden), unit_of_work():
        service.keep_picture(learner, io.BytesIO(DRAWING), name="hinh.svg")
