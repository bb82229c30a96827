"""Who fits a need, worked out beforehand."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Owner, Privacy, Steward, means, utcnow
from employer_portal.profiles.models import Profile


class Candidate(Base):
    """How well one profile fits one need. Holds no reasons: they are worked out when shown.

    It is between a person and an employer and so neither's own row; it lives exactly as long as
    the need is open and the person agrees to be found.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        sa.UniqueConstraint("need_id", "profile_id"),
        sa.Index("ix_candidate_best", "need_id", "score"),
    )
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)

    need_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill_need.id", ondelete="CASCADE"), info=means("The need.")
    )
    profile_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("profile.id", ondelete="CASCADE"), index=True, info=means("The candidate.")
    )
    score: Mapped[float] = mapped_column(info=means("How well the two fit, from 0 to 1."))
    matched_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When worked out."))

    profile: Mapped[Profile] = relationship(lazy="joined")
