"""The token endpoint: a key is exchanged for a bearer token (OAuth 2.0, RFC 6749 §4.4)."""

from collections.abc import Mapping

import orjson
from werkzeug.wrappers import Request

from edu.db import inside, unit_of_work
from edu.errors import Invalid
from edu.lrs.keys import queries, service
from edu.lrs.keys.models import LrsKey
from edu.lrs.xapi.answers import Answer


def create(request: Request) -> Answer:
    """Give a token for a client's key, by HTTP Basic or in the form (§2.3.1)."""
    if request.form.get("grant_type") != "client_credentials":
        return _refuse("unsupported_grant_type")
    key = _client(request)
    if key is None:
        answer = _refuse("invalid_client", 401)
        answer.say_way_in()
        return answer
    try:
        with inside(key.tenant_id), unit_of_work():
            made = service.create_token(key, request.form.get("scope", "").split())
    except Invalid:
        return _refuse("invalid_scope")
    return _json(
        {
            "access_token": made.token,
            "token_type": "Bearer",
            "expires_in": int(made.lasts.total_seconds()),
            "scope": " ".join(made.scopes),
        }
    )


def _client(request: Request) -> LrsKey | None:
    if given := request.authorization:
        return queries.by_secret(given.username or "", given.password or "")
    form = request.form
    return queries.by_secret(form.get("client_id", ""), form.get("client_secret", ""))


def _refuse(error: str, status: int = 400) -> Answer:
    return _json({"error": error}, status)


def _json(said: Mapping[str, object], status: int = 200) -> Answer:
    return Answer(orjson.dumps(said), status)
