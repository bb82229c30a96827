"""Draw dashboards later."""

from uuid import UUID

from analytics.dashboards import service
from edu.db import unit_of_work
from edu.jobs import job


@job()
def draw(organisation_id: UUID) -> None:
    """Work out the dashboard of an organisation and show it from now on."""
    drawing = service.draw(organisation_id)
    with unit_of_work():
        service.keep(drawing)
