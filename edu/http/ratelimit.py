"""Limits on how often one may try (ASVS 2.4.1, 6.3.1)."""

from flask import Flask, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address

from edu.errors import TooMany
from edu.settings import Settings

limiter = Limiter(get_remote_address, headers_enabled=True, strategy="moving-window")


def by_account() -> str:
    """Count by the account that is being tried, whoever tries it."""
    return "account:" + request.form.get("email", "").strip().lower()


def _refuse(limit: RequestLimit) -> None:
    raise TooMany(retry_after=int(limit.limit.get_expiry()))


def init_app(app: Flask, settings: Settings) -> None:
    """Count in Redis where there is one for several hosts, else in this process."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    limiter._on_breach = _refuse  # type: ignore[assignment]  # noqa: SLF001
    limiter.init_app(app)
