"""Facts about skill needs."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class NeedChanged(Event):
    """A skill need was published, changed, closed, or became visible or hidden."""

    tenant_id: UUID
    need_id: UUID
