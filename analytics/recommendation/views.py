"""The part of the home page that says what to do next."""

from flask import render_template

from analytics.recommendation import service
from edu.accounts.models import Person
from edu.db import unit_of_work


def home_next(learner: Person) -> str:
    """Render "next for you"; what is shown is logged with its probability."""
    with unit_of_work():
        chosen = service.next_for(learner)
    return render_template("analytics/recommendation/next.html", next=chosen)
