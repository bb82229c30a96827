"""Our own statements, made from plain values.

statement(
    agent_for("https://ninhbinh.example", "42", name="Lan"),
    Verb.PASSED,
    activity("https://ninhbinh.example/units/7", ActivityType.LESSON, name={"vi": "Hàn hồ quang"}),
    result=result(success=True, score=score(scaled=0.8)),
)
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb


def agent_for(account_home_page: str, account_name: str, *, name: str | None = None) -> JsonObject:
    """Name a person by an account; `account_name` should say nothing about the person."""
    return _said(
        objectType="Agent",
        name=name,
        account={"homePage": account_home_page, "name": account_name},
    )


def group_of(members: Sequence[JsonObject], *, name: str | None = None) -> JsonObject:
    """Name some people by who they are: an anonymous group."""
    return _said(objectType="Group", name=name, member=list(members))


def activity(
    iri: str,
    activity_type: ActivityType | str,
    *,
    name: Mapping[str, str] | None = None,
    description: Mapping[str, str] | None = None,
    interaction: Mapping[str, object] | None = None,
) -> JsonObject:
    """Name what was done; names and descriptions by language.

    `interaction` adds properties of questions: interactionType, correctResponsesPattern, choices.
    """
    definition = _said(
        name=dict(name) if name else None,
        description=dict(description) if description else None,
        type=str(activity_type),
    )
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": definition | dict(interaction or {}),
    }


def reference(statement_id: UUID) -> JsonObject:
    """Point at another statement."""
    return {"objectType": "StatementRef", "id": str(statement_id)}


def score(
    *,
    scaled: float | None = None,
    raw: float | None = None,
    lowest: float | None = None,
    highest: float | None = None,
) -> JsonObject:
    """Tell a score; `scaled`, from -1 to 1, follows from the others when all three are given."""
    if scaled is None and raw is not None and lowest is not None and highest is not None:
        scaled = (raw - lowest) / (highest - lowest) if lowest < highest else None
    return _said(scaled=scaled, raw=raw, min=lowest, max=highest)


def result(  # noqa: PLR0913 - the properties of a result in the specification
    *,
    success: bool | None = None,
    completion: bool | None = None,
    response: str | None = None,
    duration: timedelta | None = None,
    score: JsonObject | None = None,
    extensions: Mapping[str, object] | None = None,
) -> JsonObject:
    """Tell what came of it."""
    return _said(
        score=score,
        success=success,
        completion=completion,
        response=response,
        duration=None if duration is None else format_duration(duration),
        extensions=None if extensions is None else dict(extensions),
    )


def context(  # noqa: PLR0913 - the properties of a context in the specification
    *,
    registration: UUID | None = None,
    instructor: JsonObject | None = None,
    team: JsonObject | None = None,
    language: str | None = None,
    extensions: Mapping[str, object] | None = None,
    parent: Sequence[JsonObject] = (),
    grouping: Sequence[JsonObject] = (),
    category: Sequence[JsonObject] = (),
    other: Sequence[JsonObject] = (),
) -> JsonObject:
    """Tell what it belonged to; the last four are activities."""
    around = {"parent": parent, "grouping": grouping, "category": category, "other": other}
    return _said(
        registration=None if registration is None else str(registration),
        instructor=instructor,
        team=team,
        contextActivities={name: list(found) for name, found in around.items() if found} or None,
        language=language,
        extensions=None if extensions is None else dict(extensions),
    )


def statement(  # noqa: PLR0913 - the properties of a statement in the specification
    actor: JsonObject,
    verb: Verb,
    target: JsonObject,
    *,
    result: JsonObject | None = None,
    context: JsonObject | None = None,
    timestamp: datetime | None = None,
    statement_id: UUID | None = None,
) -> JsonObject:
    """Say that someone did something, and hold it to the rules for everyone's statements.

    Raises InvalidStatement, which here is a mistake of the program.
    """
    said = _said(
        id=None if statement_id is None else str(statement_id),
        actor=actor,
        verb=verb.as_json(),
        object=target,
        result=result,
        context=context,
        timestamp=None if timestamp is None else format_timestamp(timestamp),
    )
    check_statement(said, Version.V1)  # valid in 1.0.3 and in 2.0.0
    return said


def voiding(actor: JsonObject, statement_id: UUID) -> JsonObject:
    """Take a statement back (Data 2.3.2)."""
    return statement(actor, Verb.VOIDED, reference(statement_id))


def format_duration(duration: timedelta) -> str:
    """Write a duration in ISO 8601, cut to 0.01 s (Data 4.6); never negative."""
    hundredths = max(duration // timedelta(milliseconds=10), 0)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 100}.{rest % 100:02}".rstrip("0").rstrip(".")
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{seconds}S"


def _said(**properties: object) -> JsonObject:
    return {name: value for name, value in properties.items() if value is not None}
