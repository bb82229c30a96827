"""Languages: words, dates, numbers and names as the reader expects them.

Message ids are English; `edu/translations/vi` holds the Vietnamese. Content that people write
is a *language map* as in xAPI 1.0.3 Data §4.2 and JSON-LD: `{"vi": "Hàn", "en": "Welding"}`.
"""

import os
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy
from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    format_decimal,
    format_percent,
    format_timedelta,
    get_locale,
    gettext,
    lazy_gettext,
    ngettext,
)

LANGUAGES = ("vi", "en")
SOURCES = Path(__file__).with_name("translations")

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
    "sort_key",
    "words",
]

# Patterns of Unicode TR 35. CLDR's own would say "22 thg 11, 2026", which nobody here writes, and
# American dates to readers of English.
_DATES = {
    "vi": {"short": "dd/MM", "medium": "dd/MM/yyyy", "long": "d 'tháng' M 'năm' yyyy"},
    "en": {"short": "d MMM", "medium": "d MMM yyyy", "long": "d MMMM yyyy"},
}
_MOMENTS = {"vi": "HH:mm, {day}", "en": "{day}, HH:mm"}

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; before them, none


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


def format_date(day: date, length: str = "medium") -> str:
    """Write a day, or the day of a moment in our zone: 22/11/2026.

    "long" names the month; "short" leaves the year out, for charts.
    """
    return str(flask_babel.format_date(day, _DATES[locale()][length]))


def format_datetime(moment: datetime, length: str = "medium") -> str:
    """Write a moment in our zone, to the minute: 14:05, 22/11/2026."""
    pattern = _MOMENTS[locale()].format(day=_DATES[locale()][length])
    return str(flask_babel.format_datetime(moment, pattern))


def ago(moment: datetime | date, now: datetime) -> str:
    """Say how long ago in words: "3 giờ trước". A day without a time is written as a date."""
    if not isinstance(moment, datetime):
        return format_date(moment)
    return str(format_timedelta(moment - now, add_direction=True))


def sort_key(name: str) -> tuple[object, ...]:
    """Sort people as Vietnamese lists do: by given name, then from the family name on.

    Syllable by syllable, letters (a ă â b c d đ e ê …) decide before tones; other letters and
    digits come after ours.
    """
    *before, given = unicodedata.normalize("NFC", name.casefold()).split() or [""]
    return tuple(_syllable_key(syllable) for syllable in [given, *before])


def _syllable_key(syllable: str) -> tuple[object, ...]:
    parts = [unicodedata.normalize("NFD", letter) for letter in syllable]
    tones = [max(_TONES.find(mark) for mark in part) for part in parts]
    bare = ["".join(mark for mark in part if mark not in _TONES) for part in parts]
    letters = [unicodedata.normalize("NFC", letter) for letter in bare]
    places = [(one not in _LETTERS, _LETTERS.find(one), one) for one in letters]
    return places, tones


def _chosen_locale(default: str, of_actor: Callable[[], str | None]) -> str:
    """The link's choice, then the cookie's, then the account's, then the browser's."""
    if not has_request_context():
        return default
    for choice in (request.args.get("lang"), request.cookies.get("lang"), of_actor()):
        if choice in LANGUAGES:
            return str(choice)
    return request.accept_languages.best_match(LANGUAGES) or default


def compile_catalogues(folder: Path) -> None:
    """Compile the catalogues into the folder where they are not yet, or are of another release.

    What is compiled carries the time of its source: going back to an older release counts, too.
    Several processes may do this at once.
    """
    for source in SOURCES.glob("*/LC_MESSAGES/*.po"):
        compiled = folder / source.relative_to(SOURCES).with_suffix(".mo")
        written = source.stat().st_mtime_ns
        if compiled.exists() and compiled.stat().st_mtime_ns == written:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        fresh = compiled.with_suffix(f".{os.getpid()}")
        with source.open("rb") as texts, fresh.open("wb") as target:
            write_mo(target, read_po(texts, source.parents[1].name))
        os.utime(fresh, ns=(written, written))
        fresh.replace(compiled)


def init_app(
    app: Flask, *, home: Path, default: str, zone: str, of_actor: Callable[[], str | None]
) -> None:
    """Install the catalogues (compiled into HOME), the locale choice and the template filters."""
    catalogues = home / "translations"
    compile_catalogues(catalogues)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(catalogues)
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
