"""What other facts mean for needs."""

from edu.db import inside, unit_of_work
from edu.events import subscribe
from edu.jobs import enqueue_at
from employer_portal.companies.events import CompanyStandingChanged
from employer_portal.needs import jobs, queries, service
from employer_portal.needs.events import NeedChanged
from employer_portal.needs.models import NeedState


@subscribe(CompanyStandingChanged)
def show_or_hide(event: CompanyStandingChanged) -> None:
    """A verified employer's needs appear, those of a refused one disappear."""
    with inside(event.organisation_id), unit_of_work():
        for need in queries.published_by(event.organisation_id):
            service.announce(need)


@subscribe(NeedChanged)
def plan_its_end(event: NeedChanged) -> None:
    """See to it that a published need is closed after its last day."""
    with inside(event.tenant_id), unit_of_work():
        need = queries.find(event.need_id)
        if need is not None and need.state == NeedState.PUBLISHED:
            enqueue_at(service.end_of(need.valid_until), jobs.expire, need.tenant_id, need.id)
