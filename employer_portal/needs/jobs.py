"""What happens to needs as time goes by."""

from uuid import UUID

from edu.db import inside, unit_of_work
from edu.jobs import job
from employer_portal.needs import queries, service


@job()
def expire(tenant_id: UUID, need_id: UUID) -> None:
    """Close a need whose last day is over; one that was prolonged stays."""
    with inside(tenant_id), unit_of_work():
        if need := queries.find(need_id):
            service.expire(need)
