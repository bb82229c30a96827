"""A verified employer and what it looks for, through the employers' own services."""

from collections.abc import Sequence
from itertools import count

from edu.accounts.models import Person, Role
from edu.db import db, inside, unit_of_work
from edu.taxonomy.models import Occupation, Skill
from employer_portal.companies import service as companies
from employer_portal.companies.service import CompanyFacts
from employer_portal.needs import service as needs
from employer_portal.needs.models import Contract, SkillNeed
from employer_portal.needs.service import NeedText
from tests.factories import a_person, an_employer

_number = count(1)

TAX_CODE = "9900000016"  # sound, and nobody's


def a_recruiter(officer: Person) -> Person:
    """Somebody who hires for an employer that the province has verified."""
    organisation = an_employer()
    recruiter = a_person("Võ Đình Khải", role=Role.RECRUITER, at=organisation)
    with inside(organisation.id), unit_of_work():
        company = companies.describe(
            recruiter, organisation, CompanyFacts(tax_code=TAX_CODE, place_code="20275")
        )
        companies.verify(officer, company)
    return recruiter


def a_need(recruiter: Person, skills: Sequence[Skill], *, openings: int = 1) -> SkillNeed:
    """A published need for people with these skills."""
    employer = recruiter.memberships[0].organisation
    with inside(employer.id), unit_of_work():
        occupation = Occupation(code=f"oc{next(_number)}", label={"vi": "Thợ hàn", "en": "Welder"})
        db.session.add(occupation)
        db.session.flush()
        need = needs.draft(
            recruiter,
            NeedText(
                title={"vi": "Thợ hàn", "en": "Welder"},
                occupation=occupation,
                skills=[(skill, True) for skill in skills],
                contract=Contract.FULL_TIME,
                openings=openings,
            ),
        )
        needs.publish(recruiter, need)
    return need
