"""Which parents follow which learners."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import Guardianship, GuardianshipState, Person
from edu.db import db
from edu.errors import NotFound
from edu.guardians import policy


def children_of(guardian: Person) -> Sequence[Guardianship]:
    """List whom the guardian may follow, by name."""
    return db.session.scalars(
        sa.select(Guardianship)
        .join(Person, Person.id == Guardianship.learner_id)
        .where(policy.visible_to(guardian), Guardianship.guardian_id == guardian.id)
        .order_by(Person.name_key, Guardianship.id)
    ).all()


def is_there_for_others(person: Person) -> bool:
    """True for those who come for their work or their child: not everyone here is to learn."""
    return person.is_staff or bool(children_of(person))


def requests_to(learner: Person) -> Sequence[Guardianship]:
    """List who asked to follow the learner, the newest first."""
    return db.session.scalars(
        sa.select(Guardianship)
        .where(policy.visible_to(learner), Guardianship.learner_id == learner.id)
        .order_by(Guardianship.id.desc())
    ).all()


def waiting_for(learner: Person) -> int:
    """Count the requests that the learner has not answered."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(Guardianship.id)).where(
                Guardianship.learner_id == learner.id,
                Guardianship.state == GuardianshipState.REQUESTED,
            )
        )
        or 0
    )


def find(guardian: Person, learner: Person) -> Guardianship | None:
    """Find the tie between two persons, whatever its state."""
    return db.session.scalar(
        sa.select(Guardianship).where(
            Guardianship.guardian_id == guardian.id, Guardianship.learner_id == learner.id
        )
    )


def get_for(actor: Person, guardianship_id: UUID) -> Guardianship:
    """Find a tie that the actor may see. Raises NotFound."""
    found = db.session.get(Guardianship, guardianship_id)
    if found is None or not policy.can_view(actor, found):
        raise NotFound
    return found


def child_of(guardian: Person, guardianship_id: UUID) -> Guardianship:
    """Find the tie to a child who consented. Raises NotFound."""
    found = get_for(guardian, guardianship_id)
    if found.guardian_id != guardian.id:
        raise NotFound
    return found
