"""New indicators come from new facts: dashboards follow."""

from analytics.dashboards import service
from analytics.indicators.events import IndicatorsWorkedOut
from edu.db import unit_of_work
from edu.events import subscribe


@subscribe(IndicatorsWorkedOut)
def follow(event: IndicatorsWorkedOut) -> None:
    """Work out the dashboard of the same organisation."""
    with unit_of_work():
        service.draw(event.organisation_id)
