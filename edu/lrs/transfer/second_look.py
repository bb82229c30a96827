"""Look at an upload before it is taken in: what came into the record cannot be taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from edu.accounts import queries as accounts
from edu.lrs.console.sentences import people_in, sentence
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import Problem
from edu.lrs.core.values import parse_timestamp
from edu.lrs.core.version import Version
from edu.lrs.transfer import ndjson

TRIED = 100  # lines, in search of a statement


@dataclass(frozen=True, slots=True)
class SecondLook:
    """How many lines a file has, and its first statement in words.

    Where there is none among the first lines, `why` is what is wrong with the first, as a code.
    """

    lines: int
    sentence: str = ""
    happened: datetime | None = None
    why: str = ""


def look_into(file: BinaryIO) -> SecondLook:
    """Read a file of statements to its end."""
    count, tried, first, why = 0, 0, None, ""
    for line in ndjson.lines_of(file):
        count += 1
        if first is None and tried < TRIED and line.strip():
            tried += 1
            try:
                first = ndjson.statement_in(line)
            except Problem as problem:
                why = why or str(problem)
    if first is None:
        return SecondLook(count, why=why)
    said = sentence(first, accounts.named(people_in([first])))
    return SecondLook(count, said, _happened(first))


def _happened(statement: JsonObject) -> datetime | None:
    said = statement.get("timestamp")
    return parse_timestamp(said, Version.V1) if said else None
