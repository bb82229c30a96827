"""Employer and learner meet: one asks, the other answers, and only then learn who they are."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means
from employer_portal.needs.models import SkillNeed
from employer_portal.profiles.models import Profile


class ContactState(enum.StrEnum):
    """How far the two have come."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    NOT_HIRED = "not-hired"


OPEN = frozenset({ContactState.ACCEPTED, ContactState.HIRED, ContactState.NOT_HIRED})
"""The employer may see who the person is."""


class Contact(TenantOwned, Dated, Base):
    """What passes between one employer and one person about one need.

    Candidate data: deleted some time after the need is closed unless the person was hired or
    agreed to it being kept (Law 91/2025/QH15 art. 25).
    """

    __tablename__ = "contact"
    __table_args__ = (sa.UniqueConstraint("need_id", "profile_id"),)
    __steward__ = Steward(owner=Owner.PERSON, privacy=Privacy.PERSONAL)

    need_id: Mapped[UUID] = mapped_column(sa.ForeignKey("skill_need.id"), info=means("The need."))
    profile_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("profile.id", ondelete="CASCADE"), index=True, info=means("The candidate.")
    )
    is_offer: Mapped[bool] = mapped_column(
        info=means("The person came forward, rather than being asked.")
    )
    message: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("What the one who began said to the other.")
    )
    asked_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), index=True, info=means("Who began.")
    )
    state: Mapped[ContactState] = mapped_column(info=means("How far the two have come."))
    answered_at: Mapped[datetime | None] = mapped_column(info=means("When the person answered."))
    may_keep: Mapped[bool] = mapped_column(
        default=False, info=means("The person agrees that it is kept for later openings.")
    )

    need: Mapped[SkillNeed] = relationship(lazy="joined")
    profile: Mapped[Profile] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """True while the employer may see who the person is."""
        return self.state in OPEN
