import pytest

from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden, Invalid
from employer_portal.companies import queries, service
from employer_portal.companies.models import Standing
from employer_portal.companies.service import CompanyFacts
from tests import factories

FACTS = CompanyFacts(tax_code="0300588569", place_code="20275", size=12)


def test_who_registers_an_employer_hires_and_manages_there(learner):
    with unit_of_work():
        company = service.register(learner, {"vi": "Công ty TNHH Nam Hải Vân"}, FACTS)

    organisation = company.organisation
    assert organisation.code == "nam-hai-van"
    assert company.standing == Standing.PENDING
    assert learner.has_role(Role.RECRUITER, organisation_id=organisation.id)
    assert learner.has_role(Role.MANAGER, organisation_id=organisation.id)


def test_two_employers_of_one_name_get_addresses_of_their_own(learner):
    with unit_of_work():
        service.register(learner, {"vi": "Công ty Hàn"}, FACTS)
        second = service.register(
            learner, {"vi": "Cty TNHH Hàn"}, CompanyFacts(tax_code="0101248141")
        )
        third = service.register(
            learner, {"vi": "Công ty Hàn"}, CompanyFacts(tax_code="0100109106")
        )

    assert second.organisation.code == "cty-han"
    assert third.organisation.code == "han-2"


def test_a_name_of_legal_words_alone_still_has_an_address(learner):
    with unit_of_work():
        company = service.register(learner, {"vi": "Công ty TNHH"}, FACTS)

    assert company.organisation.code == "employer"


def test_an_employer_needs_a_name(learner):
    with pytest.raises(Invalid) as broken, unit_of_work():
        service.register(learner, {}, FACTS)
    assert "name" in broken.value.fields


def test_a_tax_code_must_be_sound(learner):
    with pytest.raises(service.NotATaxCode) as broken, unit_of_work():
        service.register(learner, {"vi": "Hàn"}, CompanyFacts(tax_code="0300588560"))
    assert "tax_code" in broken.value.fields


def test_one_enterprise_registers_once(learner, employer):
    facts = CompanyFacts(tax_code=employer.company.tax_code)

    with pytest.raises(service.AlreadyRegistered), unit_of_work():
        service.register(learner, {"vi": "Hàn"}, facts)


def test_only_its_recruiters_write_an_entry(learner, employer):
    with pytest.raises(Forbidden), inside(employer.organisation.id), unit_of_work():
        service.describe(learner, employer.organisation, FACTS)


def test_a_new_tax_code_is_looked_at_again(employer):
    with inside(employer.organisation.id), unit_of_work():
        service.describe(employer.recruiter, employer.organisation, FACTS)

    assert employer.company.standing == Standing.PENDING
    assert employer.company.decided_at is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", " data:text/html,x", "//x.example"])
def test_a_website_is_an_address_on_the_web(employer, address):
    facts = CompanyFacts(tax_code=employer.company.tax_code, website=address)

    with inside(employer.organisation.id), pytest.raises(Invalid), unit_of_work():
        service.describe(employer.recruiter, employer.organisation, facts)


def test_other_changes_leave_the_standing_alone(employer):
    same = CompanyFacts(tax_code=employer.company.tax_code, about={"vi": "Mới"}, size=3)

    with inside(employer.organisation.id), unit_of_work():
        service.describe(employer.recruiter, employer.organisation, same)

    assert employer.company.is_verified
    assert employer.organisation.about == {"vi": "Mới"}


def test_verifying_twice_changes_nothing(employer, officer):
    when = employer.company.decided_at

    with unit_of_work():
        service.verify(officer, employer.company)

    assert employer.company.decided_at == when


def test_a_refusal_says_why_and_can_be_mended(employer, officer):
    with unit_of_work():
        service.refuse(officer, employer.company, because=" không có trong sổ ")
    assert employer.company.refused_because == "không có trong sổ"
    assert not queries.is_verified(employer.organisation.id)

    with unit_of_work():
        service.verify(officer, employer.company)
    assert employer.company.refused_because == ""


def test_a_refusal_without_a_reason_is_none(employer, officer):
    with pytest.raises(Invalid), unit_of_work():
        service.refuse(officer, employer.company, because=" ")


@pytest.mark.parametrize("decide", [service.verify, lambda a, c: service.refuse(a, c, because="x")])
def test_only_officers_decide(employer, decide):
    with pytest.raises(Forbidden), unit_of_work():
        decide(employer.recruiter, employer.company)


def test_a_stranger_to_the_register_is_not_verified(app):
    assert not queries.is_verified(factories.an_employer().id)
