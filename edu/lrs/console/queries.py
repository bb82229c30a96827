"""Statements as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.lrs import queries
from edu.lrs.adapters.reading import Told
from edu.lrs.console import policy
from edu.lrs.console.sentences import name_of, people_in, sentence
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.models import moment_of

PAGE = 30
TAIL = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement in a list."""

    seq: int
    stored: datetime
    sentence: str
    authority: str
    json: str


def page(
    actor: Person, query: StatementQuery, *, after: int | None
) -> tuple[list[Shown], int | None]:
    """Find statements that the actor may read, the latest first, and where the next page begins."""
    if (own := policy.visible_to(actor)) is not None:
        query = query._replace(agent=own, related_agents=False)
    found = queries.page(query, limit=PAGE, after=after)
    return _shown(found.statements), found.after


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
        seq,
        moment_of(seq),
        sentence(statement, people),
        name_of(statement["authority"], people),
        orjson.dumps(statement, option=orjson.OPT_INDENT_2).decode(),
    )
