"""Documents that tools keep beside the statements: states and profiles."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Owner, Privacy, Steward, TenantOwned, means, utcnow


class DocumentKind(enum.StrEnum):
    """What a document hangs on."""

    STATE = "state"
    AGENT_PROFILE = "agent-profile"
    ACTIVITY_PROFILE = "activity-profile"


class StoredDocument(TenantOwned, Base):
    """A document of a tool: any bytes, found by what they hang on and an id."""

    __tablename__ = "lrs_document"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)

    kind: Mapped[DocumentKind] = mapped_column(info=means("State, or profile of whom or what."))
    key: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16),
        unique=True,
        info=means("Organisation, kind, owners and id, shortened to 16 bytes."),
    )
    owner_key: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16),
        index=True,
        info=means("The same without registration and id: for lists."),
    )
    activity_id: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("The activity it hangs on, if it does.")
    )
    agent: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("The agent it hangs on, if it does, by its identifier.")
    )
    registration: Mapped[UUID | None] = mapped_column(
        info=means("The run it belongs to, if it was named.")
    )
    document_id: Mapped[str] = mapped_column(
        sa.Text, info=means("Its name among the documents of the same owner.")
    )
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, info=means("The document itself."))
    content_type: Mapped[str] = mapped_column(sa.String(255), info=means("Media type, as sent."))
    updated_at: Mapped[datetime] = mapped_column(
        default=utcnow, info=means("When it was last changed.")
    )
