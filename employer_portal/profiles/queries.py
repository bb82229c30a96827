"""Read what learners show."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from courses.public import CertificateCard, certificates_of
from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound
from edu.i18n import LanguageMap
from edu.taxonomy import queries as taxonomy
from employer_portal.matching.core.match import Evidence
from employer_portal.needs.models import Contract
from employer_portal.profiles import policy
from employer_portal.profiles.models import Consent, Profile, Purpose


@dataclass(frozen=True)
class ShownSkill:
    """A skill as an employer sees it: its name and the best that it rests on."""

    code: str
    label: LanguageMap
    evidence: Evidence
    mean: float


@dataclass(frozen=True)
class Showcase:
    """Exactly what an employer sees before the person says yes: no name, no age, no picture."""

    profile_id: UUID
    label: str
    headline: str
    places: Sequence[LanguageMap]
    contracts: Sequence[Contract]
    skills: Sequence[ShownSkill]
    certificates: Sequence[CertificateCard]


def of(person_id: UUID) -> Profile | None:
    """Find a person's profile, if they have made one."""
    return db.session.scalar(sa.select(Profile).where(Profile.person_id == person_id))


def get_for(actor: Person, profile_id: UUID) -> Profile:
    """Find a profile that the actor may see. Raises NotFound."""
    found = db.session.get(Profile, profile_id)
    if found is None:
        raise NotFound
    is_findable = has_agreed(found.person_id, Purpose.BE_FOUND)
    if not policy.can_view(actor, found, is_findable=is_findable):
        raise NotFound
    return found


def consent(person_id: UUID, purpose: Purpose) -> Consent | None:
    """Find the consent that holds now for a purpose."""
    return db.session.scalar(
        sa.select(Consent).where(
            Consent.person_id == person_id,
            Consent.purpose == purpose,
            Consent.withdrawn_at.is_(None),
        )
    )


def has_agreed(person_id: UUID, purpose: Purpose) -> bool:
    """True while the person's consent to a purpose holds."""
    return consent(person_id, purpose) is not None


def history_of(person_id: UUID) -> Sequence[Consent]:
    """List what a person agreed to and withdrew, newest first."""
    return db.session.scalars(
        sa.select(Consent).where(Consent.person_id == person_id).order_by(Consent.id.desc())
    ).all()


def shown_certificates(profile: Profile) -> list[CertificateCard]:
    """List the certificates that are shown and valid, newest first."""
    chosen = set(profile.certificates)
    return [
        card
        for card in certificates_of(profile.person_id)
        if card.is_valid and str(card.id) in chosen
    ]


def showcase(profile: Profile) -> Showcase:
    """Give what an employer sees of a profile."""
    best: dict[str, ShownSkill] = {}
    for entry in sorted(profile.skills, key=lambda one: list(Evidence).index(one.evidence)):
        best.setdefault(
            entry.skill.code,
            ShownSkill(entry.skill.code, entry.skill.label, entry.evidence, entry.mean),
        )
    names = taxonomy.place_names(profile.places)
    return Showcase(
        profile_id=profile.id,
        label=label_of(profile),
        headline=profile.headline,
        places=list(names.values()),
        contracts=[Contract(one) for one in profile.contracts],
        skills=list(best.values()),
        certificates=shown_certificates(profile),
    )


def label_of(profile: Profile) -> str:
    """Name a profile without naming the person: the last signs of its random id."""
    return profile.id.hex[-5:].upper()
