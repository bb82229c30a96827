"""Skill needs: what a job takes, in the words of the taxonomy.

A need that is a job, an internship or an apprenticeship is a vacancy: people are looked for now.
An outlook is told to the colleges and has no vacancy yet.
"""

import enum
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Sharing, Steward, TenantOwned, means
from edu.i18n import LanguageMap, Text, lazy
from edu.taxonomy.models import Occupation, Skill


class NeedKind(enum.StrEnum):
    """What is offered to whoever has the skills."""

    JOB = "job"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    OUTLOOK = "need"

    @property
    def label(self) -> Text:
        """The kind in the reader's language."""
        return _KINDS[self]


_KINDS: dict[NeedKind, Text] = {
    NeedKind.JOB: lazy("Job"),
    NeedKind.INTERNSHIP: lazy("Internship"),
    NeedKind.APPRENTICESHIP: lazy("Apprenticeship"),
    NeedKind.OUTLOOK: lazy("Outlook: tell the colleges, no vacancy yet"),
}

VACANCIES = frozenset(NeedKind) - {NeedKind.OUTLOOK}


class Contract(enum.StrEnum):
    """How the work is arranged."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    SEASONAL = "seasonal"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"

    @property
    def label(self) -> Text:
        """The contract in the reader's language."""
        return _CONTRACTS[self]


_CONTRACTS: dict[Contract, Text] = {
    Contract.FULL_TIME: lazy("Full time"),
    Contract.PART_TIME: lazy("Part time"),
    Contract.SEASONAL: lazy("Seasonal"),
    Contract.INTERNSHIP: lazy("Internship agreement"),
    Contract.APPRENTICESHIP: lazy("Apprenticeship contract"),
}


class NeedState(enum.StrEnum):
    """Only a published need is seen by others, and only while its employer is verified."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Closing(enum.StrEnum):
    """Why a need is closed."""

    FILLED = "filled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class SkillNeed(TenantOwned, Dated, Base):
    """What an employer looks for."""

    __tablename__ = "skill_need"
    __table_args__ = (
        sa.Index("ix_skill_need_open", "state", "valid_until"),
        sa.CheckConstraint("openings > 0", name="openings"),
        sa.CheckConstraint("pay_to >= pay_from", name="pay"),
    )
    __steward__ = Steward(owner=Owner.EMPLOYER, sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    title: Mapped[LanguageMap] = mapped_column(info=means("Title of the job."))
    about: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("What the work is like, in a few sentences.")
    )
    kind: Mapped[NeedKind] = mapped_column(
        info=means("Job, internship, apprenticeship, or an outlook without a vacancy.")
    )
    occupation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("occupation.id"), index=True, info=means("The occupation it belongs to.")
    )
    place_code: Mapped[str] = mapped_column(
        sa.String(10), default="", info=means("Commune of the place of work (two-tier code).")
    )
    openings: Mapped[int] = mapped_column(default=1, info=means("How many people are looked for."))
    contract: Mapped[Contract | None] = mapped_column(info=means("How the work is arranged."))
    pay_from: Mapped[int | None] = mapped_column(
        info=means("Least gross pay or allowance, in đồng a month.")
    )
    pay_to: Mapped[int | None] = mapped_column(
        info=means("Most gross pay or allowance, in đồng a month.")
    )
    minimum_age: Mapped[int] = mapped_column(
        default=18, info=means("Least age that the law asks for in this work: 15, 16 or 18.")
    )
    valid_until: Mapped[date] = mapped_column(info=means("Last day on which it holds."))
    state: Mapped[NeedState] = mapped_column(
        default=NeedState.DRAFT, info=means("Draft, published or closed.")
    )
    published_at: Mapped[datetime | None] = mapped_column(info=means("When it was published."))
    closed_at: Mapped[datetime | None] = mapped_column(info=means("When it was closed."))
    closed_because: Mapped[Closing | None] = mapped_column(
        info=means("Filled, withdrawn or expired.")
    )
    posted_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        index=True,
        info=means("Which recruiter posted it.", privacy=Privacy.PERSONAL),
    )

    occupation: Mapped[Occupation] = relationship(lazy="joined")
    skills: Mapped[list["NeedSkill"]] = relationship(
        back_populates="need",
        cascade="all, delete-orphan",
        order_by="NeedSkill.position",
        lazy="selectin",
    )

    @property
    def essential(self) -> list[Skill]:
        """The skills without which the work cannot be done."""
        return [entry.skill for entry in self.skills if entry.is_essential]

    @property
    def optional(self) -> list[Skill]:
        """The skills that help."""
        return [entry.skill for entry in self.skills if not entry.is_essential]

    @property
    def is_vacancy(self) -> bool:
        """True when people are looked for, not only foreseen."""
        return self.kind in VACANCIES

    def is_open_on(self, day: date) -> bool:
        """True while it is published and holds."""
        return self.state == NeedState.PUBLISHED and self.valid_until >= day


class NeedSkill(TenantOwned, Base):
    """A skill that a need asks for."""

    __tablename__ = "need_skill"
    __table_args__ = (sa.UniqueConstraint("need_id", "skill_id"),)
    __steward__ = Steward(owner=Owner.EMPLOYER, sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    need_id: Mapped[UUID] = mapped_column(sa.ForeignKey("skill_need.id"), info=means("The need."))
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )
    is_essential: Mapped[bool] = mapped_column(
        info=means("Essential for the work, rather than useful.")
    )
    position: Mapped[int] = mapped_column(info=means("Place in the employer's list."))

    need: Mapped[SkillNeed] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship(lazy="joined")
