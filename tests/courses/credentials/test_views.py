import io

import pypdf

from courses.credentials import policy, queries, service
from edu.accounts.models import Role
from edu.db import db, inside, unit_of_work, utcnow
from tests.factories import a_college, a_person


def test_anyone_verifies_a_certificate_without_an_account(client, certificate):
    page = client.get(f"/verify/{certificate.public_code}?lang=vi").text

    assert "Nguyễn Thị Ngọc Ánh" in page
    assert "Cơ sở kỹ thuật lạnh" in page


def test_the_verification_page_reveals_only_what_it_must(client, an, certificate):
    page = client.get(f"/verify/{certificate.public_code}?lang=vi").text

    assert an.email not in page
    assert "2006" not in page
    assert str(an.id) not in page
    assert "8,0" not in page  # the mark is between the holder and who is shown the document


def test_a_code_may_be_typed_in_groups_and_small_letters(client, certificate):
    code = certificate.public_code.lower()

    answer = client.get("/verify", query_string={"code": f"{code[:4]}-{code[4:8]} {code[8:]}"})

    assert answer.headers["Location"].endswith(f"/verify/{certificate.public_code}")


def test_an_unknown_code_is_said_to_be_unknown(client, app):
    answer = client.get("/verify/2222222222222222")

    assert answer.status_code == 404
    assert "2222222222222222" in answer.text


def test_a_revoked_certificate_says_so_to_everyone(client, college, manager, certificate):
    with inside(college.id), unit_of_work():
        service.revoke(manager, certificate, because="Thi hộ")

    page = client.get(f"/verify/{certificate.public_code}?lang=vi").text

    assert "tone-bad" in page
    assert "Thi hộ" not in page  # the reason is for the register


def test_the_pdf_says_the_same_with_every_vietnamese_letter_right(as_user, an, certificate):
    answer = as_user(an).get(f"/certificates/{certificate.id}.pdf")

    text = " ".join(
        "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.data)).pages).split()
    )
    assert answer.mimetype == "application/pdf"
    assert "Nguyễn Thị Ngọc Ánh" in text
    assert "Cơ sở kỹ thuật lạnh" in text
    assert certificate.number in text
    assert certificate.public_code in text.replace(" ", "")


def test_the_pdf_is_one_tagged_page_and_made_once(as_user, an, certificate):
    first = as_user(an).get(f"/certificates/{certificate.id}.pdf").data
    second = as_user(an).get(f"/certificates/{certificate.id}.pdf").data

    reader = pypdf.PdfReader(io.BytesIO(first))
    assert first == second
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_a_stranger_cannot_tell_whether_a_certificate_exists(as_user, certificate):
    stranger = a_person("Người Lạ")

    assert as_user(stranger).get(f"/certificates/{certificate.id}.pdf").status_code == 404


def test_the_register_is_for_the_colleges_managers(as_user, college, manager, an, certificate):
    other = a_person("Quản lý khác", role=Role.MANAGER, at=a_college())

    assert certificate.number in as_user(manager).get(f"/at/{college.code}/certificates").text
    assert as_user(an).get(f"/at/{college.code}/certificates").status_code == 403
    assert as_user(other).get(f"/at/{college.code}/certificates").status_code == 403


def test_a_manager_revokes_from_the_register(as_user, college, manager, certificate, client):
    answer = as_user(manager).post(
        f"/at/{college.code}/certificates/{certificate.id}/revoke", data={"because": "Cấp nhầm"}
    )

    assert answer.status_code == 303
    assert "tone-bad" in client.get(f"/verify/{certificate.public_code}?lang=vi").text


def test_the_rule_for_one_certificate_is_the_rule_of_the_register(
    college, manager, an, certificate
):
    left = a_person("Đã nghỉ", role=Role.MANAGER, at=college)
    with unit_of_work():
        left.memberships[0].ended_at = utcnow()
    elsewhere = a_person("Nơi khác", role=Role.MANAGER, at=a_college("khac"))
    people = [an, manager, left, elsewhere, a_person("Bạn", role=Role.LEARNER, at=college)]

    with inside(college.id):
        seen = {who.id: db.session.scalars(queries.issued_here(who)).all() for who in people}

    assert [bool(seen[who.id]) for who in people] == [True, True, False, False, False]
    assert [policy.can_view(who, certificate) for who in people] == [
        bool(seen[who.id]) for who in people
    ]
