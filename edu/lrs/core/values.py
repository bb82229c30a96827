"""Single values: what a string or number of each kind must look like.

Each check takes any parsed JSON value and raises InvalidStatement when it is not of the kind.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.version import Version

Check: TypeAlias = Callable[[object], object]

LARGEST = 1.7976931348623157e308  # the largest double (Data 2.2 asks for 32 bits at least)


def formatted(rule: Rule, section: str, pattern: str) -> Check:
    """Make the check of a string that must match `pattern` as a whole."""
    matches = re.compile(pattern, re.VERBOSE).fullmatch

    def check(value: object) -> None:
        if type(value) is not str or matches(value) is None:
            raise InvalidStatement.of(value, rule, section)

    return check


def one_of(rule: Rule, section: str, *allowed: str) -> Check:
    """Make the check of a string that must be exactly one of `allowed`, case included."""
    words = frozenset(allowed)

    def check(value: object) -> None:
        if type(value) is not str or value not in words:
            raise InvalidStatement.of(value, rule, section)

    return check


# Data 4.3, RFC 3987: a scheme, then at least one character; no blanks, controls, or the
# characters RFC 3987 leaves out; "%" only before two hexadecimal digits. Possessive: linear time.
iri = formatted(
    Rule.IRI,
    "Data 4.3",
    r"""[A-Za-z][A-Za-z0-9+.\-]*+:
    (?:[^\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff<>"{}|\\^`%]++|%[0-9A-Fa-f]{2})++""",
)

# Data 4.4: the standard string form; any variant, either case.
uuid = formatted(
    Rule.UUID,
    "Data 4.4",
    r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
)

# Data 4.6, ISO 8601:2004 4.4.3.2: weeks alone, or the other units in order; only the last
# number may have a fraction, written with a point or a comma.
_AMOUNT = r"[0-9]++(?:[.,][0-9]++(?=[A-Z]\Z))?"
duration = formatted(
    Rule.DURATION,
    "Data 4.6",
    rf"""P(?:{_AMOUNT}W
    |(?=[0-9T])(?:{_AMOUNT}Y)?(?:{_AMOUNT}M)?(?:{_AMOUNT}D)?
    (?:T(?=[0-9])(?:{_AMOUNT}H)?(?:{_AMOUNT}M)?(?:{_AMOUNT}S)?)?)""",
)

# Data 4.2, RFC 5646 2.1: the whole grammar of language tags, old registered ones included.
language_tag = formatted(
    Rule.LANGUAGE_TAG,
    "Data 4.2",
    r"""[a-z]{2,3}(?:-[A-Z]{2})?                           # most of them, quickly
    |(?ai:
    (?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})   # language, extended language
    (?:-[a-z]{4})?                                         # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                            # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*               # variants
    (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*                   # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?                             # private use
    |x(?:-[a-z0-9]{1,8})+
    |en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
    |sgn-(?:be-fr|be-nl|ch-de)
    |art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))""",
)

# Data 2.4.2.3: "mailto:" and one address, without the header fields RFC 6068 would allow.
mbox = formatted(
    Rule.MBOX,
    "Data 2.4.2.3",
    r"""mailto:[^\x00-\x20\x7f@<>()\[\],;:\\"?]+@[^\x00-\x20\x7f@<>()\[\],;:\\"?/#%&]+""",
)
sha1 = formatted(Rule.SHA1, "Data 2.4.2.3", r"[0-9A-Fa-f]{40}")

# Data 2.4.11: SHA-224, 256, 384 or 512, in hexadecimal.
sha2 = formatted(
    Rule.SHA2,
    "Data 2.4.11",
    "[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128}",
)

# Data 2.4.11, RFC 2045 5.1: type "/" subtype, and whatever parameters follow.
media_type = formatted(
    Rule.MEDIA_TYPE,
    "Data 2.4.11",
    r"""[A-Za-z0-9!\#$%&'*+.^_`|~\-]+/[A-Za-z0-9!\#$%&'*+.^_`|~\-]+
    (?:[ ]*;[\t\x20-\x7e]*)?""",
)


def text(value: object) -> None:
    """Any string, the empty one too."""
    if type(value) is not str:
        raise InvalidStatement.of(value, Rule.STRING, "Data 2.2")


def boolean(value: object) -> None:
    """True or false, not a word for it."""
    if type(value) is not bool:
        raise InvalidStatement.of(value, Rule.BOOLEAN, "Data 2.2")


def number(value: object) -> None:
    """A number within the range of doubles; NaN is none."""
    if (type(value) is not float and type(value) is not int) or not -LARGEST <= value <= LARGEST:
        raise InvalidStatement.of(value, Rule.NUMBER, "Data 2.2")


def count(value: object) -> None:
    """A whole number, zero or more."""
    if type(value) is not int or value < 0:
        raise InvalidStatement.of(value, Rule.INTEGER, "Data 2.4.11")


def language_map(value: object) -> None:
    """An object from language tags to strings (Data 4.2)."""
    if type(value) is not dict:
        raise InvalidStatement.of(value, Rule.OBJECT, "Data 4.2")
    for tag, words in value.items():
        try:
            language_tag(tag)
            text(words)
        except InvalidStatement as problem:
            problem.within(tag)
            raise


def extensions(value: object) -> None:
    """An object from IRIs to anything at all, null included (Data 4.1)."""
    if type(value) is not dict:
        raise InvalidStatement.of(value, Rule.OBJECT, "Data 4.1")
    for key in value:
        try:
            iri(key)
        except InvalidStatement as problem:
            problem.within(key)
            raise


# IEEE 9274.1.1, 4.2.7: RFC 3339, so an offset is due, and 5.6 lets a space stand for the "T".
# "-00:00" means "unknown" and is refused.
_TIMESTAMP_2 = re.compile(
    r"""[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt\ ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?
    (?:[Zz]|(?!-00:00)[+-][0-9]{2}:[0-5][0-9])""",
    re.VERBOSE,
)
# Data 4.5: ISO 8601 date and time, extended or basic; the offset may be short or absent.
_TIMESTAMP_1 = re.compile(
    r"""(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?
    |[0-9]{8}[Tt][0-9]{4}(?:[0-9]{2}(?:[.,][0-9]+)?)?)
    (?:[Zz]|(?!-00(?::?00)?\Z)[+-][0-9]{2}(?::?[0-5][0-9])?)?""",
    re.VERBOSE,
)
_TIMESTAMPS = {Version.V1: _TIMESTAMP_1.fullmatch, Version.V2: _TIMESTAMP_2.fullmatch}


def parse_timestamp(value: object, version: Version) -> datetime:
    """Read a timestamp as a moment in UTC, cut to microseconds; without an offset it is UTC.

    Raises InvalidStatement where the form or the date is wrong.
    """
    if type(value) is str and _TIMESTAMPS[version](value):
        try:
            return _moment(value.upper())
        except (ValueError, OverflowError):  # no such day, or before year 1 or after 9999 in UTC
            pass
    raise InvalidStatement.of(value, Rule.TIMESTAMP, "Data 4.5")


def _moment(written: str) -> datetime:
    leap = written[16:19] == ":60"  # RFC 3339 5.7 allows it, datetime does not
    if leap:
        written = f"{written[:17]}59{written[19:]}"
    moment = datetime.fromisoformat(written)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment + timedelta(seconds=1) if leap else moment


def format_timestamp(moment: datetime) -> str:
    """Write an aware moment in UTC, RFC 3339, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def timestamp(version: Version) -> Check:
    """Make the check of a timestamp under a version."""

    def check(value: object) -> datetime:
        return parse_timestamp(value, version)

    return check


def statement_version(version: Version) -> Check:
    """Make the check of a statement's own "version" under a version of the protocol.

    Data 2.4.10: 1.0 and its patches. IEEE 9274.1.1, 4.2.4.3: those, and 2.0 with its patches.
    """
    major = "1" if version is Version.V1 else "[12]"
    return formatted(Rule.STATEMENT_VERSION, "Data 2.4.10", rf"{major}\.0(?:\.[0-9]+)?")
