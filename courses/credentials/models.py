"""Certificates: issued, revoked, verified by anyone."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Privacy, Sharing, Steward, TenantOwned, means, utcnow
from edu.i18n import LanguageMap


class Certificate(TenantOwned, Base):
    """A document that says what somebody can do, and that anyone may verify by its code."""

    __tablename__ = "certificate"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "number"),)
    __steward__ = Steward(sharing=Sharing.SHARED, privacy=Privacy.PERSONAL)

    learner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), index=True, info=means("Who holds it.")
    )
    credit_entry_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("credit_entry.id"), unique=True, info=means("The credits it certifies.")
    )
    number: Mapped[str] = mapped_column(
        sa.String(40), info=means("Running number in the college's register.")
    )
    public_code: Mapped[str] = mapped_column(
        sa.String(32), unique=True, info=means("Random code in the QR code and on the document.")
    )
    holder_name: Mapped[str] = mapped_column(
        sa.String(200), info=means("The holder's name on that day.")
    )
    title: Mapped[LanguageMap] = mapped_column(info=means("What it certifies."))
    skills: Mapped[list[str]] = mapped_column(
        default=list, info=means("Codes of the skills it proves.")
    )
    details: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("Credits, hours and the regulations, as printed.")
    )
    issued_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When issued."))
    revoked_at: Mapped[datetime | None] = mapped_column(info=means("When revoked, if it was."))
    revoked_because: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("Why it was revoked.")
    )
    blob_key: Mapped[str] = mapped_column(
        sa.String(80), default="", info=means("The PDF in the file store, once made.")
    )

    learner: Mapped[Person] = relationship(lazy="joined")
