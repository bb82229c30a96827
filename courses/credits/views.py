"""The learner's ledger."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from courses.credits import queries
from edu.http.session import actor
from edu.tenancy import queries as tenancy

bp = Blueprint("credits", __name__)


@bp.get("/credits")
def mine() -> ResponseReturnValue:
    """Everything I have accumulated, at every college."""
    entries = queries.ledger_of(actor().id)
    return render_template(
        "courses/credits/mine.html",
        entries=entries,
        total=sum(entry.credits for entry in entries),
        colleges=tenancy.named({entry.tenant_id for entry in entries}),
    )
