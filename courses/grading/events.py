"""Facts about marks."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class MarkGiven(Event):
    """A learner has one mark more."""

    tenant_id: UUID
    enrolment_id: UUID
