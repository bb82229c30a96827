"""What a learner chooses to show to employers, and the consents it rests on.

A person's own rows: they follow the person and belong to no organisation (DESIGN decision 10).
Nothing is kept of people who have not made a profile.
"""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Dated, Owner, Privacy, Steward, means, utcnow
from edu.i18n import Text, lazy
from edu.taxonomy.models import Skill
from employer_portal.matching.core.match import Evidence

OWN = Steward(owner=Owner.PERSON, privacy=Privacy.PERSONAL)


class Purpose(enum.StrEnum):
    """What a person may agree to, each by itself (Law 91/2025/QH15: consent per purpose)."""

    BE_FOUND = "be-found"
    SHOW_MASTERY = "show-mastery"


class ContactWay(enum.StrEnum):
    """How an employer may reach a person who said yes to it."""

    EMAIL = "email"
    PHONE = "phone"
    BOTH = "both"

    @property
    def label(self) -> Text:
        """The way in the reader's language."""
        return _WAYS[self]


_WAYS: dict[ContactWay, Text] = {
    ContactWay.EMAIL: lazy("By e-mail"),
    ContactWay.PHONE: lazy("By telephone"),
    ContactWay.BOTH: lazy("By e-mail or telephone"),
}


class Profile(Dated, Base):
    """What one person shows, once they agree to be found."""

    __tablename__ = "profile"
    __steward__ = OWN

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), unique=True, info=means("Whose profile it is.")
    )
    headline: Mapped[str] = mapped_column(
        sa.String(160), default="", info=means("What the person says of themselves in a sentence.")
    )
    places: Mapped[list[str]] = mapped_column(
        default=list, info=means("Communes in which the person would work; empty: any.")
    )
    contracts: Mapped[list[str]] = mapped_column(
        default=list, info=means("Kinds of contract the person would take; empty: any.")
    )
    contact_way: Mapped[ContactWay] = mapped_column(
        default=ContactWay.EMAIL, info=means("How an employer the person said yes to may write.")
    )
    certificates: Mapped[list[str]] = mapped_column(
        default=list, info=means("Ids of the certificates that the person shows.")
    )
    changed_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("Last change."))

    person: Mapped[Person] = relationship(lazy="joined")
    skills: Mapped[list["ProfileSkill"]] = relationship(
        back_populates="profile", cascade="all, delete-orphan", lazy="selectin"
    )

    def declared(self) -> list[Skill]:
        """The skills that rest on the person's word alone."""
        return [entry.skill for entry in self.skills if entry.evidence == Evidence.DECLARED]


class ProfileSkill(Base):
    """A skill that is shown, and what the claim rests on."""

    __tablename__ = "profile_skill"
    __table_args__ = (
        sa.UniqueConstraint("profile_id", "skill_id", "evidence"),
        sa.CheckConstraint("low >= 0 AND low <= mean AND mean <= 1", name="estimate"),
    )
    __steward__ = OWN

    profile_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("profile.id"), info=means("The profile.")
    )
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )
    evidence: Mapped[Evidence] = mapped_column(
        info=means("Certificate, estimate of mastery, or the person's own word.")
    )
    low: Mapped[float] = mapped_column(
        default=1.0, info=means("Low bound of an estimate of mastery, from 0 to 1; else 1.")
    )
    mean: Mapped[float] = mapped_column(
        default=1.0, info=means("Estimate of mastery, from 0 to 1; else 1.")
    )

    profile: Mapped[Profile] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship(lazy="joined")


class Consent(Dated, Base):
    """One yes to one purpose, in the wording of a version; kept after it is withdrawn."""

    __tablename__ = "profile_consent"
    __steward__ = OWN

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), info=means("Who agreed."))
    purpose: Mapped[Purpose] = mapped_column(info=means("To what."))
    text_version: Mapped[str] = mapped_column(
        sa.String(20), info=means("Version of the wording that was shown.")
    )
    text_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32), info=means("SHA-256 of the wording as the person read it.")
    )
    language: Mapped[str] = mapped_column(
        sa.String(5), info=means("Language in which it was read.")
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=means("When it was withdrawn."))


sa.Index(
    "uq_profile_consent_current",
    Consent.person_id,
    Consent.purpose,
    unique=True,
    sqlite_where=Consent.withdrawn_at.is_(None),
    postgresql_where=Consent.withdrawn_at.is_(None),
)
