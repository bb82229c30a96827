"""Facts about progress."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class UnitCompleted(Event):
    """A learner finished a unit."""

    tenant_id: UUID
    enrolment_id: UUID
    unit_id: UUID
    learner_id: UUID
