"""Facts about indicators."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class IndicatorsWorkedOut(Event):
    """The indicators of a college, or of the province, are up to date again."""

    organisation_id: UUID
