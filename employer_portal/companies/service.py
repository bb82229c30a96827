"""Employers enter the register, keep their entry, and are verified or refused."""

import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from edu.accounts import service as accounts
from edu.accounts.models import Person, Role
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Forbidden, Invalid
from edu.events import emit
from edu.i18n import LanguageMap, lazy, local
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies import policy, queries
from employer_portal.companies.core import tax_code as tax_codes
from employer_portal.companies.events import CompanyStandingChanged
from employer_portal.companies.models import Company, Standing

LEGAL_FORM = re.compile(
    r"\b(cong ty|tnhh|mot thanh vien|mtv|co phan|doanh nghiep|tu nhan|hop tac xa|co ltd|jsc)\b"
)
"""Words that say how a company is made up, left out of the short name in its addresses."""

SHORT_NAME_WORDS = 3
LONGEST_SHORT_NAME = 30


class AlreadyRegistered(DomainError):
    """Another entry has this tax code: one enterprise, one account."""

    code = "employer-already-registered"
    title = lazy("This tax code is registered already. Ask that employer's manager to invite you.")

    def __init__(self) -> None:
        super().__init__(fields={"tax_code": self.title})


class NotATaxCode(Invalid):
    """It has the wrong number of digits, or its check digit does not fit."""

    code = "not-a-tax-code"
    title = lazy("This is not a tax code: 10 digits, 13 for a branch, 12 for a household business.")

    def __init__(self) -> None:
        super().__init__(fields={"tax_code": self.title})


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """What an employer says of itself."""

    tax_code: str
    about: LanguageMap = field(default_factory=dict)
    place_code: str = ""
    industry_code: str = ""
    size: int | None = None
    website: str = ""


def register(actor: Person, name: LanguageMap, facts: CompanyFacts) -> Company:
    """Register a new employer; whoever does so becomes its manager and first recruiter.

    Raises Invalid without a name, NotATaxCode, and AlreadyRegistered for a code that is known.
    """
    if not local(name).strip():
        raise Invalid(fields={"name": lazy("Please fill this in.")})
    sound_tax_code(facts.tax_code)
    organisation = Organisation(
        code=_short_name(local(name)), kind=OrganisationKind.EMPLOYER, name=name
    )
    db.session.add(organisation)
    db.session.flush()
    for role in (Role.MANAGER, Role.RECRUITER):
        accounts.grant(actor, role, organisation)
    company = describe(actor, organisation, facts)
    audit.record("employer.registered", actor_id=actor.id, subject=company)
    return company


def describe(actor: Person, organisation: Organisation, facts: CompanyFacts) -> Company:
    """Write or change an employer's entry. A new tax code has to be verified anew.

    Raises Forbidden for who does not recruit there, NotATaxCode, Invalid for a website that is
    none, and AlreadyRegistered when another employer has the code.
    """
    if not policy.can_hire(actor, organisation.id):
        raise Forbidden
    code = sound_tax_code(facts.tax_code)
    if facts.website and urlsplit(facts.website).scheme not in {"http", "https"}:
        raise Invalid(fields={"website": lazy("It begins with https://")})
    if any(other.organisation_id != organisation.id for other in queries.with_tax_code(code)):
        raise AlreadyRegistered
    company = queries.of(organisation.id) or Company(organisation=organisation, tax_code=code)
    if company.tax_code != code and company.standing != Standing.PENDING:
        _stand(company, Standing.PENDING)
    organisation.about = dict(facts.about)
    organisation.place_code = facts.place_code
    company.tax_code = code
    company.industry_code = facts.industry_code
    company.size = facts.size
    company.website = facts.website
    db.session.add(company)
    db.session.flush()
    return company


def verify(actor: Person, company: Company) -> None:
    """The province stands by the employer: its needs are published now. Raises Forbidden."""
    _check_may_decide(actor)
    lock(company)
    if company.is_verified:
        return
    _stand(company, Standing.VERIFIED, decided_by_id=actor.id)
    company.refused_because = ""
    audit.record("employer.verified", actor_id=actor.id, subject=company)


def refuse(actor: Person, company: Company, *, because: str) -> None:
    """The province does not, or no longer, stand by the employer: its needs disappear.

    Raises Forbidden, and Invalid without a reason: the employer reads it.
    """
    _check_may_decide(actor)
    if not because.strip():
        raise Invalid(fields={"because": lazy("Say why: the employer reads it.")})
    lock(company)
    _stand(company, Standing.REFUSED, decided_by_id=actor.id)
    company.refused_because = because.strip()
    audit.record("employer.refused", actor_id=actor.id, subject=company, because=because.strip())


def sound_tax_code(text: str) -> str:
    """Give a tax code in its normal form. Raises NotATaxCode."""
    code = tax_codes.normal(text)
    if not tax_codes.is_sound(code):
        raise NotATaxCode
    return code


def _check_may_decide(actor: Person) -> None:
    if not policy.can_decide(actor):
        raise Forbidden


def _stand(company: Company, standing: Standing, *, decided_by_id: UUID | None = None) -> None:
    company.standing = standing
    company.decided_by_id = decided_by_id
    company.decided_at = utcnow() if decided_by_id else None
    emit(CompanyStandingChanged(organisation_id=company.organisation_id))


def _short_name(name: str) -> str:
    """Make a free short name of the words that tell: "Công ty TNHH Nam Hải Vân" → nam-hai-van."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = letters.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", LEGAL_FORM.sub(" ", plain))
    wanted = "-".join(words[:SHORT_NAME_WORDS])[:LONGEST_SHORT_NAME] or "employer"
    code, number = wanted, 2
    while queries.is_code_taken(code):
        code, number = f"{wanted}-{number}", number + 1
    return code
