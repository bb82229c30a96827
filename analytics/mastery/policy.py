"""Who may see what a learner knows: the learner, and a guardian whom the learner agreed to.

Besides them, who teaches a class sees which of its skills still need practice, learner by learner
(`analytics/dashboards`); employers see only what the learner offers them.
"""

import sqlalchemy as sa

from analytics.mastery.models import SkillAbility
from edu.accounts.models import Guardianship, GuardianshipState, Person


def can_view(actor: Person, learner: Person, *, guards: bool = False) -> bool:
    """The learner; and who `guards` the learner, which means with the learner's consent."""
    return actor.id == learner.id or guards


def visible_to(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    guarded = sa.select(Guardianship.learner_id).where(
        Guardianship.guardian_id == actor.id,
        Guardianship.state == GuardianshipState.CONSENTED,
    )
    return sa.or_(SkillAbility.person_id == actor.id, SkillAbility.person_id.in_(guarded))
