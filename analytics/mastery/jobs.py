"""Let a profile follow what is known of its owner, where the owner agreed to that."""

from datetime import timedelta
from uuid import UUID

from analytics.mastery import queries
from edu.db import unit_of_work, utcnow
from edu.jobs import enqueue_once, job
from employer_portal.public import offer_mastery

SOON = timedelta(minutes=10)  # a lesson's answers come together


def estimates_moved(person_id: UUID) -> None:
    """Have the estimates offered soon. Needs an open unit of work."""
    enqueue_once(offer, str(person_id), person_id, due_at=utcnow() + SOON)


@job()
def offer(person_id: UUID) -> None:
    """Offer a person's estimates to their profile, which keeps them only if they agreed."""
    with unit_of_work():
        estimates = {
            entry.skill.code: (entry.mastery.low, entry.mastery.mean)
            for entry in queries.of_person(person_id)
        }
        offer_mastery(person_id, estimates)
