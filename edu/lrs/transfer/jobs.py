"""Write exports and take imports in, a batch at a time, saying how far it is."""

import errno
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import monotonic
from uuid import UUID

from edu.db import inside, unit_of_work, utcnow
from edu.i18n import LANGUAGES
from edu.jobs import enqueue, job
from edu.lrs.transfer import ndjson, queries, service
from edu.lrs.transfer.models import Direction, Failure, Transfer
from edu.lrs.transfer.ndjson import Report
from edu.lrs.transfer.writing import write
from edu.lrs.wanted import Wanted
from edu.settings import in_force
from edu.storage import service as storage
from edu.storage.blobs import StorageFull, StoredBlob

TELL_EVERY = 2.0  # seconds
TIMES = 5  # an export is written while people are being forgotten
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def start(transfer: Transfer) -> None:
    """Do what was asked for once the open unit of work is stored."""
    work = export if transfer.direction is Direction.EXPORT else take_in
    enqueue(work, transfer.tenant_id, transfer.id)


@job()
def give_up(tenant_id: UUID, transfer_id: UUID) -> None:
    """Say that an export or import broke off each time it was tried."""
    _sweep(transfer_id)
    with inside(tenant_id), unit_of_work():
        if transfer := queries.find(transfer_id):
            service.fail(transfer, Failure.BROKE_OFF)


@job(retries=2, on_giving_up=give_up)
def export(tenant_id: UUID, transfer_id: UUID) -> None:
    """Write the file of an export, from the beginning should it run again."""
    with inside(tenant_id):
        for _time in range(TIMES):
            transfer = queries.find(transfer_id)
            if transfer is None or not transfer.is_under_way:
                return
            _export(transfer)
        with unit_of_work():  # unless the last time went well
            service.fail(queries.get(transfer_id), Failure.OVERTAKEN)


def _export(transfer: Transfer) -> None:
    """Write the file and offer it; where somebody was forgotten meanwhile, it stays under way."""
    forgettings = transfer.forgettings
    try:
        count, stored = _written(transfer)
    except (StorageFull, OSError) as error:  # no room: trying again would not make any
        if not isinstance(error, StorageFull) and error.errno not in NO_ROOM:
            raise
        with unit_of_work():
            service.fail(transfer, Failure.NO_ROOM)
        return
    try:
        with unit_of_work():
            is_offered = service.finish_export(transfer, count, stored, forgettings)
    except BaseException:
        service.throw_away(stored)
        raise
    if not is_offered:
        service.throw_away(stored)


def _written(transfer: Transfer) -> tuple[int, StoredBlob]:
    """Write the file in a folder of its own, then store it; nothing of it stays elsewhere."""
    _sweep(transfer.id)
    own = transfer.started_by.locale
    languages = [own, *(code for code in LANGUAGES if code != own)]
    counted = _Counted(transfer.id, ndjson.payloads(Wanted.read(transfer.filters).query()))
    with tempfile.TemporaryDirectory(prefix=_prefix(transfer.id), dir=in_force().home) as folder:
        path = Path(folder) / "statements"
        write(counted, path, transfer.format, languages)
        with path.open("rb") as file:
            return counted.count, storage.store().put(file)


def _sweep(transfer_id: UUID) -> None:
    """Delete what a worker left that died while writing."""
    for folder in in_force().home.glob(f"{_prefix(transfer_id)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _prefix(transfer_id: UUID) -> str:
    return f"export-{transfer_id}-"


class _Counted:
    """Batches passed on, and counted for who waits."""

    def __init__(self, transfer_id: UUID, batches: Iterable[Sequence[bytes]]) -> None:
        self.count = 0
        self._transfer_id = transfer_id
        self._batches = batches
        self._told = monotonic()

    def __iter__(self) -> Iterator[Sequence[bytes]]:
        for batch in self._batches:
            yield batch
            self.count += len(batch)
            if monotonic() - self._told > TELL_EVERY:
                self._told = monotonic()
                with unit_of_work():
                    service.note_written(queries.get(self._transfer_id), self.count)


@job(retries=5, on_giving_up=give_up)
def take_in(tenant_id: UUID, transfer_id: UUID) -> None:
    """Take the lines of an import in, from where it stopped should it run again."""
    with inside(tenant_id):
        transfer = queries.find(transfer_id)
        if transfer is None or not transfer.is_under_way:
            return
        with unit_of_work():
            is_stopped = service.heed_stop(transfer)
        if is_stopped or not _taken(transfer):
            return
        with unit_of_work():
            service.finish_import(queries.get(transfer_id))


def _taken(transfer: Transfer) -> bool:
    """Take in the lines that are left; False where somebody stopped it on the way."""
    report = Report(
        transfer.done, transfer.taken, refused_before=transfer.refused, origin=transfer.id
    )
    with storage.store().open(transfer.blob_key) as file:
        rest = islice(ndjson.lines_of(file), report.read, None)
        for so_far in ndjson.take_some(rest, report):
            with unit_of_work():
                service.note_taken(transfer, so_far)
            if not transfer.is_under_way:
                return False
    return True


@job(daily=True)
def clear_away() -> None:
    """Delete the files that nobody may fetch any more, and those of imports that never ended."""
    for transfer in queries.expired(utcnow()):
        with inside(transfer.tenant_id), unit_of_work():
            service.forget_file(transfer)
