"""Who is asking: the signed-in person, from a cookie or a bearer token.

The cookie carries a random token; the row it points at lives in the database, so signing out,
closing an account or changing a password ends a session at once (ASVS 7.4.1, 7.4.2).
Every route asks for a signed-in person unless its view is marked `@public`. A bearer token opens
only the views that name a scope, and the plain ones under /api/, never a page.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar, cast
from uuid import UUID

from flask import Flask, current_app, g, has_request_context, request, session

from edu.db import utcnow
from edu.errors import Forbidden, SignInRequired
from edu.i18n import Text, lazy

if TYPE_CHECKING:
    from edu.accounts.models import Person

V = TypeVar("V", bound=Callable[..., object])

KEY = "sign_in"
HALF = "half_sign_in"
HALF_LENGTH = timedelta(minutes=10)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


SCOPES: dict[str, Text] = {
    "read": lazy("Read what you can see"),
    "write": lazy("Change what you can change"),
}
"""What access tokens may be made for; packages name their own with `name_scope`."""


class InsufficientScope(Forbidden):
    """The token is good, but was not made for this (RFC 6750 §3.1)."""

    code = "insufficient-scope"
    title = lazy("This access token may not be used for that: it lacks the scope “%(scope)s”.")


class Bearer(Protocol):
    """An access token: the person it acts for and what it may be used for."""

    @property
    def person(self) -> "Person":
        """Whose rights it carries."""

    @property
    def scopes(self) -> list[str]:
        """What it may be used for."""


class Half(NamedTuple):
    """Somebody who gave the right password and still owes the second step."""

    person_id: UUID
    onward: str


# Marks on views -------------------------------------------------------------------------------


def public(view: V) -> V:
    """Let strangers in. The house test lists every view that says so."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def scope(name: str) -> Callable[[V], V]:
    """Let access tokens in that carry this scope.

    A view under /api/ that names none asks for "read" (GET) or "write" (the other methods).
    """

    def mark(view: V) -> V:
        view.scope = name  # type: ignore[attr-defined]
        return view

    return mark


def name_scope(name: str, label: Text) -> None:
    """Offer a further scope on the page where access tokens are made; for a package's wiring."""
    SCOPES[name] = label


def is_public(endpoint: str | None) -> bool:
    """True when the endpoint's view is marked `@public`."""
    view = current_app.view_functions.get(endpoint or "")
    return endpoint == "static" or getattr(view, "is_public", False)


def scope_of(endpoint: str | None, path: str, method: str) -> str | None:
    """What a token needs for this view; None where no token opens it."""
    view = current_app.view_functions.get(endpoint or "")
    if named := getattr(view, "scope", None):
        return str(named)
    if not path.startswith("/api/"):
        return None
    return "read" if method in READING else "write"


# Who asks -------------------------------------------------------------------------------------


def actor() -> "Person":
    """The person who asks. Raises SignInRequired for a stranger."""
    person = visitor()
    if person is None:
        raise SignInRequired
    return person


def visitor() -> "Person | None":
    """The person who asks, or None for a stranger."""
    if "person" not in g:
        g.person = None  # while we look, nobody asks: an error page may be rendered
        g.person = _find_person()
    return cast("Person | None", g.person)


def used_bearer() -> bool:
    """True when the request carries its own token, which no other site can make a browser send."""
    return request.headers.get("Authorization", "").startswith("Bearer ")


def _find_person() -> "Person | None":
    by_cookie, by_bearer = current_app.extensions["edu_person_loaders"]
    if not used_bearer():
        held = session.get(KEY)
        return cast("Person | None", by_cookie(held)) if held else None
    needed = scope_of(request.endpoint, request.path, request.method)
    found: Bearer | None = by_bearer(request.headers["Authorization"][7:]) if needed else None
    if found is None or needed is None:
        return None
    if needed not in found.scopes:
        raise InsufficientScope(scope=needed)
    return found.person


# This browser's session -----------------------------------------------------------------------


def remember(token: str) -> None:
    """Start a fresh session for the token: nothing from before sign-in survives (ASVS 7.2.4)."""
    session.clear()
    session[KEY] = token
    session.permanent = True
    g.pop("person", None)


def forget() -> str | None:
    """End this browser's session; give its token so that the row can be deleted."""
    token: str | None = session.get(KEY)
    session.clear()
    g.pop("person", None)
    return token


def token() -> str | None:
    """The token of this browser's session, if any."""
    found: str | None = session.get(KEY)
    return found


def hold(person_id: UUID, *, onward: str) -> None:
    """Note that the password was right; the person is not signed in yet."""
    session.clear()
    session[HALF] = [str(person_id), onward, utcnow().isoformat()]


def held() -> Half | None:
    """Who owes the second step in this browser, for ten minutes."""
    found = session.get(HALF)
    if not found:
        return None
    person_id, onward, since = found
    if utcnow() - datetime.fromisoformat(since) > HALF_LENGTH:
        return None
    return Half(UUID(person_id), onward)


def init_app(
    app: Flask,
    *,
    by_cookie: "Callable[[str], Person | None]",
    by_bearer: Callable[[str], Bearer | None],
) -> None:
    """Install the loaders of persons and shut every door that is not marked public."""
    app.extensions["edu_person_loaders"] = (by_cookie, by_bearer)

    @app.before_request
    def _ask_for_sign_in() -> None:
        if request.endpoint == "static":
            return
        person = visitor()  # also for public views: never first from inside a unit of work
        if person is None and request.endpoint and not is_public(request.endpoint):
            raise SignInRequired

    @app.context_processor
    def _who() -> dict[str, object]:
        return {"actor": visitor() if has_request_context() else None}  # a job writes letters
