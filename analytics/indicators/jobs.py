"""Keep the indicators up to date."""

from analytics.indicators import service
from edu.db import unit_of_work
from edu.jobs import job


@job()
def work_out() -> None:
    """Work out today's indicators."""
    with unit_of_work():
        service.work_out()
