"""JSON about one's own account."""

from flask import Blueprint
from spectree import Response

from edu.accounts.schemas import MeOut
from edu.http.api import api
from edu.http.errors import Problem
from edu.http.session import actor, scope

bp = Blueprint("accounts_api", __name__)


@bp.get("/api/v1/me")
@api.validate(resp=Response(HTTP_200=MeOut, HTTP_401=Problem, HTTP_403=Problem), tags=["account"])
@scope("profile:read")
def me() -> MeOut:
    """Show whom the token acts for: name, address, language, roles."""
    return MeOut.of(actor())
