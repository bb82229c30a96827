"""Facts about credits."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class CreditEntered(Event):
    """A person has accumulated credits for a module."""

    tenant_id: UUID
    credit_entry_id: UUID
    learner_id: UUID
    module_id: UUID
