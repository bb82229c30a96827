"""The one place that turns errors into answers: a page for people, problem+json for machines."""

import errno
from urllib.parse import urlsplit

import structlog
from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from pydantic import BaseModel
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, SecurityError

from edu.db import db
from edu.errors import DomainError, Invalid, SignInRequired, StorageAway, StorageFull, TooMany
from edu.i18n import _, lazy

log = structlog.get_logger()


class Problem(BaseModel):
    """An error for machines (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: dict[str, str] = {}


class FormExpired(DomainError):
    """The form's token is missing or old."""

    code = "form-expired"
    status = 400
    title = lazy("This page was open for too long. Please go back, reload it and try again.")


class Unstorable(Invalid):
    """The database takes no such value; a form or a schema should have said so before."""

    code = "unstorable"
    title = lazy(
        "Something in it cannot be stored: a number too large or a text too long, perhaps."
    )


# what PostgreSQL calls a DataError is an overflow to SQLite's driver and to Python's days
UNSTORABLE = (DataError, OverflowError)


DENIALS = frozenset({401, 403, 429})

FULL = frozenset({"SQLITE_FULL", "53100"})  # 53100: PostgreSQL's disk_full

TITLES = {
    400: lazy("We could not understand that request."),
    401: lazy("Please sign in first."),
    403: lazy("Your account may not do that."),
    404: lazy("We could not find that page."),
    405: lazy("That address does not work this way."),
    413: lazy("What you sent is larger than the limit."),
    415: lazy("We cannot read that kind of file."),
    429: lazy("That was too many attempts. Please wait a little and try again."),
    500: lazy("Something broke on our side. It has been noted; please try again."),
}


def wants_json() -> bool:
    """True for the machines' addresses and for those who ask for JSON."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return best == "application/json"


def answer(
    status: int, code: str, title: str, fields: dict[str, str] | None = None
) -> ResponseReturnValue:
    """Show the error in the shape that the asker reads."""
    if wants_json():
        problem = Problem(type=f"/problems/{code}", title=title, status=status, errors=fields or {})
        made: Response = jsonify(problem.model_dump())
        made.content_type = "application/problem+json"
        return made, status
    return render_template("error.html", status=status, code=code, title=title), status


def init_app(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, lambda _error: _domain(FormExpired()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _domain(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    if error.status in DENIALS:  # ASVS 16.3.2: failed authorisation is logged
        log.warning("request.denied", code=error.code, endpoint=request.endpoint)
    if isinstance(error, SignInRequired) and not wants_json() and request.method == "GET":
        return _to_sign_in()
    fields = {name: str(text) for name, text in error.fields.items()}
    made = make_response(answer(error.status, error.code, error.message, fields))
    if isinstance(error, TooMany):
        made.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, SignInRequired):
        made.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110 §11.6.1: a 401 names a way in
    return made


def _to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and back; the whole page, where htmx asked for a part of it."""
    asked = urlsplit(request.headers.get("HX-Current-URL", request.full_path))
    here = asked._replace(scheme="", netloc="").geturl().rstrip("?")
    address = url_for("accounts.sign_in", next=here)
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):  # another host: no address of ours can be written there
        return Response("400\n", 400, content_type="text/plain")
    db.session.rollback()
    status = error.code or 500
    if 300 <= status < 400:  # noqa: PLR2004 - a redirect is no error
        return error
    title = str(TITLES.get(status, _("That is not possible right now.")))
    made = make_response(answer(status, f"http-{status}", title))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After", "WWW-Authenticate"}:
            made.headers[name] = value
    return made


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("request.crashed", endpoint=request.endpoint, exc_info=error)
    if found := trouble(error):
        return _in_trouble(found)
    if isinstance(error, UNSTORABLE) or isinstance(getattr(error, "orig", None), UNSTORABLE):
        return _domain(Unstorable())
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return _answer_somehow(500, "internal-error", str(TITLES[500]))


def trouble(error: Exception) -> DomainError | None:
    """Say what is wrong with the storage behind an error; None where the storage is well.

    Every driver calls it OperationalError (PEP 249) when the cause is not the program's.
    """
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull()
    source = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's
    if not any(kind.__name__ == "OperationalError" for kind in type(source).__mro__):
        return None
    code = getattr(source, "sqlite_errorname", None) or getattr(source, "sqlstate", None)
    if code == "SQLITE_ERROR":  # a wrong statement is the program's fault
        return None
    return StorageFull() if code in FULL else StorageAway()


def _in_trouble(found: DomainError) -> Response:
    made = make_response(_answer_somehow(found.status, found.code, found.message))
    if isinstance(found, StorageAway):
        made.headers["Retry-After"] = "5"
    return made


def _answer_somehow(status: int, code: str, title: str) -> ResponseReturnValue:
    try:
        return answer(status, code, title)
    except Exception as second:  # the page itself needs what is broken: the database
        log.error("request.error_page_crashed", exc_info=second)  # noqa: TRY400 - as above
        return Response(title, status, content_type="text/plain; charset=utf-8")
