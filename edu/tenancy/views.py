"""Every address `/at/CODE/…` is inside the organisation CODE; its own front page lives here."""

from typing import Any

from flask import Blueprint, Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from edu.db import enter
from edu.http.session import public
from edu.tenancy import queries

bp = Blueprint("tenancy", __name__)


@bp.get("/at/<place>/")
@public
def show() -> ResponseReturnValue:
    """The front page of an organisation: what it is, and for its staff the way in."""
    return render_template("edu/tenancy/show.html")


def init_app(app: Flask) -> None:
    """Enter the organisation named in the address, before anything else looks at the request."""

    @app.url_value_preprocessor
    def _enter(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "place" in values:
            g.place = queries.by_code(values.pop("place"))
            enter(g.place.id)

    @app.url_defaults
    def _stay(endpoint: str, values: dict[str, Any]) -> None:
        if "place" in values or "place" not in g:
            return
        if app.url_map.is_endpoint_expecting(endpoint, "place"):
            values["place"] = g.place.code

    @app.context_processor
    def _place() -> dict[str, object]:
        return {"place": g.get("place") if request else None}
