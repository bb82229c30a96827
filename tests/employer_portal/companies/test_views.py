import pytest

from edu.db import db, unit_of_work
from edu.taxonomy.models import Industry
from employer_portal.companies.models import Standing
from employer_portal.companies.queries import of


@pytest.fixture
def industry(taxonomy):
    with unit_of_work():
        db.session.add(Industry(code="C", label={"vi": "Chế biến", "en": "Manufacturing"}))


def test_registering_leads_to_the_entry(as_user, learner, province, industry):
    answer = as_user(learner).post(
        "/employers/register",
        data={
            "name": "Cơ khí Sông Hàn",
            "tax_code": "0300588569",
            "place_code": "20275",
            "industry_code": "C",
        },
    )

    assert answer.status_code == 303
    assert answer.location == "/at/co-khi-song/company"


def test_a_wrong_tax_code_comes_back_with_the_form(as_user, learner, province, taxonomy):
    answer = as_user(learner).post(
        "/employers/register",
        data={"name": "Hàn", "tax_code": "123", "place_code": "", "industry_code": ""},
    )

    assert answer.status_code == 422
    assert "This is not a tax code" in answer.text


def test_the_entry_shows_and_keeps_what_is_typed(as_user, employer, industry):
    browser = as_user(employer.recruiter)
    assert employer.company.tax_code in browser.get(f"{employer.at}/company").text

    answer = browser.post(
        f"{employer.at}/company",
        data={
            "tax_code": employer.company.tax_code,
            "place_code": "20200",
            "industry_code": "C",
            "size": "45",
            "about_vi": "Thợ cả kèm thợ mới",
        },
    )

    assert answer.status_code == 303
    assert of(employer.organisation.id).size == 45
    assert "Thợ cả kèm thợ mới" in browser.get(f"{employer.at}/company").text


def test_a_college_has_no_such_page(as_user, college):
    answer = as_user(college.teacher).get(f"/at/{college.organisation.code}/company")

    assert answer.status_code == 404


def test_others_may_not_open_the_entry(as_user, employer, learner):
    assert as_user(learner).get(f"{employer.at}/company").status_code == 403


@pytest.mark.parametrize("standing", Standing)
def test_the_employer_reads_where_the_province_stands(as_user, an_employer, standing, taxonomy):
    employer = an_employer(standing)

    page = as_user(employer.recruiter).get(f"{employer.at}/company")

    assert page.status_code == 200
    assert ("không có trong sổ" in page.text) == (standing == Standing.REFUSED)


def test_the_province_verifies(as_user, an_employer, officer):
    employer = an_employer(Standing.PENDING)
    browser = as_user(officer)
    assert employer.company.tax_code in browser.get("/at/danang/employers?standing=pending").text
    assert (
        employer.company.tax_code not in browser.get("/at/danang/employers?standing=refused").text
    )

    answer = browser.post(f"/at/danang/employers/{employer.company.id}/verify")

    assert answer.status_code == 303
    assert employer.company.is_verified


def test_a_refusal_needs_its_reason(as_user, employer, officer):
    address = f"/at/danang/employers/{employer.company.id}/refuse"

    assert as_user(officer).post(address, data={"because": ""}).status_code == 422
    assert as_user(officer).post(address, data={"because": "không có"}).status_code == 303
    assert employer.company.standing == Standing.REFUSED


def test_the_register_is_the_officers(as_user, employer, province):
    browser = as_user(employer.recruiter)

    assert browser.get("/at/danang/employers").status_code == 403
    assert browser.get(f"{employer.at}/employers").status_code == 403


def test_the_front_page_shows_a_verified_employer(client, an_employer, taxonomy):
    verified, pending = an_employer(), an_employer(Standing.PENDING)

    assert "Verified by the province" in client.get(f"{verified.at}/").text
    assert "Verified by the province" not in client.get(f"{pending.at}/").text
