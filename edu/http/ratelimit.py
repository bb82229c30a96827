"""Limits on how often one may try (ASVS 2.4.1, 6.3.1)."""

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address

from edu.db import utcnow
from edu.errors import TooMany
from edu.settings import Settings

limiter = Limiter(get_remote_address, strategy="moving-window")


def by_account() -> str:
    """Count by the account that is being tried, whoever tries it."""
    return "account:" + request.form.get("email", "").strip().lower()[:254]


def was_refused(answer: Response) -> bool:
    """True when the form came back with errors: only failures count against the one who tries.

    So forty learners of one computer room sign in behind one address, and nobody guesses.
    """
    return answer.status_code == 422  # noqa: PLR2004 - a form with errors


def _refuse(_error: RateLimitExceeded) -> ResponseReturnValue:
    """Say so in the house's own way.

    Not by the library's `on_breach`: what that raises is taken for a failure of the storage.
    """
    breached = limiter.current_limit
    ends = breached.reset_at if breached else 0
    refused = TooMany(retry_after=max(1, round(ends - utcnow().timestamp())))
    return current_app.make_response(current_app.handle_user_exception(refused))


def init_app(app: Flask, settings: Settings) -> None:
    """Count in Redis where there is one for several hosts, else in this process."""
    counted_at = settings.redis_url.replace("unix://", "redis+unix://", 1) or "memory://"
    app.config.setdefault("RATELIMIT_STORAGE_URI", counted_at)
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, _refuse)
    # the library reads RATELIMIT_ENABLED once; we ask at each request, so that tests may decide
    limiter.request_filter(lambda: not current_app.config["RATELIMIT_ENABLED"])
