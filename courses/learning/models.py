"""Progress: how far a learner is in each unit."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.authoring.models import Unit
from courses.enrolment.models import Enrolment
from edu.db import Base, Privacy, Steward, TenantOwned, means, utcnow


class UnitProgress(TenantOwned, Base):
    """One learner's way through one unit."""

    __tablename__ = "unit_progress"
    __table_args__ = (sa.UniqueConstraint("enrolment_id", "unit_id"),)
    __steward__ = Steward(privacy=Privacy.SENSITIVE)  # tracking of behaviour: Decree 356/2025

    enrolment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("enrolment.id"), info=means("The learner's place in the class.")
    )
    unit_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("unit.id"), index=True, info=means("The unit.")
    )
    block_key: Mapped[str] = mapped_column(
        sa.String(64), default="", info=means("The block where the learner left off.")
    )
    started_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("First opened."))
    seen_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("Last opened."))
    completed_at: Mapped[datetime | None] = mapped_column(info=means("When it was completed."))

    enrolment: Mapped[Enrolment] = relationship()
    unit: Mapped[Unit] = relationship()
