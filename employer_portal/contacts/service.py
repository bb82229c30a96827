"""Ask, answer, take back, conclude, and forget."""

from datetime import timedelta

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, lock, today, utcnow
from edu.errors import DomainError, Forbidden, NotFound
from edu.i18n import lazy
from employer_portal.companies import policy as companies
from employer_portal.companies import queries as employers
from employer_portal.contacts import policy, queries
from employer_portal.contacts.models import Contact, ContactState
from employer_portal.needs import policy as allowed
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles import queries as profiles
from employer_portal.profiles.models import Profile, Purpose
from employer_portal.profiles.service import NothingToShow

KEPT_AFTER_CLOSING = timedelta(days=30)
"""Law 91/2025/QH15 art. 25 names no term for deleting the data of those not hired; this is ours."""

KEPT_WITH_CONSENT = timedelta(days=365)
"""Even who agreed to be kept in mind is forgotten after this."""


class NeedNotOpen(DomainError):
    """People are not looked for any more, or the employer is not verified."""

    code = "need-not-open"
    title = lazy("This is not open any more.")


class TooYoungForIt(DomainError):
    """The law keeps people of this age from the work."""

    code = "too-young-for-it"
    title = lazy("The law does not allow this work before the age of %(age)s.")


class NotFindable(DomainError):
    """The person has taken their consent back meanwhile."""

    code = "not-findable"
    title = lazy("This person cannot be found any more.")


def ask(actor: Person, need: SkillNeed, profile: Profile, *, message: str = "") -> Contact:
    """An employer asks to meet a candidate. Asking twice changes nothing.

    Raises Forbidden, NeedNotOpen, TooYoungForIt, and NotFindable.
    """
    if not companies.can_hire(actor, need.tenant_id):
        raise Forbidden
    check_open(need, profile.person)
    if not profiles.has_agreed(profile.person_id, Purpose.BE_FOUND):
        raise NotFindable
    if found := queries.between(need, profile):
        return found
    contact = _begin(need, profile, actor, message=message, state=ContactState.ASKED)
    audit.record("contact.asked", actor_id=actor.id, subject=contact)
    return contact


def offer(person: Person, need: SkillNeed, *, message: str = "", may_keep: bool = False) -> Contact:
    """A learner comes forward: this employer, and no other, may see who they are.

    Whoever was asked before has said yes with it.
    Raises NeedNotOpen, TooYoungForIt, and NothingToShow.
    """
    check_open(need, person)
    profile = profiles.of(person.id)
    if profile is None:
        raise NothingToShow
    if found := queries.between(need, profile):
        if not found.is_open:
            _say_yes(found, may_keep=may_keep)
        return found
    contact = _begin(need, profile, person, message=message, state=ContactState.ACCEPTED)
    _say_yes(contact, may_keep=may_keep)
    audit.record("contact.offered", actor_id=person.id, subject=contact)
    return contact


def accept(person: Person, contact: Contact, *, may_keep: bool) -> None:
    """Say yes to an employer: it learns name and address now. Raises NotFound for others."""
    _check_is_about(person, contact)
    lock(contact)
    if contact.state == ContactState.ASKED:
        _say_yes(contact, may_keep=may_keep)
        audit.record("contact.accepted", actor_id=person.id, subject=contact)


def refuse(person: Person, contact: Contact) -> None:
    """Say no to an employer; it learns nothing more. Raises NotFound for others."""
    _check_is_about(person, contact)
    lock(contact)
    if contact.state == ContactState.ASKED:
        contact.state = ContactState.REFUSED
        contact.answered_at = utcnow()


def withdraw(person: Person, contact: Contact) -> None:
    """Take a yes back: the employer no longer sees who it was. Raises NotFound for others."""
    _check_is_about(person, contact)
    lock(contact)
    contact.state = ContactState.WITHDRAWN
    contact.may_keep = False
    audit.record("contact.withdrawn", actor_id=person.id, subject=contact)


def conclude(actor: Person, contact: Contact, *, hired: bool) -> None:
    """The employer says what came of it. Raises Forbidden, and NotFound before there was a yes."""
    if not companies.can_hire(actor, contact.tenant_id):
        raise Forbidden
    lock(contact)
    if not contact.is_open:
        raise NotFound
    contact.state = ContactState.HIRED if hired else ContactState.NOT_HIRED
    audit.record("contact.concluded", actor_id=actor.id, subject=contact, hired=hired)


def forget(need: SkillNeed) -> int:
    """Delete what is known of people who were not hired, once the time after closing is over.

    Whoever agreed to be kept in mind is kept longer. Give how many were deleted.
    """
    if need.closed_at is None:
        return 0
    age = utcnow() - need.closed_at
    kept = Contact.may_keep if age < KEPT_WITH_CONSENT else sa.false()
    if age < KEPT_AFTER_CLOSING:
        return 0
    gone = db.session.scalars(
        sa.select(Contact).where(
            Contact.need_id == need.id, Contact.state != ContactState.HIRED, sa.not_(kept)
        )
    ).all()
    for contact in gone:
        db.session.delete(contact)
    if gone:
        audit.record("contact.forgotten", actor_id=None, subject=need, people=len(gone))
    return len(gone)


def check_open(need: SkillNeed, person: Person) -> None:
    """Refuse a need that is not open, or not to this person. Raises NeedNotOpen, TooYoungForIt."""
    day = today()
    is_open = need.is_open_on(day) and employers.is_verified(need.tenant_id)
    if not is_open or not need.is_vacancy:
        raise NeedNotOpen
    if not allowed.is_old_enough(person.birth_date, need.minimum_age, day):
        raise TooYoungForIt(age=need.minimum_age)


def _begin(
    need: SkillNeed, profile: Profile, who: Person, *, message: str, state: ContactState
) -> Contact:
    contact = Contact(
        tenant_id=need.tenant_id,
        need=need,
        profile=profile,
        asked_by_id=who.id,
        is_offer=who.id == profile.person_id,
        message=message.strip(),
        state=state,
    )
    db.session.add(contact)
    db.session.flush()
    return contact


def _say_yes(contact: Contact, *, may_keep: bool) -> None:
    contact.state = ContactState.ACCEPTED
    contact.answered_at = utcnow()
    contact.may_keep = may_keep


def _check_is_about(person: Person, contact: Contact) -> None:
    if not policy.is_about(person, contact):
        raise NotFound
