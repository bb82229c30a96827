"""Statements and what is looked up of them: tables that only ever grow.

A statement is kept as the bytes it is told in. Its sequence number is its moment of storing: the
microseconds since 1970, shifted by TICK_BITS, so that one index serves order, "since" and "until".
There are no foreign keys, and nobody changes a row another writer might hold.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Owner, Privacy, Steward, TenantOwned, means

TICK_BITS = 11  # below the microsecond: tells writers apart that store at the same moment
LARGEST_SEQ = (1 << 63) - 1 - (1 << TICK_BITS)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite: the row's own number


def moment_of(seq: int) -> datetime:
    """When the statement with this sequence number was stored."""
    return EPOCH + timedelta(microseconds=seq >> TICK_BITS)


def first_seq_at(moment: datetime) -> int:
    """Smallest sequence number of that microsecond; far away, the nearest that can be kept."""
    seq = (moment - EPOCH) // timedelta(microseconds=1) << TICK_BITS
    return min(max(seq, 0), LARGEST_SEQ)


class Statement(TenantOwned, Base):
    """Somebody did something: one xAPI statement, never changed."""

    __tablename__ = "lrs_statement"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "id"),
        sa.Index("ix_lrs_statement_tenant_seq", "tenant_id", "seq"),
        sa.Index(
            "ix_lrs_statement_target",
            "tenant_id",
            "target_id",
            postgresql_where=sa.text("target_id IS NOT NULL"),
            sqlite_where=sa.text("target_id IS NOT NULL"),
        ),
    )

    seq: Mapped[int] = mapped_column(
        _Sequence,
        primary_key=True,
        sort_order=-3,
        info=means("When it was stored, as a number that also gives the order of storing."),
    )
    id: Mapped[UUID] = mapped_column(info=means("The statement's own identifier."))
    tenant_id: Mapped[UUID] = mapped_column(  # no foreign key: nothing is checked per statement
        info=means("The organisation whose record it is in.")
    )
    payload: Mapped[bytes] = mapped_column(
        sa.LargeBinary, info=means("The statement as it is told: JSON in UTF-8.")
    )
    target_id: Mapped[UUID | None] = mapped_column(
        info=means("The statement that this one refers to, if it does.")
    )
    is_voiding: Mapped[bool] = mapped_column(
        default=False, info=means("True when it takes the statement it refers to back.")
    )


class Mention(Base):
    """An agent, activity, verb or registration by which a statement is found.

    The key is a digest of the organisation and the thing, so every organisation searches its own.
    What a statement refers to is found through it too (Communication 2.1.3), so the keys of its
    target are copied here.
    """

    __tablename__ = "lrs_mention"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    __table_args__ = (
        # read along the index alone: where "usages" had to be fetched, PostgreSQL would for many
        # keys rather collect and sort all there is of them
        sa.PrimaryKeyConstraint("key", "seq", postgresql_include=["usages"]),
        {"sqlite_with_rowid": False},
    )

    id = None  # type: ignore[assignment]  # no identity of its own: a word of an index
    key: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16), info=means("What is mentioned, shortened to 16 bytes.")
    )
    seq: Mapped[int] = mapped_column(
        sa.BigInteger, autoincrement=False, info=means("The statement that mentions it.")
    )
    usages: Mapped[int] = mapped_column(
        sa.SmallInteger, info=means("Its places in the statement, one bit each.")
    )


class Description(TenantOwned, Base):
    """What a statement told of an agent, activity or verb: its identifier, and each wording.

    Each is kept once, more or less: two writers may both be first, which does no harm. Should two
    things ever have the same key, it shows here, and searches look twice.
    """

    __tablename__ = "lrs_description"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    __table_args__ = (sa.Index("ix_lrs_description_key", "key", "seq"),)

    tenant_id: Mapped[UUID] = mapped_column(info=means("The organisation whose record it is in."))
    key: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16), info=means("What is described, shortened to 16 bytes.")
    )
    seq: Mapped[int] = mapped_column(
        sa.BigInteger,
        info=means("The statement that said so first; 0 for the identifier itself."),
    )
    digest: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16), info=means("Tells this wording from others of the same thing.")
    )
    content: Mapped[bytes] = mapped_column(
        sa.LargeBinary,
        info=means("The identifier, or JSON of identifier and description; in UTF-8."),
    )


class StoredAttachment(TenantOwned, Base):
    """The file behind an attachment; its bytes are in the blob store, once."""

    __tablename__ = "lrs_attachment"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    __table_args__ = (sa.UniqueConstraint("tenant_id", "sha2"),)

    tenant_id: Mapped[UUID] = mapped_column(info=means("The organisation whose record it is in."))
    sha2: Mapped[str] = mapped_column(
        sa.String(128), info=means("Digest by which statements name it, in lower case.")
    )
    content_type: Mapped[str] = mapped_column(sa.String(255), info=means("Media type, as sent."))
    size: Mapped[int] = mapped_column(sa.BigInteger, info=means("Length in bytes."))
    blob: Mapped[str] = mapped_column(sa.String(64), info=means("Its key in the blob store."))
