"""A statement as one row of a table: the columns of CSV and Parquet. docs/lrs.md explains them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeAlias

import orjson

from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.values import parse_timestamp
from edu.lrs.core.version import Version

Row: TypeAlias = dict[str, str | float | bool | datetime | None]


class Kind(Enum):
    """What a column holds; the value is its type in Parquet."""

    TEXT = "VARCHAR"
    MOMENT = "TIMESTAMP"
    NUMBER = "DOUBLE"
    BOOLEAN = "BOOLEAN"


COLUMNS: Mapping[str, Kind] = {
    "statement_id": Kind.TEXT,
    "stored": Kind.MOMENT,
    "timestamp": Kind.MOMENT,
    "actor": Kind.TEXT,
    "actor_name": Kind.TEXT,
    "verb": Kind.TEXT,
    "verb_name": Kind.TEXT,
    "object_type": Kind.TEXT,
    "object": Kind.TEXT,
    "object_name": Kind.TEXT,
    "activity_type": Kind.TEXT,
    "success": Kind.BOOLEAN,
    "completion": Kind.BOOLEAN,
    "score_scaled": Kind.NUMBER,
    "score_raw": Kind.NUMBER,
    "score_min": Kind.NUMBER,
    "score_max": Kind.NUMBER,
    "duration_seconds": Kind.NUMBER,
    "response": Kind.TEXT,
    "registration": Kind.TEXT,
    "parents": Kind.TEXT,
    "groupings": Kind.TEXT,
    "categories": Kind.TEXT,
    "instructor": Kind.TEXT,
    "team": Kind.TEXT,
    "platform": Kind.TEXT,
    "language": Kind.TEXT,
    "result_extensions": Kind.TEXT,
    "context_extensions": Kind.TEXT,
    "authority": Kind.TEXT,
    "version": Kind.TEXT,
}

_DURATION = re.compile(
    r"P(?:(?P<weeks>[\d.,]+)W)?(?:(?P<days>[\d.,]+)D)?"
    r"(?:T(?:(?P<hours>[\d.,]+)H)?(?:(?P<minutes>[\d.,]+)M)?(?:(?P<seconds>[\d.,]+)S)?)?"
)
_SECONDS = {"weeks": 604800, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


def flat(statement: JsonObject, languages: Sequence[str]) -> Row:
    """Lay a kept statement out; texts in the first of the languages that there is, else any.

    Agents are told as in searches: "mbox lan@x.vn", "account HOMEPAGE NAME".
    """
    result, context = statement.get("result", {}), statement.get("context", {})
    score, around = result.get("score", {}), context.get("contextActivities", {})
    return {
        "statement_id": statement["id"],
        "stored": _moment(statement["stored"]),
        "timestamp": _moment(statement["timestamp"]),
        "actor": _agent(statement["actor"]),
        "actor_name": statement["actor"].get("name"),
        "verb": statement["verb"]["id"],
        "verb_name": _one(statement["verb"].get("display"), languages),
        **_object(statement["object"], languages),
        "success": result.get("success"),
        "completion": result.get("completion"),
        **{f"score_{name}": score.get(name) for name in ("scaled", "raw", "min", "max")},
        "duration_seconds": seconds_of(result.get("duration", "")),
        "response": result.get("response"),
        "registration": context.get("registration"),
        "parents": _ids(around.get("parent")),
        "groupings": _ids(around.get("grouping")),
        "categories": _ids(around.get("category")),
        "instructor": _agent(context.get("instructor")),
        "team": _agent(context.get("team")),
        "platform": context.get("platform"),
        "language": context.get("language"),
        "result_extensions": _json(result.get("extensions")),
        "context_extensions": _json(context.get("extensions")),
        "authority": _agent(statement["authority"]),
        "version": statement["version"],
    }


def seconds_of(duration: str) -> float | None:
    """Read a duration of ISO 8601; None where it counts in years or months, which vary."""
    found = _DURATION.fullmatch(duration)
    parts = {name: part for name, part in found.groupdict().items() if part} if found else {}
    if not parts:
        return None
    return sum(float(part.replace(",", ".")) * _SECONDS[name] for name, part in parts.items())


def _object(target: JsonObject, languages: Sequence[str]) -> Row:
    kind = target.get("objectType", "Activity")
    definition = target.get("definition", {})
    is_agent = kind in {"Agent", "Group"}
    return {
        "object_type": kind,
        "object": _agent(target) if is_agent else target.get("id"),
        "object_name": target.get("name") if is_agent else _one(definition.get("name"), languages),
        "activity_type": definition.get("type"),
    }


def _moment(written: str) -> datetime:
    return parse_timestamp(written, Version.V1).astimezone(UTC)


def _agent(agent: JsonObject | None) -> str | None:
    """Name an agent by its identifier, a group without one by its members."""
    if agent is None:
        return None
    members = (agent_key(member) or "" for member in agent.get("member", ()))
    return agent_key(agent) or "; ".join(members)


def _one(told: Mapping[str, str] | None, languages: Sequence[str]) -> str | None:
    by_prefix = {tag.partition("-")[0].lower(): text for tag, text in (told or {}).items()}
    wanted = next((by_prefix[each] for each in languages if each in by_prefix), None)
    return wanted if wanted is not None else next(iter(by_prefix.values()), None)


def _ids(activities: Sequence[JsonObject] | None) -> str | None:
    return " ".join(each["id"] for each in activities) if activities else None


def _json(value: Any) -> str | None:  # Any: extensions hold any JSON
    return orjson.dumps(value).decode() if value else None
