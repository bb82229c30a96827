"""Marks: what a learner was given for tests and examinations, and who gave it."""

import enum
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.enrolment.models import Enrolment
from edu.db import Base, Privacy, Steward, TenantOwned, means, utcnow


class MarkKind(enum.StrEnum):
    """The kinds that the regulations weigh (Circular 04/2022/TT-BLĐTBXH)."""

    REGULAR = "regular"
    PERIODIC = "periodic"
    FINAL = "final"


class Mark(TenantOwned, Base):
    """One mark. A resit adds another of the same kind and slot; nothing is overwritten."""

    __tablename__ = "mark"
    __table_args__ = (
        sa.Index("ix_mark_enrolment_given", "enrolment_id", "given_at"),
        sa.CheckConstraint("value >= 0 AND value <= 10", name="scale"),
    )
    __steward__ = Steward(privacy=Privacy.PERSONAL)

    enrolment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("enrolment.id"), info=means("The learner's place in the class.")
    )
    kind: Mapped[MarkKind] = mapped_column(info=means("Regular test, periodic test or final."))
    slot: Mapped[str] = mapped_column(
        sa.String(200), default="", info=means("Which test: attempts at one share its name.")
    )
    value: Mapped[Decimal] = mapped_column(
        sa.Numeric(4, 2), info=means("Mark on the 10-point scale.")
    )
    given_by_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who gave it; empty when a quiz did.")
    )
    given_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When."))

    enrolment: Mapped[Enrolment] = relationship()
