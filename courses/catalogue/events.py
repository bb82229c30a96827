"""Facts about class groups."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class ClassPublished(Event):
    """Learners can now find the class."""

    tenant_id: UUID
    class_group_id: UUID
