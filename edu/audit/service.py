"""Write to the audit log."""

from typing import Any
from uuid import UUID

import structlog
from pydantic_core import to_jsonable_python

from edu.audit.models import AuditEntry
from edu.db import Base, current_tenant, db

log = structlog.get_logger()


def record(
    action: str, *, actor_id: UUID | None, subject: Base | None = None, **details: Any
) -> None:
    """Remember an act in the unit of work in which it happens.

    `action` is a code such as "grade.changed"; `details` are plain values (Any: JSON).
    """
    db.session.add(entry(action, actor_id=actor_id, subject=subject, **details))
    log.info("audit", action=action, actor=str(actor_id) if actor_id else None)


def entry(
    action: str, *, actor_id: UUID | None, subject: Base | None = None, **details: Any
) -> AuditEntry:
    """Write what `record` remembers; the caller stores it."""
    return AuditEntry(
        actor_id=actor_id,
        organisation_id=current_tenant(),
        action=action,
        subject_kind=subject.__tablename__ if subject else "",
        subject_id=subject.id if subject else None,
        details=to_jsonable_python(details),
        address=structlog.contextvars.get_contextvars().get("address", ""),
    )


def record_look(person: Base, *, actor_id: UUID) -> None:
    """Remember that somebody looked into another person's record. Their own looks do not count."""
    if person.id != actor_id:
        record("person.viewed", actor_id=actor_id, subject=person)
