"""Read the audit log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from edu.accounts.models import Person
from edu.audit import policy
from edu.audit.models import AuditEntry
from edu.db import db


@dataclass(frozen=True)
class Filter:
    """What to look for; what is None or empty does not narrow."""

    person_id: UUID | None = None
    action: str = ""
    day: date | None = None
    zone: str = "UTC"


def entries(actor: Person, wanted: Filter) -> sa.Select[AuditEntry]:
    """Select what the actor may see. A person counts as who acted and as whom it concerned."""
    statement = sa.select(AuditEntry).where(policy.visible_to(actor))
    if wanted.person_id:
        statement = statement.where(
            sa.or_(
                AuditEntry.actor_id == wanted.person_id, AuditEntry.subject_id == wanted.person_id
            )
        )
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.day:
        start = datetime.combine(wanted.day, time(), ZoneInfo(wanted.zone))
        end = datetime.combine(wanted.day + timedelta(days=1), time(), ZoneInfo(wanted.zone))
        statement = statement.where(AuditEntry.created_at >= start, AuditEntry.created_at < end)
    return statement


def actions(actor: Person) -> Sequence[str]:
    """List the kinds of acts in what the actor may see."""
    return db.session.scalars(
        sa.select(AuditEntry.action)
        .where(policy.visible_to(actor))
        .distinct()
        .order_by(AuditEntry.action)
    ).all()
