"""The context of a statement (Data 2.4.6, IEEE 9274.1.1 4.2.2.5)."""

from edu.lrs.core.problems import Rule
from edu.lrs.core.validation.actor import actor, agent, group
from edu.lrs.core.validation.objects import activity, statement_reference
from edu.lrs.core.validation.shapes import array, not_empty, record, remembered
from edu.lrs.core.values import Check, extensions, iri, language_tag, one_of, text, uuid
from edu.lrs.core.version import Version

CONTEXT_ACTIVITIES = ("parent", "grouping", "category", "other")

_activities = array("Data 2.4.6.2", activity)


def _one_or_more_activities(value: object) -> None:  # Data 2.4.6.2: one alone needs no array
    (_activities if type(value) is list else activity)(value)


_context_activities = remembered(
    record("Data 2.4.6.2", dict.fromkeys(CONTEXT_ACTIVITIES, _one_or_more_activities))
)

_PROPERTIES: dict[str, Check] = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": _context_activities,
    "revision": text,
    "platform": text,
    "language": language_tag,
    "statement": statement_reference,
    "extensions": extensions,
}


def _others_involved(key: str, object_type: str, check: Check) -> Check:
    """Make the check of contextAgents or contextGroups (IEEE 9274.1.1, 4.2.2.5)."""
    section = "IEEE 9274.1.1 4.2.2.5"
    return array(
        section,
        record(
            section,
            {
                "objectType": one_of(Rule.OBJECT_TYPE, section, object_type),
                key: check,
                "relevantTypes": array(section, iri, then=not_empty(section)),
            },
            required=("objectType", key),
        ),
    )


_PROPERTIES_2: dict[str, Check] = {
    "contextAgents": _others_involved("agent", "contextAgent", agent),
    "contextGroups": _others_involved("group", "contextGroup", group),
}

CONTEXTS = {
    Version.V1: record("Data 2.4.6", _PROPERTIES),
    Version.V2: record("Data 2.4.6", _PROPERTIES | _PROPERTIES_2),
}
