"""Who took what into their courses: the ledger of sharing."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Dated, Privacy, Sharing, Steward, TenantOwned, means


class Reuse(TenantOwned, Dated, Base):
    """A college took a resource into a course of its own. Without key: it outlives the resource."""

    __tablename__ = "reuse"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "resource_id", "place"),)
    __steward__ = Steward(sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    resource_id: Mapped[UUID] = mapped_column(index=True, info=means("What was reused."))
    version: Mapped[int] = mapped_column(info=means("Which version of it."))
    given_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id"), index=True, info=means("The college that had shared it.")
    )
    place: Mapped[str] = mapped_column(sa.String(200), info=means("Where it was put."))
    reused_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who put it there.", privacy=Privacy.PERSONAL)
    )
