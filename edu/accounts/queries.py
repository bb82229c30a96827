"""Who people are."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import (
    STAFF_ROLES,
    AccessToken,
    Guardianship,
    GuardianshipState,
    Membership,
    Person,
    RecoveryCode,
    Role,
    SignIn,
)
from edu.db import db, unit_of_work, utcnow
from edu.errors import NotFound
from edu.i18n import sort_key
from edu.tenancy.models import Organisation

SEEN_EVERY = timedelta(hours=1)


def digest(token: str) -> bytes:
    """Hash a random token for storing and finding it."""
    return hashlib.sha256(token.encode()).digest()


def get(person_id: UUID) -> Person:
    """Find a person by id. Raises NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def by_email(email: str) -> Person | None:
    """Find a person by e-mail address, however it is written."""
    return db.session.scalar(sa.select(Person).where(Person.email == email.strip().lower()))


def by_cookie(token: str) -> Person | None:
    """Whose session this is; None once it ended."""
    found = db.session.scalar(sa.select(SignIn).where(SignIn.token_hash == digest(token)))
    now = utcnow()
    if found is None or found.expires_at <= now or not found.person.is_active:
        return None
    if now - found.seen_at > SEEN_EVERY:
        with unit_of_work():
            found.seen_at = now
    return found.person


def by_bearer(token: str) -> AccessToken | None:
    """The access token with its person; None when unknown, expired or closed."""
    found = db.session.scalar(sa.select(AccessToken).where(AccessToken.token_hash == digest(token)))
    if found is None or not found.person.is_active:
        return None
    if found.expires_at is not None and found.expires_at <= utcnow():
        return None
    return found


def devices_of(person: Person) -> Sequence[SignIn]:
    """List where the person is signed in now, the latest used first."""
    return db.session.scalars(
        sa.select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.expires_at > utcnow())
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def access_tokens_of(person: Person) -> Sequence[AccessToken]:
    """List the person's keys for machines, the newest first."""
    return db.session.scalars(
        sa.select(AccessToken)
        .where(AccessToken.person_id == person.id)
        .order_by(AccessToken.id.desc())
    ).all()


def recovery_codes_left(person: Person) -> int:
    """Count the codes on paper that were not used yet."""
    return (
        db.session.scalar(sa.select(sa.func.count()).where(RecoveryCode.person_id == person.id))
        or 0
    )


def places_of(person: Person) -> list[Organisation]:
    """The organisations that the person works for, by code."""
    found = {
        m.organisation.id: m.organisation
        for m in person.memberships
        if m.is_current and m.role in STAFF_ROLES and m.organisation.is_active
    }
    return sorted(found.values(), key=lambda organisation: organisation.code)


def people_with(role: Role, organisation_id: UUID) -> Sequence[Person]:
    """List who holds a role in an organisation now, by name."""
    found = db.session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role == role,
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
        )
    ).all()
    return sorted(found, key=lambda person: sort_key(person.name))


def named(person_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Load several people at once, by id."""
    if not person_ids:
        return {}
    found = db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids)))
    return {person.id: person for person in found}


def is_guardian_of(guardian: Person, learner_id: UUID) -> bool:
    """True when the learner has consented to being followed by this guardian."""
    return (
        db.session.scalar(
            sa.select(Guardianship.id).where(
                Guardianship.guardian_id == guardian.id,
                Guardianship.learner_id == learner_id,
                Guardianship.state == GuardianshipState.CONSENTED,
            )
        )
        is not None
    )
