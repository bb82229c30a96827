"""Ask for exports and imports, and write down how far they are."""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import BinaryIO

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import after_commit, db, lock, start_of, today, utcnow
from edu.lrs.core.json_in import JsonObject
from edu.lrs.transfer import queries
from edu.lrs.transfer.models import FORGOTTEN, Direction, Failure, Format, Transfer, TransferState
from edu.lrs.transfer.ndjson import Report
from edu.lrs.wanted import Wanted
from edu.storage import references
from edu.storage import service as storage
from edu.storage.blobs import StoredBlob
from edu.storage.filenames import safe_filename

KEPT = timedelta(days=7)
LINES_SHOWN = 500  # refused lines that the report names


def ask_for_export(actor: Person, wanted: Wanted, kind: Format) -> Transfer:
    """Write statements into a file, later; whose data leaves is noted now."""
    here = utcnow().astimezone(start_of(today()).tzinfo)
    transfer = Transfer(
        direction=Direction.EXPORT,
        format=kind,
        filters=wanted.filters(),
        started_by=actor,
        file_name=safe_filename(f"statements-{here:%Y%m%d-%H%M%S}.{kind.suffix}"),
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


def upload(actor: Person, name: str, content: BinaryIO) -> Transfer:
    """Keep a file of statements for a while, until somebody says whether to take it in."""
    stored = storage.store().put(content)
    transfer = Transfer(
        direction=Direction.IMPORT,
        format=Format.NDJSON,
        started_by=actor,
        state=TransferState.UNCONFIRMED,
        file_name=safe_filename(name),
        blob_key=stored.key,
        size=stored.size,
        expires_at=utcnow() + KEPT,
    )
    db.session.add(transfer)
    db.session.flush()
    return transfer


def confirm(actor: Person, transfer: Transfer) -> bool:
    """Let an uploaded file be taken in. False where another was quicker, or the file is gone."""
    lock(transfer)
    if transfer.state is not TransferState.UNCONFIRMED or not queries.is_kept(transfer):
        return False
    transfer.state, transfer.expires_at = TransferState.WAITING, None
    audit.record("lrs.imported", actor_id=actor.id, subject=transfer, file=transfer.file_name)
    return True


def discard(actor: Person, transfer: Transfer) -> None:
    """Delete an uploaded file that is not to be taken in; one that was confirmed stays."""
    lock(transfer)
    if transfer.state is TransferState.UNCONFIRMED:
        forget_file(transfer)
        audit.record("lrs.import_discarded", actor_id=actor.id, subject=transfer)


def stop(actor: Person, transfer: Transfer) -> None:
    """Let an import end after the batch under way; what came in stays."""
    lock(transfer)
    if transfer.direction is Direction.IMPORT and transfer.is_under_way:
        transfer.state = TransferState.STOPPING
        audit.record("lrs.transfer_stopped", actor_id=actor.id, subject=transfer)


def heed_stop(transfer: Transfer) -> bool:
    """Stop an import if somebody asked for it; the file is kept for a while, to go on with."""
    lock(transfer)
    if transfer.state is not TransferState.STOPPING:
        return False
    transfer.state, transfer.expires_at = TransferState.STOPPED, utcnow() + KEPT
    return True


def note_written(transfer: Transfer, done: int) -> None:
    """Say how many statements are in the file so far, unless it has ended meanwhile."""
    lock(transfer)
    if transfer.is_under_way:
        transfer.state, transfer.done = TransferState.RUNNING, done


def note_taken(transfer: Transfer, report: Report) -> None:
    """Say what became of the lines so far, and stop there if somebody asked for it."""
    if not heed_stop(transfer):
        transfer.state = TransferState.RUNNING
    transfer.done, transfer.taken = report.read, report.taken
    told = transfer.refused - report.refused_before  # of this report, by earlier calls
    fresh = [[each.line, each.why] for each in report.refused[told:]]
    transfer.refused = report.refused_before + len(report.refused)
    lines = [*transfer.report.get("lines", ()), *fresh]
    transfer.report = {"lines": lines[:LINES_SHOWN]}


def finish_export(transfer: Transfer, done: int, stored: StoredBlob, forgettings: int) -> bool:
    """Offer the file, for a while. `forgettings` is how many there were when it was begun.

    False where it is not to be offered: somebody was forgotten meanwhile, who may be in it.
    """
    lock(transfer)
    if not transfer.is_under_way or transfer.forgettings != forgettings:
        return False
    transfer.state, transfer.done = TransferState.DONE, done
    transfer.blob_key, transfer.size = stored.key, stored.size
    transfer.expires_at = utcnow() + KEPT
    return True


def finish_import(transfer: Transfer) -> None:
    """Close an import; its file is no longer needed."""
    transfer.state = TransferState.DONE
    forget_file(transfer)


def fail(transfer: Transfer, why: Failure) -> None:
    """Say that what was under way came to no end.

    The file of an import is kept for a while, to go on with.
    """
    lock(transfer)
    if not transfer.is_under_way:
        return
    transfer.state = TransferState.FAILED
    transfer.report = {**transfer.report, "failure": why.value}
    transfer.expires_at = utcnow() + KEPT if transfer.blob_key else None


def resume(actor: Person, transfer: Transfer) -> bool:
    """Take up again what came to no end: an export from the beginning, an import where it was.

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


def throw_away(stored: StoredBlob) -> None:
    """Delete a file that was stored for an export and could not be noted, unless needed else."""
    db.session.rollback()
    if not references.is_wanted(stored.key):
        storage.store().delete(stored.key)


def forget_file(transfer: Transfer) -> None:
    """Delete the file once that is stored, unless another needs the same bytes."""
    blob_key, transfer.blob_key = transfer.blob_key, ""
    if transfer.state is TransferState.UNCONFIRMED:
        transfer.state = TransferState.DISCARDED
    db.session.flush()
    if blob_key and not references.is_wanted(blob_key):
        after_commit(functools.partial(storage.store().delete, blob_key))


def forget_person(is_person: Callable[[JsonObject], bool]) -> None:
    """Take somebody, who is in the record no more, out of exports: of what they are, and hold.

    Those under way are told first: one that ends sooner has a file, which goes with the others.
    """
    for each in queries.exports():
        lock(each)
        if is_person(each.filters.get("agent") or {}):
            forget_whom(each)
        elif each.is_under_way:
            each.report = {**each.report, "forgettings": each.forgettings + 1}
    for each in queries.with_files():
        forget_file(each)


def forget_whom(export: Transfer) -> None:
    """Forget about whom an export was; it is never begun again, lest it be about everybody."""
    export.filters = {FORGOTTEN: True}
    if export.state is not TransferState.DONE:
        export.state = TransferState.FAILED
        export.report = {"failure": Failure.FORGOTTEN.value}
