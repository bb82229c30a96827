"""The doors of the record store: each resource at two addresses, in both versions.

`/xapi` speaks 2.0.0 and `/xapi/v1` 1.0.3 where a request does not say (Communication 3.3); where it
does, both speak either. Every request proves itself by its own key, never by a cookie.
"""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

from flask import Blueprint, Flask, Response, g, request

from edu.db import db
from edu.http.security import machine_door
from edu.http.session import public
from edu.lrs import queries
from edu.lrs.core.documents import Resource
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import HEADER, Version
from edu.lrs.xapi import documents, problems, statements, things, token
from edu.lrs.xapi.asked import Asked, understand

MOUNTS = MappingProxyType({"/xapi": Version.V2, "/xapi/v1": Version.V1})
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"

_documents = {
    "GET": documents.get,
    "PUT": documents.put,
    "POST": documents.post,
    "DELETE": documents.delete,
}


def _of(resource: Resource) -> dict[str, Callable[[Asked], Response]]:
    return {method: partial(handle, resource) for method, handle in _documents.items()}


RESOURCES: dict[str, dict[str, Callable[[Asked], Response]]] = {
    "statements": {"GET": statements.get, "PUT": statements.put, "POST": statements.post},
    "activities/state": _of(Resource.STATE),
    "activities/profile": _of(Resource.ACTIVITY_PROFILE),
    "agents/profile": _of(Resource.AGENT_PROFILE),
    "activities": {"GET": things.activities},
    "agents": {"GET": things.agents},
}


def init_app(app: Flask) -> None:
    """Open both doors."""
    for mount, version in MOUNTS.items():
        app.register_blueprint(_door(mount, version))


def _door(mount: str, default: Version) -> Blueprint:
    bp = Blueprint(f"xapi_{default.name.lower()}", __name__, url_prefix=mount)
    machine_door(bp)

    @bp.route("/about")
    @public
    def about() -> Response:
        return things.about()

    @bp.route("/oauth/token", methods=["POST"])
    @public
    def exchange_key() -> Response:
        return token.create()

    @bp.route("/<path:resource>", methods=METHODS)
    @public
    def answer(resource: str) -> Response:
        handlers = RESOURCES.get(resource)
        if handlers is None:
            raise problems.NoSuchResource
        asked = understand(mount)
        g.xapi_version = asked.version
        handle = handlers.get(asked.method)
        if handle is None:
            raise problems.MethodNotAllowed(allowed=sorted(handlers))
        return handle(asked)

    bp.register_error_handler(Exception, problems.answer)
    bp.after_request(partial(_add_headers, default))
    return bp


def _add_headers(default: Version, answer: Response) -> Response:
    """Communication 3.3, 2.1.3, and what browsers on other sites need (CORS)."""
    answer.headers[HEADER] = str(g.get("xapi_version", default))
    is_read = request.path.endswith("/statements") and request.method in {"GET", "HEAD"}
    if is_read and "consistent_through" not in g:  # refused before anything was read
        db.session.rollback()
        g.consistent_through = queries.consistent_through()
    if "consistent_through" in g:
        answer.headers[CONSISTENT_THROUGH] = format_timestamp(g.consistent_through)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = (
        f"ETag, Last-Modified, {HEADER}, {CONSISTENT_THROUGH}"
    )
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        answer.headers["Access-Control-Allow-Headers"] = (
            f"Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, {HEADER}"
        )
        answer.headers["Access-Control-Max-Age"] = "7200"
    return answer
