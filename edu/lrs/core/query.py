"""Query parameters: which a resource takes, and what they must look like (Communication 2).

A parameter that is unknown, wrongly cased or given twice is refused, and values are held to the
rules for the same types in statements (Data 2.2).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from edu.lrs.core import json_in
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidRequest, Problem, Rule
from edu.lrs.core.validation.statement import check_agent, check_agent_or_identified_group
from edu.lrs.core.values import iri, parse_timestamp, uuid
from edu.lrs.core.version import Version

STATEMENTS = "Communication 2.1.3"
MAX_AGENT_BYTES = 1 << 16

Read: TypeAlias = Callable[[str, Version], Any]  # Any: each parameter has its own type


class Format(StrEnum):
    """How much a client wants to be told about agents, activities and verbs."""

    IDS = "ids"
    EXACT = "exact"
    CANONICAL = "canonical"


class StatementQuery(NamedTuple):
    """What GET /statements asks for; ids are in lower case, moments in UTC."""

    statement_id: str | None = None
    voided_statement_id: str | None = None
    agent: JsonObject | None = None
    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None  # exclusive, of "stored"
    until: datetime | None = None  # inclusive
    limit: int = 0  # 0: as many as the server likes
    format: Format = Format.EXACT
    attachments: bool = False
    ascending: bool = False

    @property
    def is_for_one(self) -> bool:
        """True when a single statement is asked for by id."""
        return self.statement_id is not None or self.voided_statement_id is not None


def read_text(written: str, _version: Version) -> str:
    """Any text, as it stands."""
    return written


def read_iri(written: str, _version: Version) -> str:
    """An IRI, as it stands."""
    iri(written)
    return written


def read_uuid(written: str, _version: Version) -> str:
    """A UUID, in lower case."""
    uuid(written)
    return written.lower()


def read_agent(written: str, _version: Version) -> JsonObject:
    """An agent in JSON; groups are refused (Communication 2.4, 2.6)."""
    agent = json_in.parse(written.encode(), max_bytes=MAX_AGENT_BYTES)
    check_agent(agent)
    return agent  # type: ignore[return-value]  # the check lets nothing pass but objects


def _read_agent_or_group(written: str, _version: Version) -> JsonObject:
    agent: Any = json_in.parse(written.encode(), max_bytes=MAX_AGENT_BYTES)  # Any: checked below
    check_agent_or_identified_group(agent)
    if agent_key(agent) is None:
        raise Problem(Rule.NO_IDENTIFIER, STATEMENTS)
    return agent  # type: ignore[no-any-return]  # the check lets nothing pass but objects


def _read_boolean(written: str, _version: Version) -> bool:
    if written not in {"true", "false"}:  # as in JSON
        raise Problem(Rule.BOOLEAN, STATEMENTS)
    return written == "true"


def _read_limit(written: str, _version: Version) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 10):  # noqa: PLR2004
        raise Problem(Rule.INTEGER, STATEMENTS)
    return int(written)


def _read_format(written: str, _version: Version) -> Format:
    if written not in set(Format):
        raise Problem(Rule.VOCABULARY, STATEMENTS)
    return Format(written)


_STATEMENT_PARAMETERS: dict[str, tuple[str, Read]] = {
    "statementId": ("statement_id", read_uuid),
    "voidedStatementId": ("voided_statement_id", read_uuid),
    "agent": ("agent", _read_agent_or_group),
    "verb": ("verb", read_iri),
    "activity": ("activity", read_iri),
    "registration": ("registration", read_uuid),
    "related_activities": ("related_activities", _read_boolean),
    "related_agents": ("related_agents", _read_boolean),
    "since": ("since", parse_timestamp),
    "until": ("until", parse_timestamp),
    "limit": ("limit", _read_limit),
    "format": ("format", _read_format),
    "attachments": ("attachments", _read_boolean),
    "ascending": ("ascending", _read_boolean),
}
_WITH_ONE_STATEMENT = frozenset({"attachments", "format"})


def once_each(
    parameters: Iterable[tuple[str, str]], allowed: Iterable[str], section: str
) -> dict[str, str]:
    """Collect parameters by name; refuse those not allowed and those repeated."""
    known = frozenset(allowed)
    collected: dict[str, str] = {}
    for name, written in parameters:
        if name not in known:
            raise InvalidRequest(Rule.PARAMETER_UNKNOWN, section, name)
        if name in collected:
            raise InvalidRequest(Rule.PARAMETER_REPEATED, section, name)
        collected[name] = written
    return collected


def read(name: str, written: str, reader: Read, version: Version) -> Any:
    """Read one value; what its reader refuses becomes an InvalidRequest that names it."""
    try:
        return reader(written, version)
    except Problem as problem:
        raise InvalidRequest(problem.rule, problem.section, name) from problem


def parse_statement_query(
    parameters: Iterable[tuple[str, str]], version: Version
) -> StatementQuery:
    """Read the parameters of GET /statements; raises InvalidRequest."""
    given = once_each(parameters, _STATEMENT_PARAMETERS, STATEMENTS)
    _refuse_conflicts(given)
    values = {}
    for name, written in given.items():
        field, reader = _STATEMENT_PARAMETERS[name]
        values[field] = read(name, written, reader, version)
    return StatementQuery(**values)


def _refuse_conflicts(given: Mapping[str, str]) -> None:
    """Communication 2.1.3: one statement is asked for by one id and no filter."""
    for chosen in ("statementId", "voidedStatementId"):
        for other in given if chosen in given else ():
            if other != chosen and other not in _WITH_ONE_STATEMENT:
                raise InvalidRequest(Rule.PARAMETER_CONFLICT, STATEMENTS, other)


def parse_put_statement(
    parameters: Iterable[tuple[str, str]], statement: JsonObject, version: Version
) -> str:
    """Read the statementId of PUT /statements and hold a valid statement to it.

    Returns the id in lower case; raises InvalidRequest (Communication 2.1.1).
    """
    section = "Communication 2.1.1"
    given = once_each(parameters, ("statementId",), section)
    if "statementId" not in given:
        raise InvalidRequest(Rule.PARAMETER_MISSING, section, "statementId")
    statement_id: str = read("statementId", given["statementId"], read_uuid, version)
    if statement.get("id", statement_id).lower() != statement_id:
        raise InvalidRequest(Rule.ID_MISMATCH, section, "statementId")
    return statement_id
