"""The alternate request syntax of 1.0.3, for browsers of its time (Communication 1.3).

A POST whose one query parameter is "method" carries headers, parameters and content in its form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.version import HEADER, Version, negotiate

SECTION = "Communication 1.3"
METHODS = ("GET", "PUT", "POST", "DELETE", "HEAD")
_HEADERS = {
    name.lower(): name
    for name in (
        "Authorization",
        HEADER,
        "Content-Type",
        "Content-Length",
        "If-Match",
        "If-None-Match",
    )
}


@dataclass(frozen=True, slots=True)
class Request:
    """The request that was meant."""

    version: Version
    method: str
    headers: dict[str, str]  # those the form gave; they replace the real ones
    parameters: tuple[tuple[str, str], ...]
    content: bytes | None


def is_alternate(method: str, query: Iterable[tuple[str, str]]) -> bool:
    """True when the query string speaks this syntax, rightly or not."""
    return method == "POST" and any(name == "method" for name, _ in query)


def read(
    query: Iterable[tuple[str, str]],
    form: Iterable[tuple[str, str]],
    *,
    version_header: str | None,
) -> Request:
    """Find out what a request in this syntax means; the form goes before `version_header`.

    Raises InvalidRequest for any query parameter beside "method", for content that is missing, and
    for every such request in 2.0, which has done away with the syntax.
    """
    methods = [_only_method(name, value) for name, value in query]
    if len(methods) != 1 or methods[0] not in METHODS:
        raise InvalidRequest(Rule.METHOD, SECTION, "method")
    headers: dict[str, str] = {}
    parameters: list[tuple[str, str]] = []
    content: bytes | None = None
    for name, value in form:
        if name == "content":
            content = value.encode()
        elif name.lower() in _HEADERS:
            headers[_HEADERS[name.lower()]] = value
        else:
            parameters.append((name, value))
    version = negotiate(headers.get(HEADER, version_header))
    if version is not Version.V1:
        raise InvalidRequest(Rule.ALTERNATE_SYNTAX, "IEEE 9274.1.1 4.1", "method")
    if content is None and methods[0] in {"PUT", "POST"}:
        raise InvalidRequest(Rule.PARAMETER_MISSING, SECTION, "content")
    return Request(version, methods[0], headers, tuple(parameters), content)


def _only_method(name: str, value: str) -> str:
    if name != "method":
        raise InvalidRequest(Rule.ALTERNATE_SYNTAX, SECTION, name)
    return value
