"""What is known of activities, verbs and agents: what their keys are short for, and their wordings.

Every name and every wording that comes by is appended, once; nobody's row is changed, so no writer
waits for another. What is known is put together when it is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from uuid import UUID

import orjson
from sqlalchemy.engine import Connection

from edu.db import after_commit, db, new_id
from edu.lrs.adapters import reading
from edu.lrs.adapters.rows import DescriptionRow
from edu.lrs.core import identity
from edu.lrs.core.identity import Thing, digest_of, is_shortened
from edu.lrs.core.json_in import JsonObject, write
from edu.lrs.links import MOST_TENANTS, keys_of
from edu.lrs.queries import same_person, tenant

REMEMBERED = 10_000  # of each organisation by a process: at most 50 MB in all


@lru_cache(maxsize=MOST_TENANTS)
def _stored_of(_tenant_id: UUID) -> set[str | bytes]:
    """Names, and digests of wordings, of an organisation that this process knows to be stored."""
    return set()


@dataclass(frozen=True, slots=True)
class News:
    """What this process does not know to be stored: names, and wordings by their digests."""

    tenant_id: UUID
    names: dict[str, DescriptionRow] = field(default_factory=dict)
    wordings: dict[bytes, DescriptionRow] = field(default_factory=dict)

    def note(self) -> None:
        """Remember that all of it is stored."""
        stored = _stored_of(self.tenant_id)
        if len(stored) > REMEMBERED:
            stored.clear()
        stored.update(self.names, self.wordings)

    @property
    def rows(self) -> list[DescriptionRow]:
        """All of it, as it is to be stored."""
        return [*self.names.values(), *self.wordings.values()]


def news_of(tenant_id: UUID, told: Mapping[int, Iterable[Thing]], *, may_define: bool) -> News:
    """Gather what statements, by their numbers, tell of things that nobody may have told before."""
    news, stored, keys = News(tenant_id), _stored_of(tenant_id), keys_of(tenant_id)
    for seq, things in told.items():
        for name, place, wording in things:
            if name not in stored and name not in news.names and is_shortened(place):
                content = name.encode()
                news.names[name] = DescriptionRow(
                    new_id(), tenant_id, keys[name], 0, digest_of(content), content
                )
            if not wording or not may_define:
                continue
            content = write([name, wording])
            mark = digest_of(content)
            if mark not in stored and mark not in news.wordings:
                news.wordings[mark] = DescriptionRow(
                    new_id(), tenant_id, keys[name], seq, mark, content
                )
    return news


def remember(connection: Connection, news: News) -> None:
    """Append what has indeed not been told before."""
    names, wordings = news.names.values(), news.wordings.values()
    known_names = reading.known_names(connection, {row.key for row in names})
    known_digests = reading.known_digests(connection, {row.key for row in wordings})
    rows = [row for row in names if (row.key, row.content) not in known_names]
    rows += [row for row in wordings if (row.key, row.digest) not in known_digests]
    if rows:
        reading.add_descriptions(connection, rows)
    after_commit(news.note)


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
