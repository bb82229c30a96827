"""What dashboards show, worked out beforehand: a page view counts nothing."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Owner, Privacy, Steward, TenantOwned, means
from edu.i18n import LanguageMap


class PartName(enum.StrEnum):
    """The parts that are worked out beforehand."""

    COLLEGE = "college"  # figures of a college that are no indicators
    DAYS = "days"  # what happened on each of the last days
    MODULES = "modules"
    COMMUNES = "communes"  # of the province
    GAPS = "gaps"  # of the province


class DashboardPart(Base):
    """One part of an organisation's dashboard, without names."""

    __tablename__ = "dashboard_part"
    __table_args__ = (sa.UniqueConstraint("organisation_id", "name"),)
    __steward__ = Steward(owner=Owner.SYSTEM)

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), info=means("Whose dashboard.")
    )
    name: Mapped[PartName] = mapped_column(info=means("Which part of it."))
    content: Mapped[dict[str, Any]] = mapped_column(info=means("The figures, as JSON."))
    worked_out_at: Mapped[datetime] = mapped_column(info=means("When they were worked out."))


class QuietLearner(TenantOwned, Base):
    """A place in a class whose learner has done nothing for a while; the list is made anew."""

    __tablename__ = "quiet_learner"
    # inferred from the tracking of behaviour: sensitive (Decree 356/2025/NĐ-CP)
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE)

    enrolment_id: Mapped[UUID] = mapped_column(unique=True, info=means("The place in the class."))
    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), index=True, info=means("The learner.")
    )
    class_group_id: Mapped[UUID] = mapped_column(info=means("The class."))
    class_code: Mapped[str] = mapped_column(sa.String(40), info=means("Code of the class."))
    module_title: Mapped[LanguageMap] = mapped_column(info=means("Name of its module."))
    last_active_at: Mapped[datetime] = mapped_column(info=means("When they last did something."))

    person: Mapped[Person] = relationship(lazy="joined")
