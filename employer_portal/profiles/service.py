"""Learners agree, show, change their mind; what is shown follows at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courses.public import certificates_of
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, today, utcnow
from edu.errors import DomainError, Invalid
from edu.events import emit
from edu.i18n import Text, lazy, locale
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Skill
from employer_portal.matching.core.match import Evidence
from employer_portal.profiles import queries
from employer_portal.profiles.events import MasteryWelcome, ProfileChanged
from employer_portal.profiles.models import Consent, ContactWay, Profile, ProfileSkill, Purpose

YOUNGEST = 16
"""Below 16 a person is a child (Law 102/2016/QH13 art. 1), for whom parents would agree as well."""

SHOWN_FROM = 0.6
"""Estimates of mastery below this speak against a person and are not shown."""

TEXT_VERSION = "2026-11-22"
TEXTS: dict[Purpose, Text] = {
    Purpose.BE_FOUND: lazy(
        "I agree that recruiters of employers verified by the province see what I chose above, "
        "without my name, to offer me work. I can take this back at any time; then it disappears "
        "at once."
    ),
    Purpose.SHOW_MASTERY: lazy(
        "I agree that estimates of how well I know a skill, made from my exercises, are shown "
        "there too where they are good. I can take this back at any time."
    ),
}
"""What is agreed to, word for word. Whoever changes a text changes TEXT_VERSION."""


class TooYoung(DomainError):
    """The person is a child."""

    code = "too-young-to-be-found"
    title = lazy("Employers can find people from the age of 16.")


class NothingToShow(DomainError):
    """There is no profile to be found yet."""

    code = "no-profile"
    title = lazy("First choose what to show.")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a person wants to show."""

    headline: str = ""
    places: Sequence[str] = ()
    contracts: Sequence[str] = ()
    contact_way: ContactWay = ContactWay.EMAIL
    certificates: Sequence[UUID] = ()
    declared: Sequence[Skill] = ()


def show(person: Person, choice: Choice) -> Profile:
    """Write down what a person wants to show. Nobody sees it before they agree to be found.

    Raises Invalid for certificates that are not theirs or not valid.
    """
    own = {card.id for card in certificates_of(person.id) if card.is_valid}
    if not own.issuperset(choice.certificates):
        raise Invalid(fields={"certificates": lazy("One of these is not valid any more.")})
    profile = queries.of(person.id) or Profile(person=person, person_id=person.id)
    profile.headline = choice.headline.strip()
    profile.places = list(choice.places)
    profile.contracts = list(choice.contracts)
    profile.contact_way = choice.contact_way
    profile.certificates = [str(found) for found in choice.certificates]
    db.session.add(profile)
    _write_skills(profile, choice.declared)
    return profile


def agree(person: Person, purpose: Purpose) -> Consent:
    """Record a person's yes to one purpose, in the words they read. Twice changes nothing.

    Raises TooYoung, and NothingToShow before there is a profile.
    """
    age = person.age_on(today())
    if age is not None and age < YOUNGEST:
        raise TooYoung
    if queries.of(person.id) is None:
        raise NothingToShow
    if found := queries.consent(person.id, purpose):
        return found
    consent = consent_to(person, purpose)
    db.session.add(consent)
    audit.record("consent.given", actor_id=person.id, subject=person, purpose=purpose)
    if purpose == Purpose.SHOW_MASTERY:
        emit(MasteryWelcome(person_id=person.id))
    emit(ProfileChanged(person_id=person.id))
    return consent


def consent_to(person: Person, purpose: Purpose) -> Consent:
    """Write a person's yes in the words of the day; the caller stores it."""
    return Consent(
        person_id=person.id,
        purpose=purpose,
        text_version=TEXT_VERSION,
        text_hash=hashlib.sha256(str(TEXTS[purpose]).encode()).digest(),
        language=locale(),
    )


def withdraw(person: Person, purpose: Purpose) -> None:
    """Take a yes back: what rested on it is gone with this unit of work."""
    consent = queries.consent(person.id, purpose)
    if consent is None:
        return
    consent.withdrawn_at = utcnow()
    if purpose == Purpose.SHOW_MASTERY and (profile := queries.of(person.id)):
        _drop(profile, Evidence.MASTERY)
    audit.record("consent.withdrawn", actor_id=person.id, subject=person, purpose=purpose)
    emit(ProfileChanged(person_id=person.id))


def delete(person: Person) -> None:
    """Delete a person's profile and withdraw every consent; the record of consents stays."""
    for purpose in Purpose:
        withdraw(person, purpose)
    if profile := queries.of(person.id):
        db.session.delete(profile)
        emit(ProfileChanged(person_id=person.id))


def refresh(person_id: UUID) -> None:
    """Look again at what the shown certificates prove; for when one was revoked."""
    if profile := queries.of(person_id):
        _write_skills(profile, profile.declared())


def offer_mastery(person_id: UUID, estimates: Mapping[str, tuple[float, float]]) -> bool:
    """Show estimates (low bound, mean; 0 to 1) by skill code, if the person agreed to that.

    Give False, and keep nothing, where they did not.
    """
    profile = queries.of(person_id)
    if profile is None or not queries.has_agreed(person_id, Purpose.SHOW_MASTERY):
        return False
    good = {code: found for code, found in estimates.items() if found[1] >= SHOWN_FROM}
    _drop(profile, Evidence.MASTERY)
    db.session.flush()  # the old estimates make room for the new
    for skill in taxonomy.skills_by_codes(list(good)):
        low, mean = good[skill.code]
        entry = ProfileSkill(skill=skill, evidence=Evidence.MASTERY, low=low, mean=mean)
        profile.skills.append(entry)
    _has_changed(profile)
    return True


def _write_skills(profile: Profile, declared: Sequence[Skill]) -> None:
    """Bring the shown skills to what certificates prove and the person declares."""
    codes = {code for card in queries.shown_certificates(profile) for code in card.skill_codes}
    proven = taxonomy.skills_by_codes(list(codes))
    wanted = {(skill.id, Evidence.CREDENTIAL): skill for skill in proven}
    wanted |= {(skill.id, Evidence.DECLARED): skill for skill in declared}
    kept = [
        entry
        for entry in profile.skills
        if entry.evidence == Evidence.MASTERY or (entry.skill_id, entry.evidence) in wanted
    ]
    known = {(entry.skill_id, entry.evidence) for entry in kept}
    added = [
        ProfileSkill(skill=skill, evidence=evidence)
        for (skill_id, evidence), skill in wanted.items()
        if (skill_id, evidence) not in known
    ]
    profile.skills = [*kept, *added]
    _has_changed(profile)


def _drop(profile: Profile, evidence: Evidence) -> None:
    profile.skills = [entry for entry in profile.skills if entry.evidence != evidence]


def _has_changed(profile: Profile) -> None:
    profile.changed_at = utcnow()
    db.session.flush()
    emit(ProfileChanged(person_id=profile.person_id))
