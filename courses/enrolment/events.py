"""Facts about enrolment."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class LearnerEnrolled(Event):
    """A learner has a place in a class."""

    tenant_id: UUID
    enrolment_id: UUID
    class_group_id: UUID
    learner_id: UUID


@dataclass(frozen=True)
class LearnerWithdrew(Event):
    """A learner gave a place back."""

    tenant_id: UUID
    enrolment_id: UUID
    class_group_id: UUID
    learner_id: UUID


@dataclass(frozen=True)
class ModuleCompleted(Event):
    """Every rule of the module is met; credits follow."""

    tenant_id: UUID
    enrolment_id: UUID
    module_id: UUID
    learner_id: UUID
