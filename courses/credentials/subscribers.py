"""Credits were entered: a certificate follows, and its document."""

from courses.credentials import jobs, service
from courses.credits.events import CreditEntered
from courses.credits.models import CreditEntry
from edu.db import db, inside, unit_of_work
from edu.events import subscribe
from edu.jobs import enqueue


@subscribe(CreditEntered)
def issue(event: CreditEntered) -> None:
    """Issue the certificate, and have its PDF made."""
    with inside(event.tenant_id), unit_of_work():
        entry = db.session.get(CreditEntry, event.credit_entry_id)
        if entry is None:
            return
        certificate = service.issue(entry)
        if not certificate.blob_key:
            enqueue(jobs.print_certificate, certificate.tenant_id, certificate.id)
