"""Our own addition: `POST /statements?partial=true` stores what is right of a batch.

For senders of ten thousand statements of which one is wrong. The specification wants all or
nothing (Communication 2.1.2), so it has to be asked for. The answer is 200 with the ids by
position, null where one was refused, and for each of those what is wrong with it.
"""

from collections.abc import Iterator

import orjson

from edu.lrs import service
from edu.lrs.core import json_in, multipart
from edu.lrs.core.json_in import Json, JsonObject
from edu.lrs.core.problems import InvalidMultipart, InvalidStatement, Problem, Rule
from edu.lrs.core.signature import check_signatures
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.xapi import problems
from edu.lrs.xapi.answers import Answer
from edu.lrs.xapi.asked import Asked, author_of, in_unit, max_bytes


def post(asked: Asked) -> Answer:
    """Store the good statements of an array of JSON; attachments only by fileUrl."""
    if asked.content_type.partition(";")[0].strip().lower() != "application/json":
        raise InvalidMultipart(Rule.MULTIPART, "Communication 1.5")
    value = json_in.parse(asked.read_content(), max_bytes=max_bytes())
    if not isinstance(value, list):
        raise InvalidStatement(Rule.ARRAY, "Communication 2.1.2")
    refused: dict[int, dict[str, str]] = {}
    with problems.in_language_of(asked.languages):
        good = dict(_checked(value, asked, refused))
    ids = in_unit(lambda: _store(asked, good, refused))
    said = {
        "ids": [ids.get(position) for position in range(len(value))],
        "refused": [{"index": index} | refused[index] for index in sorted(refused)],
    }
    return Answer(orjson.dumps(said))


def _checked(
    value: list[Json], asked: Asked, refused: dict[int, dict[str, str]]
) -> Iterator[tuple[int, JsonObject]]:
    seen: set[str] = set()
    for position, each in enumerate(value):
        try:
            statement = _check(each, asked)
            if statement.get("id", "").lower() in seen:
                raise InvalidStatement(Rule.SAME_ID_TWICE, "Communication 2.1.2", "id")
        except Problem as problem:
            refused[position] = problems.describe(problem)
        else:
            seen |= {statement["id"].lower()} if "id" in statement else set()
            yield position, statement


def _check(value: Json, asked: Asked) -> JsonObject:
    check_statement(value, asked.version)
    statement: JsonObject = value  # type: ignore[assignment]  # only objects pass
    multipart.match([statement], ())
    check_signatures([statement], {}, asked.version)
    return statement


def _store(
    asked: Asked, good: dict[int, JsonObject], refused: dict[int, dict[str, str]]
) -> dict[int, str]:
    conflicts = service.conflicts(list(good.values()))
    fresh = {}
    for position, statement in good.items():
        if statement.get("id", "").lower() in conflicts:
            refused[position] = {"error": service.StatementConflict.code}
        else:
            fresh[position] = statement
    ids = service.store(list(fresh.values()), author_of(asked.credential), asked.version)
    return dict(zip(fresh, map(str, ids), strict=True))
