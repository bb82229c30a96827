"""The doors of the record store: each resource at two addresses, in both versions.

`/xapi` speaks 2.0.0 and `/xapi/v1` 1.0.3 where a request does not say (Communication 3.3); where it
does, both speak either. Every request proves itself by its own key, never by a cookie.

The doors stand before the pages' app: sessions, forms, menus and languages of pages would cost more
here than storing a statement does.
"""

import secrets
import time
from collections.abc import Callable, Iterable
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from flask import Flask
from werkzeug.wrappers import Request

from edu.db import see_afresh
from edu.http import metrics
from edu.http.security import put_before
from edu.lrs import queries
from edu.lrs.core.documents import Resource
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import HEADER, Version
from edu.lrs.xapi import documents, problems, statements, things, token
from edu.lrs.xapi.answers import Answer
from edu.lrs.xapi.asked import Asked, request_of, understand
from edu.lrs.xapi.statements import CONSISTENT_THROUGH
from edu.settings import Settings, in_force

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOUNTS = MappingProxyType({"/xapi/v1": Version.V1, "/xapi": Version.V2})  # the longer one first
_NAMES = {mount: f"xapi_{version.name.lower()}" for mount, version in MOUNTS.items()}
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
READING = ("GET", "HEAD", "OPTIONS")

_documents = {
    "GET": documents.get,
    "PUT": documents.put,
    "POST": documents.post,
    "DELETE": documents.delete,
}


def _of(resource: Resource) -> dict[str, Callable[[Asked], Answer]]:
    return {method: partial(handle, resource) for method, handle in _documents.items()}


RESOURCES: dict[str, dict[str, Callable[[Asked], Answer]]] = {
    "statements": {"GET": statements.get, "PUT": statements.put, "POST": statements.post},
    "activities/state": _of(Resource.STATE),
    "activities/profile": _of(Resource.ACTIVITY_PROFILE),
    "agents/profile": _of(Resource.AGENT_PROFILE),
    "activities": {"GET": things.activities},
    "agents": {"GET": things.agents},
}

# What every answer says. Documents are what tools sent, perhaps pages: no browser may run them.
# Pages of other sites may read us (CORS): they need a key, too.
_SAID = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", f"ETag, Last-Modified, {HEADER}, {CONSISTENT_THROUGH}"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),  # personal data; RFC 6749 §5.1 for tokens
)
_SAID_TO_OTHER_SITES = (
    ("Access-Control-Allow-Methods", ", ".join(METHODS)),
    (
        "Access-Control-Allow-Headers",
        f"Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, {HEADER}",
    ),
    ("Access-Control-Max-Age", "7200"),
)


def init_app(app: Flask) -> None:
    """Open both doors."""
    put_before(app, partial(Doors, app, in_force()))


class Doors:
    """Answers what begins with /xapi/ on the portal's host, and passes all else on."""

    def __init__(self, app: Flask, settings: Settings, onward: "WSGIApplication") -> None:
        self._app = app
        self._onward = onward
        self._host = urlsplit(settings.base_url).hostname
        self._said = list(_SAID)
        if settings.is_https:
            strictly = "max-age=31536000; includeSubDomains"
            self._said.append(("Strict-Transport-Security", strictly))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        path = environ.get("PATH_INFO", "")
        host = environ.get("HTTP_HOST", "").partition(":")[0]
        if not path.startswith("/xapi/") or host != self._host:
            return self._onward(environ, start_response)
        started = time.perf_counter()
        mount = next(each for each in MOUNTS if path.startswith(f"{each}/"))
        method = environ["REQUEST_METHOD"]
        with self._app.app_context():
            answer, version = self._answer(environ, mount, path[len(mount) + 1 :])
        request_id = ("X-Request-Id", secrets.token_hex(8))
        headers = [*answer.headers, (HEADER, version.value), request_id, *self._said]
        if method == "OPTIONS":
            headers += _SAID_TO_OTHER_SITES
        metrics.count(_NAMES[mount], method, answer.status, time.perf_counter() - started)
        start_response(answer.line, headers)
        return () if method == "HEAD" else (answer.body,)

    def _answer(
        self, environ: "WSGIEnvironment", mount: str, resource: str
    ) -> tuple[Answer, Version]:
        """Answer in the version that the request turned out to mean (Communication 3.3)."""
        asked: list[Asked] = []
        try:
            answer = _handle(environ, mount, resource, asked)
        except Exception as error:  # noqa: BLE001 - here every error becomes an answer
            answer = _refusal(Request(environ), error)
            is_read = resource == "statements" and environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            if is_read and answer.status < 500:  # noqa: PLR2004 - the database is there
                _say_how_far(answer)
        return answer, asked[0].version if asked else MOUNTS[mount]


def _refusal(request: Request, error: Exception) -> Answer:
    with (
        problems.in_language_of(request.headers.get("Accept-Language")),
        structlog.contextvars.bound_contextvars(address=request.remote_addr or ""),
    ):
        return problems.answer(error)


def _say_how_far(answer: Answer) -> None:
    """Communication 2.1.3: the header belongs to refusals, too."""
    see_afresh()
    answer.say(CONSISTENT_THROUGH, format_timestamp(queries.consistent_through()))


def _handle(
    environ: "WSGIEnvironment", mount: str, resource: str, understood: list[Asked]
) -> Answer:
    """Find the one who answers. What the request meant is noted before it is answered."""
    method = environ["REQUEST_METHOD"]
    if method == "OPTIONS":
        answer = Answer()
        answer.say("Allow", ", ".join((*METHODS, "OPTIONS")))
        return answer
    if resource == "about":
        if method not in READING:
            raise problems.MethodNotAllowed(READING)
        return things.about()
    if resource == "oauth/token":
        if method != "POST":
            raise problems.MethodNotAllowed(("POST", "OPTIONS"))
        return token.create(request_of(environ))
    handlers = RESOURCES.get(resource)
    if handlers is None:
        raise problems.NoSuchResource
    asked = understand(environ, mount)
    understood.append(asked)
    handle = handlers.get(asked.method)
    if handle is None:
        raise problems.MethodNotAllowed(sorted(handlers))
    return handle(asked)
