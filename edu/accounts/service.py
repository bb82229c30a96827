"""Accounts: opening them, signing in and out, passwords, the second step, roles, access tokens."""

import secrets
from base64 import b32decode, b32encode
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from edu import sealing
from edu.accounts import queries
from edu.accounts.core import passwords, second_step
from edu.accounts.core.passwords import Weakness
from edu.accounts.models import (
    STAFF_ROLES,
    AccessToken,
    EmailToken,
    Membership,
    Person,
    RecoveryCode,
    Role,
    SignIn,
)
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import Invalid, NotFound
from edu.i18n import lazy
from edu.settings import in_force
from edu.tenancy.models import Organisation

# RFC 9106 §4, second recommended option would need 64 MiB a sign-in; this is OWASP's 2026 minimum
# for small servers: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))

_STEP = "second step"  # what its keys are sealed as

SESSION_LENGTH = timedelta(days=14)

SITE_WORDS = ("Nghề Số", "nghe-so")

_WEAKNESSES = {
    Weakness.TOO_SHORT: lazy(
        "At least %(shortest)s characters, please. A few words are easy to remember.",
        shortest=passwords.SHORTEST,
    ),
    Weakness.TOO_LONG: lazy("At most %(longest)s characters, please.", longest=passwords.LONGEST),
    Weakness.COMMON: lazy("Many people use this password, so it is guessed first. Try another."),
    Weakness.PERSONAL: lazy("Please leave your name, your address and our name out of it."),
}


class EmailTaken(Invalid):
    """Another account has this e-mail address."""

    code = "email-taken"
    title = lazy("Another account has this e-mail address.")


class WeakPassword(Invalid):
    """The password is too short, too long, or among those that are guessed first."""

    code = "weak-password"


class WrongPassword(Invalid):
    """The current password, asked for before something important, was not right."""

    code = "wrong-password"


class WrongCode(Invalid):
    """The code of the second step is not right, was used, or is too old."""

    code = "wrong-code"

    def __init__(self) -> None:
        super().__init__(
            fields={"code": lazy("This code does not fit. Wait for the next one and try again.")}
        )


class PhoneForgotten(Invalid):
    """The key of the second step is there, but this installation has lost the secret to read it."""

    code = "phone-forgotten"

    def __init__(self) -> None:
        super().__init__(
            fields={
                "code": lazy(
                    "We can no longer check codes from your phone. Please use one of your codes on "
                    "paper, or ask those who run this site to let you set up your phone again."
                )
            }
        )


# Persons and passwords ------------------------------------------------------------------------


def create_person(  # noqa: PLR0913 - keyword-only: what is known of a person
    *,
    name: str,
    email: str,
    password: str = "",
    birth_date: date | None = None,
    locale: str = "vi",
    is_verified: bool = True,
) -> Person:
    """Open an account. An empty password means that a link by e-mail will set one.

    `is_verified` is False when only the person claims that the address is theirs.
    Raises EmailTaken.
    """
    if queries.by_email(email):
        raise EmailTaken(fields={"email": EmailTaken.title})
    person = Person(
        name=" ".join(name.split()),
        email=email.strip().lower(),
        password_hash=_hasher.hash(password) if password else "",
        birth_date=birth_date,
        locale=locale,
        email_verified_at=utcnow() if is_verified else None,
    )
    db.session.add(person)
    db.session.flush()
    return person


def change_profile(
    person: Person, *, name: str, phone: str, birth_date: date | None, locale: str
) -> None:
    """Change what a person may say of themselves. A new name is remembered with the old one."""
    before = person.name
    person.name = " ".join(name.split())
    person.phone = phone.strip()
    person.birth_date = birth_date
    person.locale = locale
    if person.name != before:
        audit.record(
            "account.renamed", actor_id=person.id, subject=person, old=before, new=person.name
        )


def choose_language(person: Person, code: str) -> None:
    """Write to the person in this language from now on."""
    person.locale = code


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


def judge_password(password: str, *, name: str, email: str, field: str = "password") -> None:
    """Refuse a password that is easily guessed. Raises WeakPassword, naming the form's field."""
    own_words = (*SITE_WORDS, name, email.partition("@")[0])
    if weakness := passwords.weakness(password, own_words):
        raise WeakPassword(fields={field: _WEAKNESSES[weakness]})


def set_password(person: Person, password: str) -> None:
    """Give the account a new password; every device and every open link by e-mail ends with it.

    Raises WeakPassword.
    """
    judge_password(password, name=person.name, email=person.email)
    person.password_hash = _hasher.hash(password)
    end_all_sessions(person)
    db.session.execute(sa.delete(EmailToken).where(EmailToken.person_id == person.id))
    audit.record("account.password_set", actor_id=person.id, subject=person)


def confirm_password(person: Person, password: str) -> None:
    """Ask for the password again before something important. Raises WrongPassword."""
    if check_password(person.email, password) is not person:
        raise WrongPassword(fields={"current": lazy("That is not your current password.")})


