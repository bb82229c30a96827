"""Decide what a learner does next, and remember it with its probability."""

import hashlib

from analytics.recommendation import queries
from analytics.recommendation.core.choose import recommend
from analytics.recommendation.models import Recommended
from analytics.recommendation.queries import POLICY, Situation
from edu.accounts.models import Person
from edu.db import db, get_locked


def decide(situation: Situation) -> Recommended | None:
    """Choose; on one occasion once. None for who has nothing to choose from."""
    get_locked(Person, situation.learner_id)  # two pages opened at once choose once
    if earlier := queries.shown_on(situation):
        return earlier
    chosen = recommend(
        list(situation.options.values()), situation.skills, draw=_draw(situation), policy=POLICY
    )
    if chosen is None:
        return None
    made = Recommended(
        person_id=situation.learner_id,
        occasion=situation.occasion,
        activity=chosen.activity.id,
        reason=chosen.reason.code,
        values=dict(chosen.reason.values),
        policy=chosen.policy,
        propensity=chosen.propensity,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _draw(situation: Situation) -> float:
    """A number in [0, 1) that this occasion always gives, so that the log can be replayed."""
    said = f"{situation.learner_id}/{situation.occasion}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:7]) / 2**56
