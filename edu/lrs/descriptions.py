"""What is known of activities, verbs and agents: what their keys are short for, and their wordings.

Every name and every wording that comes by is appended, once; nobody's row is changed, so no writer
waits for another. What is known is put together when it is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import after_commit, db, new_id
from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.core import identity
from edu.lrs.core.identity import Kind, digest_of
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.links import keys_of
from edu.lrs.queries import same_person, tenant

# Parts of statements of which all that counts is known to be stored, and their keys: by kind,
# whether wordings count, organisation and JSON. Some 25 MB of a process, 60 MB at most.
_stored: dict[bytes, bytes] = {}
MOST_REMEMBERED, LONGEST_REMEMBERED = 50_000, 1000  # parts, and bytes of each


class News:
    """What statements tell of things that nobody may have told before: names and wordings."""

    def __init__(self, tenant_id: UUID, *, may_define: bool) -> None:
        self._tenant_id = tenant_id
        self._may_define = may_define
        self._here = (b"defined " if may_define else b"named ") + tenant_id.bytes
        self._keys = keys_of(tenant_id)
        self._names: dict[str, DescriptionRow] = {}
        self._wordings: dict[bytes, DescriptionRow] = {}
        self._parts: dict[bytes, bytes] = {}

    def gather(self, seq: int, statement: JsonObject) -> dict[bytes, int]:
        """Note what a statement tells; give the keys it is found by, the places of each as bits."""
        return identity.joined(self._placed(seq, statement))

    def _placed(self, seq: int, statement: JsonObject) -> Iterator[tuple[bytes, int]]:
        for kind, part, place in identity.parts(statement):
            written = kind.mark + self._here + write(part)
            key = _stored.get(written) or self._note(seq, kind, part, written)
            if key and place:
                yield key, place
        if registration := identity.registration(statement):
            yield self._keys[registration], identity.Usage.REGISTRATION.bit

    def _note(self, seq: int, kind: Kind, part: JsonObject, written: bytes) -> bytes | None:
        """Look at a part that is new to this process; give its key, if it has a name."""
        name, wording = kind.name(part), kind.wording(part)
        if name is None:
            return None
        key = self._keys[name]
        if name not in self._names:
            self._names[name] = self._row(key, 0, name.encode())
        if wording and self._may_define:
            row = self._row(key, seq, write([name, wording]))
            self._wordings.setdefault(row.digest, row)
        self._parts[written] = key
        return key

    def _row(self, key: bytes, seq: int, content: bytes) -> DescriptionRow:
        return DescriptionRow(new_id(), self._tenant_id, key, seq, digest_of(content), content)

    @property
    def names(self) -> Collection[DescriptionRow]:
        """What keys are short for."""
        return self._names.values()

    @property
    def wordings(self) -> Collection[DescriptionRow]:
        """How things are worded."""
        return self._wordings.values()

    def remember(self) -> None:
        """All of it is stored now: it is no news the next time."""
        if len(_stored) > MOST_REMEMBERED:
            _stored.clear()
        short = {each: self._parts[each] for each in self._parts if len(each) <= LONGEST_REMEMBERED}
        _stored.update(short)


def remember(connection: Connection, news: News) -> None:
    """Append what has indeed not been told before."""
    known_names = reading.known_names(connection, {row.key for row in news.names})
    known_digests = reading.known_digests(connection, {row.key for row in news.wordings})
    rows = [row for row in news.names if (row.key, row.content) not in known_names]
    rows += [row for row in news.wordings if (row.key, row.digest) not in known_digests]
    if rows:
        reading.add_descriptions(connection, rows)
    after_commit(news.remember)


class Known:
    """What is known of the activities and verbs of some statements, read at once."""

    def __init__(self, statements: Iterable[JsonObject]) -> None:
        """Read it for the current tenant."""
        names = {
            name
            for statement in statements
            for name in (
                *(activity["id"] for activity, _ in identity.activities(statement)),
                *(identity.verb_key(verb["id"]) for verb in identity.verbs(statement)),
            )
        }
        self._told = _told_of(names)

    def definition(self, activity_id: str) -> JsonObject | None:
        """Give the definition of an activity."""
        return _merged(self._told[activity_id])

    def display(self, verb_id: str) -> JsonObject | None:
        """Give the display of a verb."""
        return _joined(self._told[identity.verb_key(verb_id)])


def definition_of(activity_id: str) -> JsonObject | None:
    """Put together what all statements said of an activity (Data 2.4.4.1); None if nothing."""
    return _merged(_told_of([activity_id])[activity_id])


def person_of(agent: JsonObject) -> JsonObject:
    """Describe the person behind an agent by all names that came by (Communication 2.4)."""
    agents = same_person(agent)
    keys = [key for each in agents if (key := identity.agent_key(each))]
    told = _told_of(keys)
    return identity.person([*agents, *(each for key in keys for each in told[key])])


def _told_of(names: Collection[str]) -> defaultdict[str, list[JsonObject]]:
    """Read what was told of some things, by their names, the oldest first."""
    found: defaultdict[str, list[JsonObject]] = defaultdict(list)
    keys = {keys_of(tenant())[name] for name in names}
    for content in reading.descriptions(db.session.connection(), keys):
        name, description = orjson.loads(content)
        found[name].append(description)
    return found


def _merged(told: Sequence[JsonObject]) -> JsonObject | None:
    return reduce(identity.merge_definitions, told) if told else None


def _joined(told: Sequence[JsonObject]) -> JsonObject | None:
    """Keep each language as it was worded last."""
    return reduce(lambda known, newer: known | newer, told) if told else None
