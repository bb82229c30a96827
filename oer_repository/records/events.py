"""Facts about resources."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class ResourcePublished(Event):
    """A resource, or a new version of one, can be found by everyone."""

    tenant_id: UUID
    resource_id: UUID
    version: int
