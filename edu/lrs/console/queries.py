"""Statements as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.errors import NotFound
from edu.lrs import queries
from edu.lrs.adapters.reading import Told
from edu.lrs.console import policy
from edu.lrs.console.sentences import name_of, people_in, sentence
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.values import parse_timestamp
from edu.lrs.core.version import Version
from edu.lrs.models import moment_of

PAGE = 30
TAIL = 10
LATE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement in a list."""

    id: UUID
    stored: datetime
    happened: datetime
    sentence: str
    authority: str
    statement: JsonObject

    @property
    def json(self) -> str:
        """The whole of it, for who reads JSON."""
        return orjson.dumps(self.statement, option=orjson.OPT_INDENT_2).decode()

    @property
    def is_late(self) -> bool:
        """True where it was recorded well after it happened: imported, or kept on a phone."""
        return self.stored - self.happened > LATE


def page(
    actor: Person,
    query: StatementQuery,
    *,
    agents: Sequence[JsonObject] = (),
    after: int | None = None,
) -> tuple[list[Shown], int | None]:
    """Find statements that the actor may read, the latest first, and where the next page begins.

    `agents` are names of one person who is looked for.
    """
    if (own := policy.visible_to(actor)) is not None:
        query, agents = query._replace(agent=own, related_agents=False), ()
    found = queries.page(query, limit=PAGE, after=after, agents=agents)
    return _shown(found.statements), found.after


def one(actor: Person, statement_id: UUID) -> tuple[Shown, bool]:
    """Give one statement that the actor may read, and whether it was taken back.

    Raises NotFound, also where the actor may not read it: nobody learns that it is there.
    """
    valid = queries.one(statement_id)
    told = valid or queries.one(statement_id, voided=True)
    if told is None or not policy.can_read(actor, orjson.loads(told.payload)):
        raise NotFound
    [shown] = _shown([told])
    return shown, valid is None


def latest() -> list[Shown]:
    """Give what arrived last, for who keeps the keys."""
    return _shown(queries.page(StatementQuery(), limit=TAIL).statements)


def _shown(told: Sequence[Told]) -> list[Shown]:
    statements: list[JsonObject] = [orjson.loads(each.payload) for each in told]
    people = accounts.named(people_in(statements))
    return [
        _one(each.seq, statement, people) for each, statement in zip(told, statements, strict=True)
    ]


def _one(seq: int, statement: JsonObject, people: Mapping[UUID, Person]) -> Shown:
    return Shown(
        UUID(statement["id"]),
        moment_of(seq),
        parse_timestamp(statement["timestamp"], Version.V1),
        sentence(statement, people),
        name_of(statement["authority"], people),
        statement,
    )
