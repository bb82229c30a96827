"""What the indicators were on each day, for each organisation."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Owner, Privacy, Sharing, Steward, means
from edu.tenancy.models import Organisation


class IndicatorValue(Base):
    """One indicator of one organisation on one day; the day's last value stands."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "day", "indicator"),
        sa.Index("ix_indicator_value_day", "day"),
    )
    __steward__ = Steward(owner=Owner.PROVINCE, sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), info=means("The college, or the province as a whole.")
    )
    day: Mapped[date] = mapped_column(info=means("The day."))
    indicator: Mapped[str] = mapped_column(sa.String(60), info=means("Code of the indicator."))
    indicator_set: Mapped[str] = mapped_column(
        sa.String(60), info=means("The set of indicators in force.")
    )
    value: Mapped[float] = mapped_column(info=means("The value, in the indicator's unit."))
    people: Mapped[int | None] = mapped_column(
        info=means(
            "How many people the value rests on; empty where it is not about people.",
            privacy=Privacy.INTERNAL,
        )
    )
    worked_out_at: Mapped[datetime] = mapped_column(info=means("When it was worked out."))

    organisation: Mapped[Organisation] = relationship(lazy="joined")
