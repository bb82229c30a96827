"""Languages: words, dates, numbers and names as the reader expects them.

Message ids are English; `edu/translations/vi` holds the Vietnamese. Content that people write
is a *language map* as in xAPI 1.0.3 Data §4.2 and JSON-LD: `{"vi": "Hàn", "en": "Welding"}`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from babel.support import LazyProxy
from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    format_date,
    format_datetime,
    format_decimal,
    format_percent,
    format_timedelta,
    get_locale,
    gettext,
    lazy_gettext,
    ngettext,
)

LANGUAGES = ("vi", "en")

LanguageMap = dict[str, str]
Text: TypeAlias = str | LazyProxy

_ = gettext
lazy = lazy_gettext

__all__ = [
    "LANGUAGES",
    "LanguageMap",
    "Text",
    "_",
    "ago",
    "force_locale",
    "format_date",
    "format_datetime",
    "format_decimal",
    "format_percent",
    "init_app",
    "lazy",
    "local",
    "locale",
    "ngettext",
    "words",
]


def locale() -> str:
    """The reader's language, "vi" or "en"; Vietnamese where nobody reads (a job, a command)."""
    found = get_locale()
    return str(found.language) if found else LANGUAGES[0]


def local(text: Mapping[str, str] | None, language: str | None = None) -> str:
    """Pick the reader's language from a language map, else the best other one, else ""."""
    if not text:
        return ""
    for wanted in (language or locale(), *LANGUAGES):
        if text.get(wanted):
            return text[wanted]
    return next(iter(text.values()))


def words(vi: str, en: str) -> LanguageMap:
    """Build a language map, leaving out what is empty."""
    return {code: text for code, text in (("vi", vi), ("en", en)) if text}


def ago(moment: datetime | date, now: datetime) -> str:
    """Say how long ago in words: "3 hours ago"."""
    if not isinstance(moment, datetime):
        return str(format_date(moment))
    return str(format_timedelta(moment - now, add_direction=True))


def _chosen_locale(default: str, of_actor: Callable[[], str | None]) -> str:
    """The link's choice, then the cookie's, then the account's, then the browser's."""
    if not has_request_context():
        return default
    for choice in (request.args.get("lang"), request.cookies.get("lang"), of_actor()):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(LANGUAGES) or default


def init_app(app: Flask, *, default: str, zone: str, of_actor: Callable[[], str | None]) -> None:
    """Install the locale choice and the template filters."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(
        app,
        default_locale=default,
        default_timezone=zone,
        locale_selector=lambda: _chosen_locale(default, of_actor),
    )
    filters: dict[str, Callable[..., Any]] = {
        "local": local,
        "date": format_date,
        "datetime": format_datetime,
        "number": format_decimal,
        "percent": format_percent,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(locale=locale, languages=LANGUAGES)
    app.jinja_env.add_extension("jinja2.ext.i18n")
