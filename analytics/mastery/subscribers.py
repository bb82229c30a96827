"""Every answer moves the estimates."""

from analytics.mastery import service
from analytics.mastery.service import Observed
from courses.public import ItemAnswered
from edu.db import unit_of_work
from edu.events import subscribe


@subscribe(ItemAnswered)
def learn_from(event: ItemAnswered) -> None:
    """Take an answer in."""
    with unit_of_work():
        service.observe(
            Observed(
                answer_id=event.answer_id,
                person_id=event.learner_id,
                item_id=event.item_id,
                skill_ids=event.skill_ids,
                score=event.score,
                shown_at=event.shown_at,
                answered_at=event.answered_at,
            )
        )
