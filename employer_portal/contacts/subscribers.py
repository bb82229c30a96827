"""A need was closed: the days of its candidates' data are counted."""

from edu.db import inside, unit_of_work
from edu.events import subscribe
from edu.jobs import enqueue_at
from employer_portal.contacts import jobs
from employer_portal.contacts.service import KEPT_AFTER_CLOSING, KEPT_WITH_CONSENT
from employer_portal.needs import queries as needs
from employer_portal.needs.events import NeedChanged


@subscribe(NeedChanged)
def plan_forgetting(event: NeedChanged) -> None:
    """Plan both days: of those who said nothing, and of those who agreed to be kept in mind."""
    with inside(event.tenant_id), unit_of_work():
        need = needs.find(event.need_id)
        if need is None or need.closed_at is None:
            return
        for span in (KEPT_AFTER_CLOSING, KEPT_WITH_CONSENT):
            enqueue_at(need.closed_at + span, jobs.forget, need.tenant_id, need.id)
