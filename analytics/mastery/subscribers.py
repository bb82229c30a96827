"""Every answer moves the estimates; a profile whose owner agreed follows them."""

from analytics.mastery import jobs, service
from analytics.mastery.service import Observed
from courses.public import ItemAnswered
from edu.db import unit_of_work
from edu.events import subscribe
from employer_portal.public import MasteryWelcome


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
        jobs.estimates_moved(event.learner_id)


@subscribe(MasteryWelcome)
def show(event: MasteryWelcome) -> None:
    """A person has just agreed that estimates are shown: offer those there are."""
    jobs.offer(event.person_id)
