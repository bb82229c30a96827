"""Accounts: joining, signing in and out, roles."""

import secrets
from datetime import date, timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from edu.accounts import queries
from edu.accounts.models import AccessToken, Membership, Person, Role, SignIn
from edu.audit import service as audit
from edu.db import db, utcnow
from edu.tenancy.models import Organisation

# RFC 9106 §4, second recommended option would need 64 MiB a sign-in; this is OWASP's 2026 minimum
# for small servers: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))

SESSION_LENGTH = timedelta(days=14)


def create_person(
    *, name: str, email: str, password: str = "", birth_date: date | None = None, locale: str = "vi"
) -> Person:
    """Open an account. An empty password means that a link by e-mail will set one."""
    person = Person(
        name=" ".join(name.split()),
        email=email.strip().lower(),
        password_hash=_hasher.hash(password) if password else "",
        birth_date=birth_date,
        locale=locale,
    )
    db.session.add(person)
    db.session.flush()
    return person


def check_password(email: str, password: str) -> Person | None:
    """Give the person whose password this is.

    An unknown address costs as much time as a known one (ASVS 6.3.8).
    """
    person = queries.by_email(email)
    known = person.password_hash if person and person.password_hash else _NOBODY
    try:
        _hasher.verify(known, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return person if person and person.is_active else None


def start_session(person: Person, *, device: str = "") -> str:
    """Sign a device in; give the token for its cookie (256 random bits)."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            person_id=person.id,
            token_hash=queries.digest(token),
            expires_at=utcnow() + SESSION_LENGTH,
            device=device[:200],
        )
    )
    audit.record("account.signed_in", actor_id=person.id, subject=person)
    return token


def end_session(token: str) -> None:
    """Sign a device out. An unknown token is no error."""
    db.session.execute(sa.delete(SignIn).where(SignIn.token_hash == queries.digest(token)))


def end_all_sessions(person: Person) -> None:
    """Sign every device of the person out."""
    db.session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))


def grant(person: Person, role: Role, organisation: Organisation) -> Membership:
    """Give a person a role in an organisation. Asking twice changes nothing."""
    for membership in person.memberships:
        if membership.role == role and membership.organisation_id == organisation.id:
            membership.ended_at = None
            return membership
    membership = Membership(person=person, organisation=organisation, role=role)
    db.session.add(membership)
    db.session.flush()
    return membership


def create_access_token(person: Person, *, name: str, scopes: list[str]) -> str:
    """Make a key for a machine that acts as this person; shown once, stored as a hash."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        AccessToken(person_id=person.id, name=name, token_hash=queries.digest(token), scopes=scopes)
    )
    audit.record("account.token_created", actor_id=person.id, subject=person, name=name)
    return token
