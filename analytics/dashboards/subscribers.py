"""New indicators come from new facts: dashboards follow."""

from analytics.dashboards import jobs
from analytics.indicators.events import IndicatorsWorkedOut
from edu.db import is_past
from edu.events import subscribe


@subscribe(IndicatorsWorkedOut)
def follow(event: IndicatorsWorkedOut) -> None:
    """Work out the dashboard of the same organisation; it shows the present and no past."""
    if is_past():
        return
    jobs.draw(event.organisation_id)
