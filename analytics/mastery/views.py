"""What I know: the learner's own page about their skills."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from analytics.mastery import queries
from edu.http.session import actor
from edu.i18n import local
from edu.ui import charts

bp = Blueprint("mastery", __name__)

GOAL = 0.75  # the chance of a right answer from which a skill counts as solid; core.estimate


@bp.get("/skills")
def mine() -> ResponseReturnValue:
    """Every skill I was asked about, with how sure the estimate is."""
    known = queries.of_person(actor().id)
    return render_template("analytics/mastery/mine.html", known=known, chart=chart_of(known))


def chart_of(known: list[queries.Known]) -> object:
    """Draw estimates with their intervals."""
    return charts.intervals(
        [
            (local(entry.skill.label), entry.mastery.low, entry.mastery.mean, entry.mastery.high)
            for entry in known
        ],
        goal=GOAL,
    )
