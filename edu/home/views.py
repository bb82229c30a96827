"""The front door, and the small addresses that every site has."""

import secrets

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.wrappers import Response as BaseResponse

from edu.accounts import queries as accounts
from edu.accounts import service as accounts_service
from edu.accounts.models import Person
from edu.db import inside, unit_of_work
from edu.errors import Invalid, NotFound
from edu.home import queries
from edu.http.addresses import onward
from edu.http.metrics import exposition
from edu.http.session import actor, public, visitor
from edu.i18n import LANGUAGES
from edu.settings import in_force
from edu.tenancy.models import Organisation
from edu.ui.slots import slot

bp = Blueprint("home", __name__)

LOOPBACK = frozenset({"127.0.0.1", "::1"})
YEAR = 31_536_000  # seconds

ROBOTS = """User-agent: *
Disallow: /account
Disallow: /sign-in
Disallow: /join
Disallow: /forgot-password
Disallow: /api/
"""


@bp.get("/")
@public
def show() -> ResponseReturnValue:
    """Show a stranger what this is, and somebody signed in what to do next."""
    if visitor() is None:
        return render_template("edu/home/landing.html")
    return render_template("edu/home/home.html", work=_work_of(actor()))


def _work_of(person: Person) -> list[tuple[Organisation, Markup]]:
    """For each place where somebody works, what leads into the work there."""
    found = []
    for organisation in accounts.places_of(person):
        with inside(organisation.id):
            found.append((organisation, slot("place.staff", organisation=organisation, level=3)))
    return found


@bp.post("/lang")
@public
def choose_language() -> ResponseReturnValue:
    """Change the language and stay on the page; the account remembers it, for mail too."""
    code = request.form.get("lang", "")
    if code not in LANGUAGES:
        raise Invalid
    if person := visitor():
        with unit_of_work():
            accounts_service.choose_language(person, code)
    answer = redirect(onward(), 303)
    _keep_language(answer, code)
    return answer


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Say that the process answers; touches nothing else."""
    return Response("ok\n", content_type="text/plain")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether database, queue and storage answer: 200 when all do, else 503."""
    parts = queries.readiness()
    return parts, 200 if all(parts.values()) else 503


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Show figures to who has the token; without one in the settings, to this machine alone.

    Everybody else gets 404, as if there were nothing.
    """
    if not _may_read_metrics():
        raise NotFound
    return Response(exposition(queries.jobs_by_state()), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics() -> bool:
    if token := in_force().metrics_token.get_secret_value():
        said = request.headers.get("Authorization", "")
        return secrets.compare_digest(said.encode(), f"Bearer {token}".encode())
    # a proxy on this machine also comes from loopback, but says for whom
    return request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep robots away from what is not for them."""
    return Response(ROBOTS, content_type="text/plain")


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Give the icon to browsers that ask where icons used to be."""
    return current_app.send_static_file("img/favicon.svg")


def init_app(app: Flask) -> None:
    """Let a link choose the language for the pages that follow: `?lang=en`."""

    @app.after_request
    def _remember_language(answer: Response) -> Response:
        code = request.args.get("lang", "")
        if code in LANGUAGES and request.endpoint != "static":
            _keep_language(answer, code)
        return answer


def _keep_language(answer: BaseResponse, code: str) -> None:
    answer.set_cookie("lang", code, max_age=YEAR, secure=in_force().is_https, samesite="Lax")
