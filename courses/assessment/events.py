"""Facts about answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from edu.events import Event


@dataclass(frozen=True)
class ItemAnswered(Event):
    """A learner answered an item; what mastery is estimated from."""

    tenant_id: UUID
    answer_id: UUID
    learner_id: UUID
    item_id: UUID
    skill_ids: tuple[UUID, ...]
    score: float
    attempt: int
    shown_at: datetime
    answered_at: datetime
