"""The open repository: search it, look at a resource."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from edu.http.session import public
from edu.i18n import local
from oer_repository.records import queries
from oer_repository.records.core.licences import TERMS, Licence

bp = Blueprint("discovery", __name__)


@bp.get("/resources")
@public
def index() -> ResponseReturnValue:
    """Search and facets; without words, what is newest."""
    text = request.args.get("q", "").strip()[:200]
    chosen = {
        name: (value,) for name in ("licence", "language") if (value := request.args.get(name, ""))
    }
    found, hits = queries.search(text, chosen, request.args.get("after"))
    return render_template(
        "oer_repository/discovery/index.html",
        cards=queries.cards(found),
        hits=hits,
        text=text,
        chosen={name: values[0] for name, values in chosen.items()},
        licences={str(licence): TERMS[licence].name for licence in Licence},
    )


@bp.get("/resources/<uuid:resource_id>")
@public
def show(resource_id: UUID) -> ResponseReturnValue:
    """A resource: its text, its licence, whose work it is, and how to reuse it."""
    resource = queries.get(resource_id)
    return render_template(
        "oer_repository/discovery/show.html",
        resource=resource,
        card=queries.card(resource),
        version=resource.latest,
        html=local(resource.latest.html),
    )
