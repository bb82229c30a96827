"""Write exports and take imports in, a batch at a time, saying how far it is."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import monotonic
from uuid import UUID

from edu.db import inside, unit_of_work, utcnow
from edu.errors import DomainError
from edu.i18n import LANGUAGES
from edu.jobs import job
from edu.lrs.transfer import ndjson, queries, service
from edu.lrs.transfer.ndjson import Report
from edu.lrs.transfer.wanted import Wanted
from edu.lrs.transfer.writing import write
from edu.settings import in_force
from edu.storage import service as storage

TELL_EVERY = 2.0  # seconds


@job(retries=2)
def export(tenant_id: UUID, transfer_id: UUID) -> None:
    """Write the file of an export, from the beginning should it run again."""
    with inside(tenant_id):
        transfer = queries.find(transfer_id)
        if transfer is None or transfer.is_over:
            return
        own = transfer.started_by.locale
        languages = [own, *(code for code in LANGUAGES if code != own)]
        counted = _Counted(transfer_id, ndjson.batches(Wanted.read(transfer.filters).query()))
        with tempfile.TemporaryDirectory(dir=in_force().home) as folder:
            path = Path(folder) / "statements"
            write(counted, path, transfer.format, languages)
            try:
                with path.open("rb") as file:
                    stored = storage.store().put(file)
            except DomainError:  # no room: trying again would not make any
                with unit_of_work():
                    service.fail(queries.get(transfer_id))
                return
        with unit_of_work():
            service.finish_export(queries.get(transfer_id), counted.count, stored)


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


@job(retries=5)
def take_in(tenant_id: UUID, transfer_id: UUID) -> None:
    """Take the lines of an import in, from where it stopped should it run again."""
    with inside(tenant_id):
        transfer = queries.find(transfer_id)
        if transfer is None or transfer.is_over:
            return
        report = Report(transfer.done, transfer.taken, refused_before=transfer.refused)
        with storage.store().open(transfer.blob_key) as file:
            rest = islice(ndjson.lines_of(file), report.read, None)
            for so_far in ndjson.take_some(rest, report):
                with unit_of_work():
                    service.note_taken(queries.get(transfer_id), so_far)
        with unit_of_work():
            service.finish_import(queries.get(transfer_id))


@job(daily=True)
def clear_away() -> None:
    """Delete the files of exports that nobody may fetch any more."""
    for transfer in queries.expired(utcnow()):
        with inside(transfer.tenant_id), unit_of_work():
            service.forget_file(transfer)
