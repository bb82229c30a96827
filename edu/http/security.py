"""Headers, CSRF, hosts: what every request and every answer obeys."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from edu.errors import DomainError
from edu.http.session import used_bearer
from edu.i18n import lazy
from edu.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

V = TypeVar("V", bound=Callable[..., object])

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})

csrf = CSRFProtect()


class ForeignOrigin(DomainError):
    """Another site tried to act in a signed-in person's name."""

    code = "foreign-origin"
    status = 403
    title = lazy("This request came from another site and was refused.")


def put_before(app: Flask, door: "Callable[[WSGIApplication], WSGIApplication]") -> None:
    """Let another program see each request before the app does, as our proxies corrected it.

    For doors with their own law and their own locks, where all that a page needs would be waste.
    """
    outermost = app.wsgi_app
    if isinstance(outermost, ProxyFix):
        outermost.app = door(outermost.app)
    else:
        app.wsgi_app = door(outermost)  # type: ignore[assignment, method-assign]


def machine_door(view: object) -> None:
    """Mark a view or blueprint that authenticates each request itself, without cookies."""
    csrf.exempt(view)


def csp_nonce() -> str:
    """The nonce of this answer, for the few inline scripts there are."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast("str", g.csp_nonce)


def content_host(view: V) -> V:
    """Mark a view that serves uploads: only on the content host, never on the portal's."""
    view.on_content_host = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask, settings: Settings) -> None:
    """Install the guards. The order of the before_request hooks is the order of the checks."""
    _configure(app, settings)
    csrf.init_app(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    portal = urlsplit(settings.base_url)
    content = urlsplit(settings.content_url)
    origin = f"{portal.scheme}://{portal.netloc}"

    @app.before_request
    def _right_host() -> None:
        view = app.view_functions.get(request.endpoint or "")
        on_content_host = request.host.partition(":")[0] == content.hostname
        if view is not None and on_content_host != getattr(view, "on_content_host", False):
            abort(404)

    @app.before_request
    def _readable() -> None:
        asked = (text for pair in request.args.items(multi=True) for text in pair)
        if any("\0" in text for text in (request.path, *asked)):
            abort(400)  # no text holds it, and PostgreSQL takes none

    @app.before_request
    def _own_site_only() -> None:
        if request.method not in UNSAFE or used_bearer() or _is_exempt(app):
            return
        said = request.headers.get("Origin")
        if said is not None and said != origin:
            raise ForeignOrigin
        if app.config["WTF_CSRF_ENABLED"]:  # off in tests, but for those about it
            csrf.protect()

    @app.after_request
    def _headers(answer: Response) -> Response:
        return _add_headers(answer, settings, f"{content.scheme}://{content.netloc}")


def _configure(app: Flask, settings: Settings) -> None:
    hosts = [str(urlsplit(url).hostname) for url in (settings.base_url, settings.content_url)]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-edu" if settings.is_https else "edu",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # we compare Origin ourselves, also without TLS
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        TRUSTED_HOSTS=hosts,
    )
    if settings.behind_proxies:  # ASVS 4.1.3: forged X-Forwarded-* count only from our proxies
        count = settings.behind_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _is_exempt(app: Flask) -> bool:
    endpoint = request.endpoint or ""
    view = app.view_functions.get(endpoint)
    name = f"{view.__module__}.{view.__name__}" if view else ""
    return name in csrf._exempt_views or any(  # noqa: SLF001 - the library offers no question
        app.blueprints.get(part) in csrf._exempt_blueprints  # noqa: SLF001
        or part in csrf._exempt_blueprints  # noqa: SLF001
        for part in request.blueprints
    )


def _add_headers(answer: Response, settings: Settings, content_origin: str) -> Response:
    headers = answer.headers
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; "
        f"script-src 'self' 'nonce-{csp_nonce()}'; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: {content_origin}; media-src {content_origin}; "
        f"frame-src {content_origin}; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if settings.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        # pages hold personal data: shared school computers keep none of it (ASVS 14.3.2)
        headers.setdefault("Cache-Control", "no-store")
    return answer
