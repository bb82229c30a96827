"""What was recommended to whom, with which probability, and why: the log another policy needs."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Owner, Privacy, Steward, means, utcnow


class Recommended(Base):
    """One recommendation that a learner saw."""

    __tablename__ = "recommended"
    __table_args__ = (sa.UniqueConstraint("person_id", "occasion"),)
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), info=means("To whom."))
    occasion: Mapped[str] = mapped_column(
        sa.String(64), info=means("Day and progress: a reload is no new occasion.")
    )
    activity: Mapped[str] = mapped_column(sa.String(200), info=means("What was recommended."))
    reason: Mapped[str] = mapped_column(sa.String(40), info=means("Why, as a code."))
    values: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("The numbers in the reason's sentence.")
    )
    policy: Mapped[str] = mapped_column(sa.String(40), info=means("By which policy."))
    propensity: Mapped[float] = mapped_column(
        info=means("The probability with which that policy chooses it.")
    )
    shown_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When first shown."))