# Devices --------------------------------------------------------------------------------------


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


def end_device(person: Person, sign_in_id: UUID) -> None:
    """Sign out one of the person's own devices. Raises NotFound."""
    found = db.session.get(SignIn, sign_in_id)
    if found is None or found.person_id != person.id:
        raise NotFound
    db.session.delete(found)
    audit.record("account.device_ended", actor_id=person.id, subject=person)


def end_all_sessions(person: Person) -> None:
    """Sign every device of the person out."""
    db.session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))


# The second step ------------------------------------------------------------------------------


def turn_on_second_step(person: Person, secret: str, code: str) -> list[str]:
    """Ask for codes from now on, once the app has shown that it works; give codes for paper.

    Raises WrongCode.
    """
    step = second_step.matching_step(secret, code, utcnow(), after=0)
    if step is None:
        raise WrongCode
    person.totp_secret = _sealed(secret, person)
    person.totp_last_step = step
    audit.record("account.second_step_on", actor_id=person.id, subject=person)
    return renew_recovery_codes(person)


def turn_off_second_step(person: Person) -> None:
    """Ask for the password alone from now on, and forget the codes on paper."""
    person.totp_secret = ""
    person.totp_last_step = 0
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    audit.record("account.second_step_off", actor_id=person.id, subject=person)


def renew_recovery_codes(person: Person) -> list[str]:
    """Make new codes for paper; the old ones stop working."""
    db.session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = second_step.new_recovery_codes()
    db.session.add_all(
        RecoveryCode(person_id=person.id, code_hash=_hasher.hash(second_step.bare(code)))
        for code in codes
    )
    return codes


def pass_second_step(person: Person, code: str) -> None:
    """Accept a code from the app or from paper; each works once.

    Raises WrongCode; PhoneForgotten when only paper helps.
    """
    lock(person)  # the same code sent twice at once
    if _use_recovery_code(person, code):
        return
    step = second_step.matching_step(_key_of(person), code, utcnow(), after=person.totp_last_step)
    if step is None:
        raise WrongCode
    person.totp_last_step = step


def seal_second_steps_anew() -> sealing.Resealed:
    """Seal every key of the second step with the present secret, so that former ones can go."""
    with_one = db.session.scalars(sa.select(Person).where(Person.totp_secret != "")).all()
    unread = []
    for person in with_one:
        try:
            person.totp_secret = _sealed(_key_of(person), person)
        except PhoneForgotten:
            unread.append(person.email)
    return sealing.Resealed(len(with_one) - len(unread), unread)


def _sealed(key: str, person: Person) -> str:
    return sealing.seal(b32decode(key), in_force().secret(), purpose=_STEP, owner=person.id)


def _key_of(person: Person) -> str:
    known = [in_force().secret(), *in_force().former_secrets()]
    try:
        key = sealing.unseal(person.totp_secret, known, purpose=_STEP, owner=person.id)
    except sealing.UnreadableError:
        raise PhoneForgotten from None
    return b32encode(key).decode()


def _use_recovery_code(person: Person, code: str) -> bool:
    typed = second_step.bare(code)
    if len(typed) <= second_step.DIGITS:
        return False
    for known in db.session.scalars(
        sa.select(RecoveryCode).where(RecoveryCode.person_id == person.id)
    ):
        try:
            _hasher.verify(known.code_hash, typed)
        except VerifyMismatchError:
            continue
        db.session.delete(known)
        audit.record("account.recovery_code_used", actor_id=person.id, subject=person)
        return True
    return False


# Roles ----------------------------------------------------------------------------------------


def grant(person: Person, role: Role, organisation: Organisation) -> Membership:
    """Give a person a role in an organisation. Asking twice changes nothing.

    Staff sign in with two steps, so a first staff role signs out the devices that took one.
    """
    if role in STAFF_ROLES and not person.totp_secret and not person.is_staff:
        end_all_sessions(person)
    for membership in person.memberships:
        if membership.role == role and membership.organisation_id == organisation.id:
            membership.ended_at = None
            return membership
    membership = Membership(person=person, organisation=organisation, role=role)
    db.session.add(membership)
    db.session.flush()
    return membership


# Access tokens --------------------------------------------------------------------------------


def create_access_token(
    person: Person, *, name: str, scopes: list[str], expires_at: datetime | None = None
) -> str:
    """Make a key for a machine that acts as this person; shown once, stored as a hash."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        AccessToken(
            person_id=person.id,
            name=name,
            token_hash=queries.digest(token),
            scopes=scopes,
            expires_at=expires_at,
        )
    )
    audit.record("account.token_created", actor_id=person.id, subject=person, name=name)
    return token


def revoke_access_token(person: Person, token_id: UUID) -> None:
    """Make one of the person's own keys worthless. Raises NotFound."""
    found = db.session.get(AccessToken, token_id)
    if found is None or found.person_id != person.id:
        raise NotFound
    db.session.delete(found)
    audit.record("account.token_revoked", actor_id=person.id, subject=person, name=found.name)
