"""Facts about certificates."""

from dataclasses import dataclass
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A person holds a certificate that proves skills."""

    tenant_id: UUID
    certificate_id: UUID
    learner_id: UUID
    module_id: UUID
    skill_codes: tuple[str, ...]


@dataclass(frozen=True)
class CertificateRevoked(Event):
    """A certificate proves nothing any more."""

    tenant_id: UUID
    certificate_id: UUID
    learner_id: UUID
    skill_codes: tuple[str, ...]
