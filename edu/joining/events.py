"""Facts that lead to a letter."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class LinkRequested(Event):
    """Somebody needs a link by e-mail: to prove an address or to set a new password."""

    link_id: UUID


@dataclass(frozen=True)
class KnownAddressUsed(Event):
    """Somebody tried to open an account with an address that has one."""

    person_id: UUID


@dataclass(frozen=True)
class PersonInvited(Event):
    """A manager invited somebody to a role."""

    tenant_id: UUID
    invitation_id: UUID
