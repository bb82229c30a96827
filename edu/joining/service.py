"""Ways into an account that pass through the person's mailbox.

To join, to prove an address, to reset a password, to follow an invitation. A link is a random
token of 256 bits that only its letter holds; the database keeps the hash. It works once. The row
is made with the change that asks for it, the token by the subscriber that sends the letter, so
that no queue ever holds a secret.
"""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from edu.accounts import queries as accounts_queries
from edu.accounts import service as accounts
from edu.accounts.models import EmailToken, Person, Role, TokenPurpose
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Forbidden
from edu.events import emit
from edu.i18n import lazy
from edu.joining import queries
from edu.joining.events import KnownAddressUsed, LinkRequested, PersonInvited
from edu.joining.models import Invitation
from edu.tenancy.models import Organisation

LINK_LENGTH = timedelta(hours=1)
INVITATION_LENGTH = timedelta(days=7)


class LinkOver(DomainError):
    """The link was used, replaced by a newer one, or is too old."""

    code = "link-over"
    status = 410
    title = lazy("This link was used already or is too old. Please ask for a new one.")


class ForSomebodyElse(Forbidden):
    """The invitation went to another address than that of the person signed in."""

    code = "invitation-for-somebody-else"
    title = lazy("This invitation is for another account. Sign in with that one to accept it.")


@dataclass(frozen=True)
class Newcomer:
    """What a person says who opens an account."""

    name: str
    email: str
    password: str
    birth_date: date | None = None
    locale: str = "vi"


# Joining --------------------------------------------------------------------------------------


def join(newcomer: Newcomer) -> None:
    """Open an account that works once its address is proved.

    Nothing that can be seen from outside tells whether the address has an account already: its
    owner is told by mail. While nobody has proved the address, the last one to join wins.
    Raises WeakPassword.
    """
    accounts.judge_password(newcomer.password, name=newcomer.name, email=newcomer.email)
    known = accounts_queries.by_email(newcomer.email)
    if known and known.email_verified_at:
        accounts.check_password(newcomer.email, newcomer.password)  # costs the time of a new hash
        emit(KnownAddressUsed(person_id=known.id))
        return
    if known:
        known.name = " ".join(newcomer.name.split())
        known.birth_date = newcomer.birth_date
        accounts.set_password(known, newcomer.password)
    person = known or accounts.create_person(
        name=newcomer.name,
        email=newcomer.email,
        password=newcomer.password,
        birth_date=newcomer.birth_date,
        locale=newcomer.locale,
        is_verified=False,
    )
    audit.record("account.joined", actor_id=person.id, subject=person)
    send_link(person, TokenPurpose.VERIFY_EMAIL)


def send_link(person: Person, purpose: TokenPurpose, *, email: str = "") -> None:
    """Mail a link to the person; it replaces earlier ones for the same purpose."""
    db.session.execute(
        sa.delete(EmailToken).where(
            EmailToken.person_id == person.id, EmailToken.purpose == purpose
        )
    )
    row = EmailToken(
        person_id=person.id,
        purpose=purpose,
        email=email or person.email,
        token_hash=secrets.token_bytes(32),  # no token has this hash; the letter's will
        expires_at=utcnow() + LINK_LENGTH,
    )
    db.session.add(row)
    db.session.flush()
    emit(LinkRequested(link_id=row.id))


def prove_address(token: str, password: str) -> Person:
    """Take the address that the link was sent to as the person's own.

    The password shows that the reader of the mail also opened the account: nobody can open one
    for a stranger and have the stranger's click bring it to life.
    Raises LinkOver, WrongPassword, EmailTaken.
    """
    row = _link(token, TokenPurpose.VERIFY_EMAIL)
    person = row.person
    accounts.confirm_password(person, password)
    other = accounts_queries.by_email(row.email)
    if other and other.id != person.id:
        raise accounts.EmailTaken
    person.email = row.email
    person.email_verified_at = utcnow()
    db.session.delete(row)
    audit.record("account.address_proved", actor_id=person.id, subject=person)
    return person


def change_address(person: Person, email: str) -> None:
    """Send a link to the new address; until it is used, the old one stays.

    An address that has an account gets a notice instead, and the asker learns nothing.
    """
    known = accounts_queries.by_email(email)
    if known and known.id != person.id:
        emit(KnownAddressUsed(person_id=known.id))
        return
    send_link(person, TokenPurpose.VERIFY_EMAIL, email=email.strip().lower())
    audit.record("account.address_change_asked", actor_id=person.id, subject=person)


