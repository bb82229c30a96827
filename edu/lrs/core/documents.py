"""Documents beside the statements: state and profiles (Communication 2.2, 2.3, 2.6, 2.7, 3.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, StrEnum
from hashlib import sha1
from typing import NamedTuple

import orjson

from edu.lrs.core import json_in
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidJson, InvalidRequest, Problem, Rule
from edu.lrs.core.query import Read, once_each, read, read_agent, read_iri, read_text, read_uuid
from edu.lrs.core.values import parse_timestamp
from edu.lrs.core.version import Version


class Method(StrEnum):
    """What may be done with documents; HEAD is GET without a body."""

    GET = "GET"
    PUT = "PUT"
    POST = "POST"
    DELETE = "DELETE"


class Resource(Enum):
    """The three kinds of document: their section, their id's name, and what they hang on."""

    STATE = ("Communication 2.3", "stateId", ("activityId", "agent"))
    AGENT_PROFILE = ("Communication 2.6", "profileId", ("agent",))
    ACTIVITY_PROFILE = ("Communication 2.7", "profileId", ("activityId",))

    def __init__(self, section: str, id_name: str, owners: tuple[str, ...]) -> None:
        self.section = section
        self.id_name = id_name
        self.owners = owners


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """Which document, or which documents when `document_id` is None."""

    activity_id: str | None = None
    agent: JsonObject | None = None
    registration: str | None = None
    document_id: str | None = None
    since: datetime | None = None  # exclusive, of the last change


_READERS: dict[str, tuple[str, Read]] = {
    "activityId": ("activity_id", read_iri),
    "agent": ("agent", read_agent),
    "registration": ("registration", read_uuid),
    "stateId": ("document_id", read_text),
    "profileId": ("document_id", read_text),
    "since": ("since", parse_timestamp),
}


def parse_document_query(
    resource: Resource,
    method: Method,
    parameters: Iterable[tuple[str, str]],
    version: Version,
) -> DocumentQuery:
    """Read the parameters of a request for documents; raises InvalidRequest.

    Many documents are listed by GET with "since" or no id, and only states deleted without one.
    """
    allowed = [*resource.owners, resource.id_name]
    if resource is Resource.STATE:
        allowed.append("registration")
    if method is Method.GET:
        allowed.append("since")
    given = once_each(parameters, allowed, resource.section)
    may_be_many = method is Method.GET or (method is Method.DELETE and resource is Resource.STATE)
    required = resource.owners if may_be_many else (*resource.owners, resource.id_name)
    for name in required:
        if name not in given:
            raise InvalidRequest(Rule.PARAMETER_MISSING, resource.section, name)
    if resource.id_name in given and "since" in given:  # it chooses among many
        raise InvalidRequest(Rule.PARAMETER_CONFLICT, resource.section, "since")
    values = {}
    for name, written in given.items():
        field, reader = _READERS[name]
        values[field] = read(name, written, reader, version)
    return DocumentQuery(**values)


def etag(content: bytes) -> str:
    """Entity tag of a document: its SHA-1 in hexadecimal, in quotes (Communication 3.1)."""
    return f'"{sha1(content, usedforsecurity=False).hexdigest()}"'


class Decision(IntEnum):
    """Whether a document may be changed; but for ALLOW, the status to answer with."""

    ALLOW = 0
    BAD_REQUEST = 400
    CONFLICT = 409  # with words: look at the current state, then send If-Match with its ETag
    PRECONDITION_FAILED = 412


class Preconditions(NamedTuple):
    """The If-Match and If-None-Match headers of a request, as written."""

    if_match: str | None = None
    if_none_match: str | None = None


def decide(
    resource: Resource,
    method: Method,
    preconditions: Preconditions,
    *,
    current: str | None,
    version: Version,
) -> Decision:
    """Say whether a change is safe; `current` is the document's ETag, None where there is none.

    Communication 3.1 frees states from the duty to say what one saw; IEEE 9274.1.1, 4.1.4, frees
    new documents. Both honour every precondition that is sent.
    """
    wanted, unwanted = preconditions.if_match, preconditions.if_none_match
    if wanted is not None and not _lists(wanted, current):
        return Decision.PRECONDITION_FAILED
    if unwanted is not None and _lists(unwanted, current):
        return Decision.PRECONDITION_FAILED
    if method is not Method.PUT or wanted is not None or unwanted is not None:
        return Decision.ALLOW
    if version is Version.V1 and resource is Resource.STATE:
        return Decision.ALLOW
    if current is not None:
        return Decision.CONFLICT
    return Decision.BAD_REQUEST if version is Version.V1 else Decision.ALLOW


def _lists(header: str, current: str | None) -> bool:
    """RFC 9110 13.1: "*" stands for whatever there is.

    Proxies that compress mark a tag as weak on its way out; it comes back so, and still counts.
    """
    if current is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or current in tags


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of a document and their media type."""

    content: bytes
    content_type: str

    @property
    def is_json(self) -> bool:
        """True for application/json, whatever its parameters."""
        return self.content_type.partition(";")[0].strip().lower() == "application/json"


def merge(existing: Document | None, posted: Document, *, max_bytes: int) -> Document:
    """Apply a POST: set the posted properties on the existing document (Communication 2.2).

    Where there is none yet the posted one is kept as it came, as by PUT, but what says it is JSON
    must be (Communication 2.7). Raises Problem unless both are JSON objects, and InvalidJson when
    one is too large; nothing must then be changed.
    """
    if existing is None:
        if posted.is_json:
            json_in.parse(posted.content, max_bytes=max_bytes)
        return posted
    merged = _json_object(existing, max_bytes) | _json_object(posted, max_bytes)
    return Document(orjson.dumps(merged), "application/json")


def _json_object(document: Document, max_bytes: int) -> JsonObject:
    if document.is_json:
        try:
            value = json_in.parse(document.content, max_bytes=max_bytes)
        except InvalidJson as error:
            if error.rule is Rule.TOO_LARGE:
                raise
            raise _not_mergeable() from error
        if isinstance(value, dict):
            return value
    raise _not_mergeable()


def _not_mergeable() -> Problem:
    return Problem(Rule.NOT_MERGEABLE, "Communication 2.2")
