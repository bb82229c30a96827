"""Whole statements: which are accepted, and why one is not (Data 2.4, IEEE 9274.1.1 4.2)."""

from typing import Any

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.validation.actor import actor, agent, authority, group
from edu.lrs.core.validation.attachments import attachments
from edu.lrs.core.validation.context import CONTEXTS
from edu.lrs.core.validation.objects import activity, statement_reference
from edu.lrs.core.validation.result import result
from edu.lrs.core.validation.shapes import by_object_type, record, remembered
from edu.lrs.core.values import (
    Check,
    iri,
    language_map,
    one_of,
    statement_version,
    timestamp,
    uuid,
)
from edu.lrs.core.version import Version

VOIDED = "http://adlnet.gov/expapi/verbs/voided"  # the one verb the specification reserves

verb = remembered(record("Data 2.4.3", {"id": iri, "display": language_map}, required=("id",)))

_OBJECTS: dict[str, Check] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": statement_reference,
}


def _parts_fit_together(statement: Any) -> None:  # Any: the table has checked each part
    kind = statement["object"].get("objectType", "Activity")
    if statement["verb"]["id"] == VOIDED and kind != "StatementRef":
        raise InvalidStatement(Rule.VOIDING_TARGET, "Data 2.3.2", "object")
    if kind != "Activity" and "context" in statement:
        for name in ("revision", "platform"):
            if name in statement["context"]:
                raise InvalidStatement(Rule.ONLY_WITH_ACTIVITY, "Data 2.4.6", name, "context")


def _statement(version: Version) -> Check:
    shared: dict[str, Check] = {
        "actor": actor,
        "verb": verb,
        "result": result,
        "context": CONTEXTS[version],
        "timestamp": timestamp(version),
        "attachments": attachments,
    }
    required = ("actor", "verb", "object")
    # Data 2.4.4.3: a statement, but without id, stored, version and authority, and not nested.
    substatement = record(
        "Data 2.4.4.3",
        shared
        | {
            "objectType": one_of(Rule.OBJECT_TYPE, "Data 2.4.4.3", "SubStatement"),
            "object": by_object_type("Data 2.4.4.3", _OBJECTS, default="Activity"),
        },
        required=required,
        then=_parts_fit_together,
    )
    return record(
        "Data 2.4",
        shared
        | {
            "id": uuid,
            "object": by_object_type(
                "Data 2.4.4", _OBJECTS | {"SubStatement": substatement}, default="Activity"
            ),
            "stored": timestamp(version),
            "authority": authority,
            "version": statement_version(version),
        },
        required=required,
        then=_parts_fit_together,
    )


_CHECKS = {version: _statement(version) for version in Version}


def check_statement(value: object, version: Version) -> None:
    """Refuse what is not a valid statement under a version, with InvalidStatement only.

    Takes about as long as parsing it: see benchmarks/lrs/validate.py.
    """
    _CHECKS[version](value)


def check_batch(value: object, version: Version) -> list[JsonObject]:
    """Check the content of a POST, one statement or an array, and return it as a list.

    The path of a refused statement begins with its position when an array was sent.
    """
    if type(value) is not list:
        check_statement(value, version)
        return [value]  # type: ignore[list-item]  # the check lets nothing pass but objects
    check = _CHECKS[version]
    seen: set[str] = set()
    for position, statement in enumerate(value):
        try:
            check(statement)
            _first_of_its_id(statement, seen)
        except InvalidStatement as problem:
            problem.within(position)
            raise
    return value


def _first_of_its_id(statement: JsonObject, seen: set[str]) -> None:
    if "id" not in statement:
        return
    statement_id = statement["id"].lower()
    if statement_id in seen:  # Communication 2.1.2
        raise InvalidStatement(Rule.SAME_ID_TWICE, "Communication 2.1.2", "id")
    seen.add(statement_id)


def check_agent(value: object) -> None:
    """Refuse what is not an agent, as the parameter of that name must be (Communication 2.3)."""
    agent(value)


def check_agent_or_identified_group(value: object) -> None:
    """Refuse what cannot be looked for: an anonymous group has no identifier."""
    actor(value)