# A forgotten password -------------------------------------------------------------------------


def ask_reset(email: str) -> None:
    """Mail a link for a new password if the address has an account."""
    person = accounts_queries.by_email(email)
    audit.record("account.reset_asked", actor_id=None, subject=person)
    if person and person.is_active:
        send_link(person, TokenPurpose.RESET_PASSWORD)


def reset_password(token: str, password: str) -> None:
    """Set a new password by the link; every device is signed out and a second step stays due.

    Raises LinkOver, WeakPassword.
    """
    row = _link(token, TokenPurpose.RESET_PASSWORD)
    person = row.person
    if person.email != row.email:  # sent to an address that is theirs no more
        raise LinkOver
    person.email_verified_at = person.email_verified_at or utcnow()
    accounts.set_password(person, password)  # deletes the link too


def check_link(token: str, purpose: TokenPurpose) -> None:
    """See whether a link still works, using nothing up. Raises LinkOver."""
    if queries.link(token, purpose) is None:
        raise LinkOver


def _link(token: str, purpose: TokenPurpose) -> EmailToken:
    """Find a link that works, held so that two clicks at once are one. Raises LinkOver."""
    row = queries.link(token, purpose, for_update=True)
    if row is None or not row.person.is_active:
        raise LinkOver
    return row


# Invitations ----------------------------------------------------------------------------------


def invite(email: str, role: Role, *, actor: Person) -> Invitation:
    """Invite somebody to a role in the current organisation; asking again sends a new link."""
    email = email.strip().lower()
    invitation = queries.open_invitation(email, role)
    if invitation is None:
        invitation = Invitation(
            email=email,
            role=role,
            invited_by_id=actor.id,
            token_hash=secrets.token_bytes(32),
            expires_at=utcnow() + INVITATION_LENGTH,
        )
        db.session.add(invitation)
        db.session.flush()
    emit(PersonInvited(tenant_id=invitation.tenant_id, invitation_id=invitation.id))
    audit.record(
        "invitation.sent", actor_id=actor.id, subject=invitation, email=email, role=role.value
    )
    return invitation


def take_back(invitation: Invitation, *, actor: Person) -> None:
    """Make an invitation worthless."""
    db.session.delete(invitation)
    audit.record(
        "invitation.taken_back", actor_id=actor.id, subject=invitation, email=invitation.email
    )


def accept(token: str, organisation: Organisation, *, person: Person) -> None:
    """Take up the role as the person who was invited. Raises LinkOver, ForSomebodyElse."""
    invitation = find_invitation(token)
    if person.email != invitation.email:
        raise ForSomebodyElse
    _take_up(invitation, person, organisation)


def accept_as_newcomer(token: str, organisation: Organisation, newcomer: Newcomer) -> Person:
    """Open an account for the invited address, which the link proves, and take up the role.

    Raises LinkOver, WeakPassword, EmailTaken.
    """
    invitation = find_invitation(token)
    accounts.judge_password(newcomer.password, name=newcomer.name, email=invitation.email)
    person = accounts.create_person(
        name=newcomer.name,
        email=invitation.email,
        password=newcomer.password,
        locale=newcomer.locale,
    )
    _take_up(invitation, person, organisation)
    return person


def find_invitation(token: str) -> Invitation:
    """Find the invitation of a link that still works. Raises LinkOver."""
    found = queries.invitation(token)
    if found is None:
        raise LinkOver
    return found


def _take_up(invitation: Invitation, person: Person, organisation: Organisation) -> None:
    lock(invitation)
    if invitation.accepted_at:
        raise LinkOver
    invitation.accepted_at = utcnow()
    accounts.grant(person, invitation.role, organisation)
    audit.record(
        "invitation.accepted", actor_id=person.id, subject=person, role=invitation.role.value
    )


# For the letters ------------------------------------------------------------------------------


def fresh_token(row: EmailToken | Invitation) -> str:
    """Make the token that the mail carries; earlier mails of the same row stop working."""
    token = secrets.token_urlsafe(32)
    row.token_hash = accounts_queries.digest(token)
    length = INVITATION_LENGTH if isinstance(row, Invitation) else LINK_LENGTH
    row.expires_at = utcnow() + length
    return token
