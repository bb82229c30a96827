"""The audit log: who did what to which record, append-only."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Dated, Owner, Privacy, means


class AuditEntry(Dated, Base):
    """One act worth remembering. No foreign keys: it outlives what it speaks of."""

    __tablename__ = "audit_entry"
    __table_args__ = (sa.Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    actor_id: Mapped[UUID | None] = mapped_column(
        index=True,
        info=means(
            "Who acted; empty for the system.", owner=Owner.SYSTEM, privacy=Privacy.PERSONAL
        ),
    )
    organisation_id: Mapped[UUID | None] = mapped_column(
        index=True, info=means("For which organisation.", owner=Owner.SYSTEM)
    )
    action: Mapped[str] = mapped_column(
        sa.String(100), info=means("What was done, as a code.", owner=Owner.SYSTEM)
    )
    subject_kind: Mapped[str] = mapped_column(
        sa.String(60), default="", info=means("To which kind of record.", owner=Owner.SYSTEM)
    )
    subject_id: Mapped[UUID | None] = mapped_column(
        info=means("To which record.", owner=Owner.SYSTEM)
    )
    details: Mapped[dict[str, Any]] = mapped_column(
        default=dict,
        info=means(
            "Values before and after, where they matter.",
            owner=Owner.SYSTEM,
            privacy=Privacy.PERSONAL,
        ),
    )
    address: Mapped[str] = mapped_column(
        sa.String(45),
        default="",
        info=means("Network address it came from.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE),
    )
