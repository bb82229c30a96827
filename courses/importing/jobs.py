"""Do an import, step by step; each step is stored, so whoever waits sees how far it is."""

from uuid import UUID

from courses.authoring import queries as authoring
from courses.authoring import service as writing
from courses.authoring.core import importer
from courses.authoring.core.source import SourceRefused, ZipSource
from courses.importing import queries, service
from courses.importing.models import ImportState
from edu.db import inside, unit_of_work
from edu.jobs import job
from edu.storage import service as storage

AT_ONCE = 8
"""Units published in one unit of work: others get their turn at the database between."""


@job(retries=2)
def run(tenant_id: UUID, run_id: UUID) -> None:
    """Read the file, store the drafts, publish them if that was asked for."""
    with inside(tenant_id):
        if queries.get(run_id).is_over:
            return
        with unit_of_work():
            service.begin(queries.get(run_id))
        try:
            _read_and_store(run_id)
        except (SourceRefused, importer.CourseUnrecognised) as refused:
            with unit_of_work():
                service.refuse(queries.get(run_id), refused)
            return
        while _publish_some(run_id):
            pass
        with unit_of_work():
            service.finish(queries.get(run_id))


def _read_and_store(run_id: UUID) -> None:
    with storage.store().open(queries.get(run_id).blob_key) as content:
        source = ZipSource(content)
        course = importer.import_course(source)
        with unit_of_work():
            service.store(queries.get(run_id), course, source)


def _publish_some(run_id: UUID) -> bool:
    """Publish a few units; false when none is left."""
    with unit_of_work():
        found = queries.get(run_id)
        if found.state != ImportState.PUBLISHING:
            return False
        drafts = authoring.drafts_in(found.module)
        waiting = [unit_id for unit_id in service.drafted(found) if unit_id in drafts]
        writing.publish_all(found.started_by, found.module, only=waiting[:AT_ONCE])
        found.done = found.total - len(waiting[AT_ONCE:])
        return len(waiting) > AT_ONCE
