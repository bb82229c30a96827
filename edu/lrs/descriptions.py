"""What is known of activities, verbs and agents beyond their identifiers.

Every wording that comes by is appended; nobody's row is changed, so no writer waits for another.
What is known is put together when it is asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import after_commit, db, new_id
from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.core import identity
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.links import key_of
from edu.lrs.queries import tenant

REMEMBERED = 50_000  # wordings known to be stored, by digest: about 10 MB

_stored: set[tuple[bytes, bytes]] = set()


def remember_descriptions(
    connection: Connection, tenant_id: UUID, kept: Mapping[int, JsonObject]
) -> None:
    """Append what statements tell of things that has not been told before."""
    told: dict[tuple[bytes, bytes], DescriptionRow] = {}
    for seq, statement in kept.items():
        for value, description in _descriptions(statement):
            content = write(description)
            key = key_of(tenant_id, value)
            name = (key, identity.digest_of(content))
            if name not in _stored and name not in told:
                told[name] = DescriptionRow(new_id(), tenant_id, key, seq, name[1], content)
    if not told:
        return
    known = reading.known_digests(connection, {key for key, _ in told})
    if rows := [row for name, row in told.items() if name not in known]:
        reading.add_descriptions(connection, rows)
    after_commit(partial(_note, frozenset(told)))


def _note(names: frozenset[tuple[bytes, bytes]]) -> None:
    if len(_stored) > REMEMBERED:
        _stored.clear()
    _stored.update(names)


def _descriptions(statement: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for activity, _ in identity.activities(statement):
        if definition := activity.get("definition"):
            yield activity["id"], definition
    for agent, _ in identity.agents(statement):
        key = identity.agent_key(agent)
        if key is not None and "name" in agent and agent.get("objectType") != "Group":
            yield key, {name: found for name, found in agent.items() if name != "objectType"}
    for verb in identity.verbs(statement):
        if display := verb.get("display"):
            yield identity.verb_key(verb["id"]), display


class Known:
    """What is known of the activities and verbs of some statements, read at once."""

    def __init__(self, statements: Iterable[JsonObject]) -> None:
        """Read it for the current tenant."""
        self._tenant_id = tenant()
        names = {
            name
            for statement in statements
            for name in (
                *(activity["id"] for activity, _ in identity.activities(statement)),
                *(identity.verb_key(verb["id"]) for verb in identity.verbs(statement)),
            )
        }
        self._told: defaultdict[bytes, list[JsonObject]] = defaultdict(list)
        keys = {key_of(self._tenant_id, name) for name in names}
        for key, content in reading.descriptions(db.session.connection(), keys):
            self._told[key].append(orjson.loads(content))

    def definition(self, activity_id: str) -> JsonObject | None:
        """Give the definition of an activity."""
        return _merged(self._told[key_of(self._tenant_id, activity_id)])

    def display(self, verb_id: str) -> JsonObject | None:
        """Give the display of a verb."""
        return _joined(self._told[key_of(self._tenant_id, identity.verb_key(verb_id))])


def definition_of(activity_id: str) -> JsonObject | None:
    """Put together what all statements said of an activity (Data 2.4.4.1); None if nothing."""
    return _merged(_all(activity_id))


def person_of(agent: JsonObject) -> JsonObject:
    """Describe the person behind an agent by all names that came by (Communication 2.4)."""
    key = identity.agent_key(agent)
    return identity.person([agent, *(_all(key) if key else ())])


def _all(name: str) -> list[JsonObject]:
    found = reading.descriptions(db.session.connection(), {key_of(tenant(), name)})
    return [orjson.loads(content) for _, content in found]


def _merged(told: Sequence[JsonObject]) -> JsonObject | None:
    return reduce(identity.merge_definitions, told) if told else None


def _joined(told: Sequence[JsonObject]) -> JsonObject | None:
    """Keep each language as it was worded last."""
    return reduce(lambda known, newer: known | newer, told) if told else None
