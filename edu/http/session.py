"""Who is asking: the signed-in person, from a cookie or a bearer token.

The cookie carries a random token; the row it points at lives in the database, so signing out,
closing an account or changing a password ends a session at once (ASVS 7.4.1, 7.4.2).
Every route asks for a signed-in person unless its view is marked `@public`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from flask import Flask, current_app, g, request, session

from edu.errors import SignInRequired

if TYPE_CHECKING:
    from edu.accounts.models import Person

V = TypeVar("V", bound=Callable[..., object])

KEY = "sign_in"


def public(view: V) -> V:
    """Let strangers in. The house test lists every view that says so."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(endpoint: str | None) -> bool:
    """True when the endpoint's view is marked `@public`."""
    view = current_app.view_functions.get(endpoint or "")
    return endpoint == "static" or getattr(view, "is_public", False)


def actor() -> "Person":
    """The person who asks. Raises SignInRequired for a stranger."""
    person = visitor()
    if person is None:
        raise SignInRequired
    return person


def visitor() -> "Person | None":
    """The person who asks, or None for a stranger."""
    if "person" not in g:
        g.person = _find_person()
    return cast("Person | None", g.person)


def used_bearer() -> bool:
    """True when the request carries its own token, which no other site can make a browser send."""
    return request.headers.get("Authorization", "").startswith("Bearer ")


def remember(token: str) -> None:
    """Start a fresh session for the token: nothing from before sign-in survives (ASVS 7.2.4)."""
    language = session.get("lang")
    session.clear()
    session[KEY] = token
    session.permanent = True
    if language:
        session["lang"] = language
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


def _find_person() -> "Person | None":
    by_cookie, by_bearer = current_app.extensions["edu_person_loaders"]
    if used_bearer():
        return cast("Person | None", by_bearer(request.headers["Authorization"][7:]))
    held = session.get(KEY)
    return cast("Person | None", by_cookie(held)) if held else None


def init_app(
    app: Flask,
    *,
    by_cookie: Callable[[str], "Person | None"],
    by_bearer: Callable[[str], "Person | None"],
) -> None:
    """Install the loaders of persons and shut every door that is not marked public."""
    app.extensions["edu_person_loaders"] = (by_cookie, by_bearer)

    @app.before_request
    def _ask_for_sign_in() -> None:
        if request.endpoint and not is_public(request.endpoint):
            actor()

    @app.context_processor
    def _who() -> dict[str, object]:
        return {"actor": visitor()}
