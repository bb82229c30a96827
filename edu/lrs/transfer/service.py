"""Ask for exports and imports, and write down how far they are."""

import functools
from datetime import timedelta
from typing import BinaryIO

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import after_commit, db, lock, utcnow
from edu.lrs.transfer import queries
from edu.lrs.transfer.models import Direction, Failure, Format, Transfer, TransferState
from edu.lrs.transfer.ndjson import Report
from edu.lrs.transfer.wanted import Wanted
from edu.storage import references
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


def fail(transfer: Transfer, why: Failure) -> None:
    """Say that it came to no end. The file of an import is kept for a while, to go on with."""
    transfer.state = TransferState.FAILED
    transfer.report = {**transfer.report, "failure": why.value}
    transfer.expires_at = utcnow() + KEPT if transfer.blob_key else None


def resume(actor: Person, transfer: Transfer) -> bool:
    """Let what failed be tried again: an export from the beginning, an import from where it was.

    False where there is nothing to try: another was quicker, or the file is gone.
    """
    lock(transfer)
    if not queries.can_be_resumed(transfer):
        return False
    transfer.state, transfer.expires_at = TransferState.WAITING, None
    transfer.report = {name: told for name, told in transfer.report.items() if name != "failure"}
    if transfer.direction is Direction.EXPORT:
        transfer.done = 0
    audit.record("lrs.transfer_resumed", actor_id=actor.id, subject=transfer)
    return True


def discard(stored: StoredBlob) -> None:
    """Delete a file that was stored for an export and could not be noted, unless needed else."""
    db.session.rollback()
    if not references.is_wanted(stored.key):
        storage.store().delete(stored.key)


def forget_file(transfer: Transfer) -> None:
    """Delete the file once that is stored, unless another needs the same bytes."""
    blob_key, transfer.blob_key = transfer.blob_key, ""
    db.session.flush()
    if blob_key and not queries.is_file_wanted(blob_key):
        after_commit(functools.partial(storage.store().delete, blob_key))
