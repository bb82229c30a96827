"""Ask for exports and imports, and write down how far they are."""

import functools
from datetime import timedelta
from typing import BinaryIO

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import after_commit, db, utcnow
from edu.lrs.transfer import queries
from edu.lrs.transfer.models import Direction, Format, Transfer, TransferState
from edu.lrs.transfer.ndjson import Report
from edu.lrs.transfer.wanted import Wanted
from edu.storage import service as storage
from edu.storage.blobs import StoredBlob
from edu.storage.filenames import safe_filename

KEPT = timedelta(days=7)
LINES_SHOWN = 500  # refused lines that the report names


def ask_for_export(actor: Person, wanted: Wanted, kind: Format) -> Transfer:
    """Write statements into a file, later; whose data leaves is noted now."""
    transfer = Transfer(
        direction=Direction.EXPORT,
        format=kind,
        filters=wanted.filters(),
        started_by=actor,
        file_name=safe_filename(f"statements-{utcnow():%Y%m%d-%H%M}.{kind.suffix}"),
    )
    db.session.add(transfer)
    db.session.flush()
    audit.record(
        "lrs.exported",
        actor_id=actor.id,
        subject=transfer,
        format=kind.value,
        filters=transfer.filters,
    )
    return transfer


def ask_for_import(actor: Person, name: str, content: BinaryIO) -> Transfer:
    """Keep a file of statements and take it in later."""
    stored = storage.store().put(content)
    transfer = Transfer(
        direction=Direction.IMPORT,
        format=Format.NDJSON,
        started_by=actor,
        file_name=safe_filename(name),
        blob_key=stored.key,
        size=stored.size,
    )
    db.session.add(transfer)
    db.session.flush()
    audit.record("lrs.imported", actor_id=actor.id, subject=transfer, file=transfer.file_name)
    return transfer


def note_written(transfer: Transfer, done: int) -> None:
    """Say how many statements are in the file so far."""
    transfer.state, transfer.done = TransferState.RUNNING, done


def note_taken(transfer: Transfer, report: Report) -> None:
    """Say what became of the lines so far."""
    transfer.state = TransferState.RUNNING
    transfer.done, transfer.taken = report.read, report.taken
    told = transfer.refused - report.refused_before  # of this report, by earlier calls
    fresh = [[each.line, each.why] for each in report.refused[told:]]
    transfer.refused = report.refused_before + len(report.refused)
    lines = [*transfer.report.get("lines", ()), *fresh]
    transfer.report = {"lines": lines[:LINES_SHOWN]}


def finish_export(transfer: Transfer, done: int, stored: StoredBlob) -> None:
    """Offer the file, for a while."""
    transfer.state, transfer.done = TransferState.DONE, done
    transfer.blob_key, transfer.size = stored.key, stored.size
    transfer.expires_at = utcnow() + KEPT


def finish_import(transfer: Transfer) -> None:
    """Close an import; its file is no longer needed."""
    transfer.state = TransferState.DONE
    forget_file(transfer)


def fail(transfer: Transfer) -> None:
    """Say that nothing came of it."""
    transfer.state = TransferState.FAILED
    if transfer.direction is Direction.IMPORT:
        forget_file(transfer)


def forget_file(transfer: Transfer) -> None:
    """Delete the file once that is stored, unless another needs the same bytes."""
    blob_key, transfer.blob_key = transfer.blob_key, ""
    db.session.flush()
    if blob_key and not queries.is_file_wanted(blob_key):
        after_commit(functools.partial(storage.store().delete, blob_key))
