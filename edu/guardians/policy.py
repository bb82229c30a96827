"""Who may follow whom, and who sees a request to."""

import sqlalchemy as sa

from edu.accounts.models import Guardianship, GuardianshipState, Person


def can_view(actor: Person, guardianship: Guardianship) -> bool:
    """The learner sees every request; the guardian only what the learner agreed to.

    A pending or refused request stays invisible to who asked, or it would tell whether an
    address has an account.
    """
    if guardianship.learner_id == actor.id:
        return True
    return (
        guardianship.guardian_id == actor.id and guardianship.state == GuardianshipState.CONSENTED
    )


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    return sa.or_(
        Guardianship.learner_id == actor.id,
        sa.and_(
            Guardianship.guardian_id == actor.id,
            Guardianship.state == GuardianshipState.CONSENTED,
        ),
    )


def can_decide(actor: Person, guardianship: Guardianship) -> bool:
    """Only the learner answers, and may change the answer at any time."""
    return guardianship.learner_id == actor.id
