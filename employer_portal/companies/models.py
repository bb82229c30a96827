"""Employers: what an organisation says of itself, and whether the province has verified it."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Sharing, Steward, means
from edu.i18n import Text, lazy
from edu.tenancy.models import Organisation


class Standing(enum.StrEnum):
    """What the province has found out about an employer."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"

    @property
    def label(self) -> Text:
        """The standing in the reader's language."""
        return _LABELS[self]


_LABELS: dict[Standing, Text] = {
    Standing.PENDING: lazy("Waits for the province"),
    Standing.VERIFIED: lazy("Verified"),
    Standing.REFUSED: lazy("Refused"),
}


class Company(Dated, Base):
    """An employer's entry in the province's register; one for each organisation that hires.

    Not a tenant's row: the employer writes what it is, the province whether that is true.
    """

    __tablename__ = "company"
    __table_args__ = (sa.CheckConstraint("size > 0", name="size"),)
    __steward__ = Steward(owner=Owner.EMPLOYER, sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), unique=True, info=means("The organisation that hires.")
    )
    tax_code: Mapped[str] = mapped_column(
        sa.String(14), index=True, info=means("Tax code: identifies the enterprise to the state.")
    )
    industry_code: Mapped[str] = mapped_column(
        sa.String(10), default="", info=means("Section of the economy (VSIC level 1).")
    )
    size: Mapped[int | None] = mapped_column(info=means("How many people work there."))
    website: Mapped[str] = mapped_column(
        sa.String(200), default="", info=means("Address of its own site.")
    )
    standing: Mapped[Standing] = mapped_column(
        default=Standing.PENDING,
        index=True,
        info=means("Whether the province has verified it.", owner=Owner.PROVINCE),
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        info=means("When the province decided.", owner=Owner.PROVINCE)
    )
    decided_by_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("person.id"),
        info=means("Which officer decided.", owner=Owner.PROVINCE, privacy=Privacy.PERSONAL),
    )
    refused_because: Mapped[str] = mapped_column(
        sa.Text,
        default="",
        info=means(
            "Why it was refused, for the employer to read.",
            owner=Owner.PROVINCE,
            privacy=Privacy.INTERNAL,
        ),
    )

    organisation: Mapped[Organisation] = relationship(lazy="joined")

    @property
    def is_verified(self) -> bool:
        """True while the province stands by it: its needs are then published."""
        return self.standing == Standing.VERIFIED
