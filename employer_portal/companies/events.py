"""Facts about employers."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class CompanyStandingChanged(Event):
    """The province has verified or refused an employer, or has to look at it anew."""

    organisation_id: UUID
