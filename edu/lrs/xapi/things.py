"""About, agents and activities: what is only read (Communication 2.4, 2.5, 2.8)."""

import orjson

from edu.lrs.core import version
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.query import Read, once_each, read, read_agent, read_iri
from edu.lrs.descriptions import definition_of, person_of
from edu.lrs.keys.models import Scope
from edu.lrs.xapi.answers import Answer
from edu.lrs.xapi.asked import Asked

_READERS = (
    Scope.ALL_READ,
    Scope.READ,
    Scope.READ_MINE,
    Scope.STATE,
    Scope.PROFILE,
    Scope.DEFINE,
)


def about() -> Answer:
    """Say which versions are spoken; anybody may ask (Communication 2.8)."""
    return _json(version.about())


def agents(asked: Asked) -> Answer:
    """Give a Person: all that is known of an agent (Communication 2.4)."""
    asked.must_have(*_READERS)
    return _json(person_of(_only(asked, "agent", read_agent, "Communication 2.4")))


def activities(asked: Asked) -> Answer:
    """Give an activity as all statements describe it; an unknown one too (Communication 2.5)."""
    asked.must_have(*_READERS)
    activity_id = _only(asked, "activityId", read_iri, "Communication 2.5")
    activity: JsonObject = {"objectType": "Activity", "id": activity_id}
    if definition := definition_of(activity_id):
        activity["definition"] = definition
    return _json(activity)


def _only(asked: Asked, name: str, reader: Read, section: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - as its reader gives it
    given = once_each(asked.parameters, (name,), section)
    if name not in given:
        raise InvalidRequest(Rule.PARAMETER_MISSING, section, name)
    return read(name, given[name], reader, asked.version)


def _json(value: object) -> Answer:
    return Answer(orjson.dumps(value))
