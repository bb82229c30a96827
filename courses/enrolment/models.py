"""Enrolment: a learner's place in a class group."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.catalogue.models import ClassGroup
from edu.accounts.models import Person
from edu.db import Base, Privacy, Steward, TenantOwned, means, utcnow


class EnrolmentState(enum.StrEnum):
    """Where a learner stands in a class."""

    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Enrolment(TenantOwned, Base):
    """One learner's place in one class group."""

    __tablename__ = "enrolment"
    __table_args__ = (sa.UniqueConstraint("class_group_id", "learner_id"),)
    __steward__ = Steward(privacy=Privacy.PERSONAL)

    class_group_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("class_group.id"), info=means("The class group.")
    )
    learner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), index=True, info=means("Who learns.")
    )
    state: Mapped[EnrolmentState] = mapped_column(
        default=EnrolmentState.ACTIVE, info=means("Active, completed or withdrawn.")
    )
    enrolled_at: Mapped[datetime] = mapped_column(
        default=utcnow, info=means("When the place was given.")
    )
    ended_at: Mapped[datetime | None] = mapped_column(
        info=means("When it was completed or given back.")
    )
    registration: Mapped[UUID] = mapped_column(
        unique=True, info=means("The xAPI registration of every statement about this run.")
    )

    class_group: Mapped[ClassGroup] = relationship(lazy="joined")
    learner: Mapped[Person] = relationship(lazy="joined")
