"""Modules, classes and certificates as plain values, for the packages above to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from courses.catalogue.models import ClassGroup, ClassState
from courses.credentials import queries as credentials
from courses.enrolment import queries as enrolments
from courses.enrolment.models import EnrolmentState
from courses.programmes import queries as programmes
from courses.programmes.models import Module
from edu.db import db, inside, today
from edu.i18n import LanguageMap
from edu.taxonomy import queries as taxonomy
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation


@dataclass(frozen=True)
class ModuleCard:
    """A module in force: what it takes and which skills it builds."""

    id: UUID
    code: str
    title: LanguageMap
    credits: int
    hours: int
    skill_codes: tuple[str, ...]
    college_code: str
    college_name: LanguageMap


@dataclass(frozen=True)
class ClassCard:
    """A class that can be joined. `path` is the address of its page on this site."""

    id: UUID
    module_id: UUID
    starts_on: date
    ends_on: date
    is_open: bool
    path: str


@dataclass(frozen=True)
class CertificateCard:
    """A certificate. `path` leads to the page on which anyone may verify it."""

    id: UUID
    title: LanguageMap
    skill_codes: tuple[str, ...]
    college_name: LanguageMap
    issued_at: datetime
    is_valid: bool
    path: str


def certificates_of(person_id: UUID) -> list[CertificateCard]:
    """List the certificates that a person holds, from every college, newest first."""
    certificates = credentials.of_learner(person_id)
    colleges = tenancy.named({found.tenant_id for found in certificates})
    return [
        CertificateCard(
            id=found.id,
            title=found.title,
            skill_codes=tuple(found.skills),
            college_name=colleges[found.tenant_id].name,
            issued_at=found.issued_at,
            is_valid=found.revoked_at is None,
            path=f"/verify/{found.public_code}",
        )
        for found in certificates
    ]


def modules_teaching(skill_codes: Sequence[str]) -> list[ModuleCard]:
    """List the modules in force, at every college, that build one of the skills; small ones first.

    Curricula are public, so all colleges are looked at.
    """
    skills = taxonomy.skills_by_codes(skill_codes)
    return _cards(programmes.modules_teaching([skill.id for skill in skills]))


def modules_at(organisation_id: UUID) -> list[ModuleCard]:
    """List the modules in force at one college, by code."""
    with inside(organisation_id):
        return _cards(programmes.modules_in_force())


def classes_open_for(module_ids: Sequence[UUID]) -> list[ClassCard]:
    """List the published classes of these modules that can still be joined, soonest first.

    Who comes to an open class begins when they like; to others one comes before the first day.
    The catalogue is public, so all colleges are looked at.
    """
    if not module_ids:
        return []
    day = today()
    groups = db.session.scalars(
        sa.select(ClassGroup)
        .where(
            ClassGroup.module_id.in_(module_ids),
            ClassGroup.state == ClassState.PUBLISHED,
            ClassGroup.ends_on >= day,
            sa.or_(ClassGroup.is_open, ClassGroup.starts_on >= day),
        )
        .order_by(ClassGroup.starts_on, ClassGroup.id)
        .execution_options(all_tenants=True)
    ).all()
    return _class_cards(groups)


def classes_studied_by(person_id: UUID) -> list[ClassCard]:
    """List the classes in which a person learns now, at every college (DESIGN decision 10)."""
    places = enrolments.of_learner(person_id)
    return _class_cards([p.class_group for p in places if p.state == EnrolmentState.ACTIVE])


def _class_cards(groups: Sequence[ClassGroup]) -> list[ClassCard]:
    colleges = tenancy.named({group.tenant_id for group in groups})
    return [
        ClassCard(
            id=group.id,
            module_id=group.module_id,
            starts_on=group.starts_on,
            ends_on=group.ends_on,
            is_open=group.is_open,
            path=f"/at/{colleges[group.tenant_id].code}/classes/{group.id}",
        )
        for group in groups
    ]


def _cards(modules: Sequence[Module]) -> list[ModuleCard]:
    colleges = tenancy.named({module.tenant_id for module in modules})
    return [_card(module, colleges[module.tenant_id]) for module in modules]


def _card(module: Module, college: Organisation) -> ModuleCard:
    return ModuleCard(
        id=module.id,
        code=module.code,
        title=module.title,
        credits=module.credits,
        hours=module.theory_hours + module.practice_hours,
        skill_codes=tuple(sorted({o.skill.code for o in module.outcomes if o.skill})),
        college_code=college.code,
        college_name=college.name,
    )
