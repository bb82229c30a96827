"""Invitations of people to a role in an organisation."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person, Role
from edu.db import Base, Dated, Owner, Privacy, TenantOwned, means


class Invitation(TenantOwned, Dated, Base):
    """A link sent by e-mail that gives its reader a role here; works once, for a week."""

    __tablename__ = "invitation"

    email: Mapped[str] = mapped_column(
        sa.String(254), info=means("Who is invited.", privacy=Privacy.PERSONAL)
    )
    role: Mapped[Role] = mapped_column(info=means("As what.", privacy=Privacy.PERSONAL))
    invited_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who invites.", privacy=Privacy.PERSONAL)
    )
    token_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        unique=True,
        info=means(
            "SHA-256 of the token in the link.", owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE
        ),
    )
    expires_at: Mapped[datetime] = mapped_column(
        info=means("After this it is worthless.", owner=Owner.SYSTEM)
    )
    accepted_at: Mapped[datetime | None] = mapped_column(
        info=means("When it was taken up.", privacy=Privacy.PERSONAL)
    )

    invited_by: Mapped[Person] = relationship(lazy="joined")
