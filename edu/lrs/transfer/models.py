"""Records on their way out and in: who asked, how far it is, what came of it."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means


class Direction(enum.StrEnum):
    """Out of the record, or into it."""

    EXPORT = "export"
    IMPORT = "import"


class Format(enum.StrEnum):
    """How statements are written into a file."""

    EXCEL = "csv-excel"
    CSV = "csv"
    PARQUET = "parquet"
    NDJSON = "ndjson"

    @property
    def suffix(self) -> str:
        """How names of such files end."""
        return "csv" if self is Format.EXCEL else self.value

    @property
    def media_type(self) -> str:
        """The type told to browsers."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.EXCEL: "text/csv; charset=utf-8",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.NDJSON: "application/x-ndjson",
}


class TransferState(enum.StrEnum):
    """How far it is."""

    UNCONFIRMED = "unconfirmed"  # an import: its file is here, nobody has said yes to it
    WAITING = "waiting"
    RUNNING = "running"
    STOPPING = "stopping"  # somebody asked for it; the batch under way is finished
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"  # nobody said yes


UNDER_WAY = frozenset({TransferState.WAITING, TransferState.RUNNING, TransferState.STOPPING})
"""While a job works on it, or is to."""

FORGOTTEN = "forgotten"
"""The only filter of an export about somebody who was forgotten since."""

RESUMABLE = frozenset({TransferState.STOPPED, TransferState.FAILED})
"""It came to no end, and may be taken up again."""


class Failure(enum.StrEnum):
    """Why nothing more came of it."""

    NO_ROOM = "no-room"
    BROKE_OFF = "broke-off"  # each time it was tried; the reason is in the log
    FORGOTTEN = "forgotten"  # it was about somebody who was forgotten since: it ends for good
    OVERTAKEN = "overtaken"  # each time it was written, somebody was forgotten meanwhile


class Transfer(TenantOwned, Dated, Base):
    """One export of an organisation's statements into a file, or one import from a file."""

    __tablename__ = "lrs_transfer"
    __steward__ = Steward(owner=Owner.COLLEGE, privacy=Privacy.INTERNAL)

    direction: Mapped[Direction] = mapped_column(info=means("Out of the record, or into it."))
    format: Mapped[Format] = mapped_column(info=means("How the file is written."))
    filters: Mapped[dict[str, Any]] = mapped_column(
        default=dict,
        info=means("Which statements were asked for.", privacy=Privacy.PERSONAL),
    )
    started_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        info=means("Who asked, and may fetch the file.", privacy=Privacy.PERSONAL),
    )
    state: Mapped[TransferState] = mapped_column(
        default=TransferState.WAITING, info=means("How far it is.")
    )
    done: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("Statements written, or lines read, so far.")
    )
    taken: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("Lines of an import that are in the record now.")
    )
    refused: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("Lines of an import that were not taken.")
    )
    report: Mapped[dict[str, Any]] = mapped_column(
        default=dict,
        info=means(
            "The first of those lines: number, and why, as a code; or why all of it failed, and "
            "how many people were forgotten meanwhile."
        ),
    )
    file_name: Mapped[str] = mapped_column(sa.String(200), info=means("Name of the file."))
    blob_key: Mapped[str] = mapped_column(
        sa.String(64), default="", info=means("Key of the file in the blob store, while kept.")
    )
    size: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("Length of the file in bytes.")
    )
    expires_at: Mapped[datetime | None] = mapped_column(info=means("When the file is deleted."))

    started_by: Mapped[Person] = relationship(lazy="joined")

    @property
    def is_under_way(self) -> bool:
        """True while a job works on it, or is to."""
        return self.state in UNDER_WAY

    @property
    def forgettings(self) -> int:
        """How many people were forgotten meanwhile: what was written before may tell of them."""
        return int(self.report.get("forgettings", 0))

    @property
    def failure(self) -> Failure | None:
        """Why it failed, if it did; former releases noted no reason, for they knew only one."""
        if self.state is not TransferState.FAILED:
            return None
        return Failure(self.report.get("failure", Failure.NO_ROOM))
