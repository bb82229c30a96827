"""People: one person, one account, many roles in many organisations."""

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from edu.accounts.core.age import age_on
from edu.db import Base, Dated, Owner, Privacy, Sharing, current_tenant, means, utcnow
from edu.i18n import Text, lazy
from edu.search.core.vietnamese import folded
from edu.tenancy.models import Organisation


class Role(enum.StrEnum):
    """What a person is in one organisation."""

    LEARNER = "learner"
    TEACHER = "teacher"
    MANAGER = "manager"
    TRAINER = "trainer"  # teaches apprentices inside a company
    RECRUITER = "recruiter"  # hires for an employer
    OFFICER = "officer"  # works for the province
    ADMIN = "admin"  # keeps the system running; sees no marks

    @property
    def label(self) -> Text:
        """The role in the reader's language."""
        return _ROLE_LABELS[self]


_ROLE_LABELS: dict[Role, Text] = {
    Role.LEARNER: lazy("Learner"),
    Role.TEACHER: lazy("Teacher"),
    Role.MANAGER: lazy("Manager"),
    Role.TRAINER: lazy("In-company trainer"),
    Role.RECRUITER: lazy("Recruiter"),
    Role.OFFICER: lazy("Officer of the province"),
    Role.ADMIN: lazy("System administrator"),
}

STAFF_ROLES = frozenset(Role) - {Role.LEARNER}


class Person(Dated, Base):
    """A human being with an account."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(
        sa.String(200),
        info=means(
            "Full name as on the identity card.",
            owner=Owner.PERSON,
            sharing=Sharing.SHARED,
            privacy=Privacy.PERSONAL,
        ),
    )
    name_key: Mapped[str] = mapped_column(
        sa.String(200),
        index=True,
        info=means(
            "The name without accents, given name first: for searching and sorting.",
            owner=Owner.SYSTEM,
            privacy=Privacy.PERSONAL,
        ),
    )
    email: Mapped[str] = mapped_column(
        sa.String(254),
        unique=True,
        info=means(
            "E-mail address, in lower case; the name to sign in with.",
            owner=Owner.PERSON,
            privacy=Privacy.PERSONAL,
        ),
    )
    phone: Mapped[str] = mapped_column(
        sa.String(20),
        default="",
        info=means("Telephone number.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    birth_date: Mapped[date | None] = mapped_column(
        info=means(
            "Date of birth.", owner=Owner.PERSON, sharing=Sharing.SHARED, privacy=Privacy.PERSONAL
        )
    )
    place_code: Mapped[str] = mapped_column(
        sa.String(10),
        default="",
        info=means(
            "Commune of residence (two-tier code).",
            owner=Owner.PERSON,
            sharing=Sharing.SHARED,
            privacy=Privacy.PERSONAL,
        ),
    )
    locale: Mapped[str] = mapped_column(
        sa.String(5),
        default="vi",
        info=means("Language preferred on screen.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    password_hash: Mapped[str] = mapped_column(
        sa.String(200),
        default="",
        info=means(
            "Argon2id hash of the password; empty when none is set.",
            owner=Owner.PERSON,
            privacy=Privacy.SENSITIVE,
        ),
    )
    totp_secret: Mapped[str] = mapped_column(
        sa.String(64),
        default="",
        info=means(
            "Key of the second sign-in step, encrypted with the installation's secret; "
            "empty when off.",
            owner=Owner.PERSON,
            privacy=Privacy.SENSITIVE,
        ),
    )
    totp_last_step: Mapped[int] = mapped_column(
        default=0,
        info=means(
            "Last time step whose code was used, so that a code works once.",
            owner=Owner.SYSTEM,
            privacy=Privacy.PERSONAL,
        ),
    )
    email_verified_at: Mapped[datetime | None] = mapped_column(
        info=means(
            "When the address was proved to be theirs.",
            owner=Owner.SYSTEM,
            privacy=Privacy.PERSONAL,
        )
    )
    is_active: Mapped[bool] = mapped_column(
        default=True,
        info=means(
            "False once the account is closed.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL
        ),
    )

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", lazy="selectin", foreign_keys="Membership.person_id"
    )

    @validates("name")
    def _key_the_name(self, _column: str, name: str) -> str:
        """Vietnamese lists are in the order of given names, which stand last."""
        *before, given = folded(name).split() or [""]
        self.name_key = " ".join([given, *before])
        return name

    def has_role(self, *roles: Role, organisation_id: UUID | None = None) -> bool:
        """True when the person holds one of the roles now, here or in the organisation named."""
        wanted = organisation_id or current_tenant()
        return any(
            m.role in roles and m.organisation_id == wanted and m.is_current
            for m in self.memberships
        )

    def has_role_anywhere(self, *roles: Role) -> bool:
        """True when the person holds one of the roles now, in any organisation."""
        return any(m.role in roles and m.is_current for m in self.memberships)

    @property
    def is_staff(self) -> bool:
        """True for everyone who works for an organisation: they sign in with two steps."""
        return self.has_role_anywhere(*STAFF_ROLES)

    @property
    def initials(self) -> str:
        """Two letters for the avatar: family name's and given name's."""
        parts = self.name.split()
        return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else self.name[:2]).upper()

    def age_on(self, day: date) -> int | None:
        """Full years on that day; None when the date of birth is unknown."""
        return age_on(self.birth_date, day)


class Membership(Dated, Base):
    """One role of one person in one organisation, for a time."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("person_id", "organisation_id", "role"),)

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who.", privacy=Privacy.PERSONAL)
    )
    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True, info=means("Where.", privacy=Privacy.PERSONAL)
    )
    role: Mapped[Role] = mapped_column(info=means("As what.", privacy=Privacy.PERSONAL))
    ended_at: Mapped[datetime | None] = mapped_column(
        info=means("When the role ended.", privacy=Privacy.PERSONAL)
    )

    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def is_current(self) -> bool:
        """True while the role has not ended."""
        return self.ended_at is None


