"""Class groups: one run of a module, with a teacher, a time and places."""

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import Base, Dated, Privacy, Sharing, Steward, TenantOwned, means


class ClassState(enum.StrEnum):
    """Only a published class is seen by learners."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class ClassGroup(TenantOwned, Dated, Base):
    """One run of a module."""

    __tablename__ = "class_group"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "code"),
        sa.Index("ix_class_group_soonest", "state", "is_open", "starts_on", "id"),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        sa.CheckConstraint("ends_on >= starts_on", name="dates"),
    )
    __steward__ = Steward(sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    module_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("module.id"), index=True, info=means("The module that is taught.")
    )
    teacher_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), index=True, info=means("Who teaches.", privacy=Privacy.PERSONAL)
    )
    code: Mapped[str] = mapped_column(sa.String(40), info=means("Code of the class group."))
    starts_on: Mapped[date] = mapped_column(info=means("First day."))
    ends_on: Mapped[date] = mapped_column(info=means("Last day."))
    capacity: Mapped[int | None] = mapped_column(
        info=means("Places; empty when there is no limit.")
    )
    state: Mapped[ClassState] = mapped_column(
        default=ClassState.DRAFT, info=means("Draft, published or closed.")
    )
    is_open: Mapped[bool] = mapped_column(
        default=False, info=means("Anyone may enrol without asking.")
    )

    module: Mapped[Module] = relationship(lazy="joined")
    teacher: Mapped[Person] = relationship(lazy="joined")

    def is_over_on(self, day: date) -> bool:
        """True after its last day, and once it is closed."""
        return self.state == ClassState.CLOSED or self.ends_on < day
