"""Credits were entered: a certificate follows."""

from courses.credentials import service
from courses.credits.events import CreditEntered
from courses.credits.models import CreditEntry
from edu.db import db, inside, unit_of_work
from edu.events import subscribe


@subscribe(CreditEntered)
def issue(event: CreditEntered) -> None:
    """Issue the certificate; its PDF is made when somebody first asks for it."""
    with inside(event.tenant_id), unit_of_work():
        if entry := db.session.get(CreditEntry, event.credit_entry_id):
            service.issue(entry)