class SignIn(Dated, Base):
    """One device on which a person is signed in. Deleting the row signs it out."""

    __tablename__ = "sign_in"

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Who is signed in.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )
    token_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        unique=True,
        info=means(
            "SHA-256 of the token in the cookie.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE
        ),
    )
    expires_at: Mapped[datetime] = mapped_column(
        info=means("When it ends by itself.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    )
    seen_at: Mapped[datetime] = mapped_column(
        default=utcnow,
        info=means("Last use, to the hour.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )
    device: Mapped[str] = mapped_column(
        sa.String(200),
        default="",
        info=means(
            "Browser and system as they name themselves.",
            owner=Owner.SYSTEM,
            privacy=Privacy.PERSONAL,
        ),
    )

    person: Mapped[Person] = relationship(lazy="joined")


class TokenPurpose(enum.StrEnum):
    """What a link sent by e-mail is for."""

    VERIFY_EMAIL = "verify-email"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - a purpose, not a password


class EmailToken(Dated, Base):
    """A link sent by e-mail: works once, for a short time."""

    __tablename__ = "email_token"

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Who it was sent to.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )
    purpose: Mapped[TokenPurpose] = mapped_column(info=means("What it allows.", owner=Owner.SYSTEM))
    email: Mapped[str] = mapped_column(
        sa.String(254),
        info=means(
            "The address it was sent to, which using it proves.",
            owner=Owner.PERSON,
            privacy=Privacy.PERSONAL,
        ),
    )
    token_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        unique=True,
        info=means(
            "SHA-256 of the token in the link.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE
        ),
    )
    expires_at: Mapped[datetime] = mapped_column(
        info=means("After this it is worthless.", owner=Owner.SYSTEM)
    )

    person: Mapped[Person] = relationship(lazy="joined")


class RecoveryCode(Base):
    """One of the codes on paper that stand in for a lost phone; deleted when used."""

    __tablename__ = "recovery_code"

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Whose code it is.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL),
    )
    code_hash: Mapped[str] = mapped_column(
        sa.String(200),
        info=means("Argon2id hash of the code.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE),
    )


class AccessToken(Dated, Base):
    """A key for machines: acts as its person, within its scopes."""

    __tablename__ = "access_token"

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Whose rights it carries.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    name: Mapped[str] = mapped_column(
        sa.String(100), info=means("What its owner calls it.", owner=Owner.PERSON)
    )
    token_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        unique=True,
        info=means("SHA-256 of the token.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE),
    )
    scopes: Mapped[list[str]] = mapped_column(
        default=list, info=means("What it may be used for.", owner=Owner.PERSON)
    )
    expires_at: Mapped[datetime | None] = mapped_column(
        info=means("After this it is worthless.", owner=Owner.PERSON)
    )

    person: Mapped[Person] = relationship(lazy="joined")


class GuardianshipState(enum.StrEnum):
    """How far a parent's request to follow a child has come."""

    REQUESTED = "requested"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Guardianship(Dated, Base):
    """A parent or guardian who may follow a learner, with the learner's consent."""

    __tablename__ = "guardianship"
    __table_args__ = (sa.UniqueConstraint("guardian_id", "learner_id"),)

    guardian_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        info=means("The parent or guardian.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    learner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("The learner.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    state: Mapped[GuardianshipState] = mapped_column(
        default=GuardianshipState.REQUESTED,
        info=means("What the learner answered.", owner=Owner.PERSON, privacy=Privacy.PERSONAL),
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        info=means("When the learner answered.", owner=Owner.PERSON, privacy=Privacy.PERSONAL)
    )

    guardian: Mapped[Person] = relationship(foreign_keys=[guardian_id], lazy="joined")
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id], lazy="joined")
