"""What I know: the learner's own pages about their skills, and the parent's view of them."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from analytics.mastery import queries
from analytics.mastery.models import MasteryStep
from analytics.mastery.queries import SOLID, Known
from edu.accounts.models import Person
from edu.http.session import actor
from edu.i18n import _, format_date, local
from edu.taxonomy import queries as taxonomy
from edu.ui import charts
from edu.ui.marks import Intervals, Lines

bp = Blueprint("mastery", __name__)


@bp.get("/skills")
def mine() -> ResponseReturnValue:
    """Every skill I was asked about, with how sure the estimate is."""
    known = queries.known_to(actor(), actor())
    return render_template("analytics/mastery/mine.html", known=known, chart=bands_of(known))


@bp.get("/skills/<code>")
def one(code: str) -> ResponseReturnValue:
    """How my answers moved one skill."""
    skill = taxonomy.skill_by_code(code)
    steps = queries.curve_for(actor(), actor(), skill.id)
    return render_template(
        "analytics/mastery/one.html", skill=skill, steps=steps, chart=way_of(steps)
    )


def child_skills(learner: Person) -> str:
    """Sum a child's skills up for a parent who may follow; fills `guardian.child`."""
    known = queries.known_to(actor(), learner)
    return render_template("analytics/mastery/_child.html", known=known, chart=bands_of(known))


def bands_of(known: list[Known]) -> Intervals:
    """Draw estimates with their intervals."""
    return charts.intervals(
        [
            (local(entry.skill.label), entry.mastery.low, entry.mastery.mean, entry.mastery.high)
            for entry in known
        ],
        goal=SOLID,
    )


def way_of(steps: Sequence[MasteryStep]) -> Lines:
    """Draw an estimate after each answer, within its interval."""
    return charts.lines(
        [format_date(step.moved_at, "short") for step in steps],
        {
            _("At most"): [step.high for step in steps],
            _("Best guess"): [step.mean for step in steps],
            _("At least"): [step.low for step in steps],
        },
        maximum=1,
    )
