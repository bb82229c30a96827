"""Keys with which tools reach the record of one organisation."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means


class Scope(enum.StrEnum):
    """What a key or token may be used for (Communication 4.2)."""

    WRITE = "statements/write"
    READ_MINE = "statements/read/mine"
    READ = "statements/read"
    STATE = "state"
    DEFINE = "define"
    PROFILE = "profile"
    ALL_READ = "all/read"
    ALL = "all"


class LrsKey(TenantOwned, Dated, Base):
    """One tool's key to the record: a name and a secret, within scopes, until it ends."""

    __tablename__ = "lrs_key"
    __steward__ = Steward(owner=Owner.COLLEGE, privacy=Privacy.INTERNAL)

    name: Mapped[str] = mapped_column(
        sa.String(100), info=means("Which tool uses it, as people call it.")
    )
    username: Mapped[str] = mapped_column(
        sa.String(40), unique=True, info=means("First half of the key, shown openly.")
    )
    secret_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        info=means("SHA-256 of the second half.", privacy=Privacy.SENSITIVE),
    )
    old_secret_hash: Mapped[bytes | None] = mapped_column(
        sa.LargeBinary(32),
        info=means("SHA-256 of the secret before the last change.", privacy=Privacy.SENSITIVE),
    )
    old_secret_until: Mapped[datetime | None] = mapped_column(
        info=means("Until when the former secret is still taken.")
    )
    scopes: Mapped[list[str]] = mapped_column(default=list, info=means("What it may be used for."))
    expires_at: Mapped[datetime | None] = mapped_column(
        info=means("When it ends by itself; empty: never.")
    )
    revoked_at: Mapped[datetime | None] = mapped_column(info=means("When somebody ended it."))
    used_at: Mapped[datetime | None] = mapped_column(
        info=means("Last use, to the hour.", owner=Owner.SYSTEM)
    )

    def is_good_at(self, moment: datetime) -> bool:
        """True while the key is taken."""
        return self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)


class LrsToken(TenantOwned, Dated, Base):
    """A bearer token that a key was exchanged for: for an hour, perhaps with fewer scopes."""

    __tablename__ = "lrs_token"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.INTERNAL)

    key_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("lrs_key.id"), index=True, info=means("The key it stands for.")
    )
    token_hash: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        unique=True,
        info=means("SHA-256 of the token.", privacy=Privacy.SENSITIVE),
    )
    scopes: Mapped[list[str]] = mapped_column(default=list, info=means("What it may be used for."))
    expires_at: Mapped[datetime] = mapped_column(info=means("After this it is worthless."))

    key: Mapped[LrsKey] = relationship(lazy="joined")
