"""The part of the home page that says what to do next."""

from flask import render_template

from analytics.recommendation import queries, service
from edu.accounts.models import Person
from edu.db import unit_of_work
from edu.guardians.queries import is_there_for_others


def home_next(learner: Person) -> str:
    """Render the next step and why; what is shown is logged with its probability, once."""
    situation = queries.situation_of(learner.id)
    if not situation.options and is_there_for_others(learner):
        return ""
    chosen = queries.shown_on(situation)
    if chosen is None and situation.options:
        with unit_of_work():
            chosen = service.decide(situation)
    return render_template(
        "analytics/recommendation/next.html",
        chosen=chosen,
        activity=situation.options[chosen.activity] if chosen else None,
        step=situation.steps[chosen.activity] if chosen else None,
        labels=situation.labels,
    )
