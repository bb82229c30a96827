"""What is forgotten as time goes by."""

from uuid import UUID

from edu.db import inside, unit_of_work
from edu.jobs import job
from employer_portal.contacts import service
from employer_portal.needs import queries as needs


@job()
def forget(tenant_id: UUID, need_id: UUID) -> None:
    """Delete the data of candidates not hired for a closed need (Law 91/2025/QH15 art. 25)."""
    with inside(tenant_id), unit_of_work():
        if need := needs.find(need_id):
            service.forget(need)
