"""Microseconds of processor time per statement, from bytes to what the store needs.

Run: python -m benchmarks.lrs.validate
Statements are about 1.1 kB, like those of a quiz with context; all of them differ. Each figure is
the least of 40 rounds over 100 statements, garbage collection off.
"""

import gc
import json
import random
import time
from collections.abc import Callable

import orjson

from benchmarks.lrs.statements import statement
from edu.lrs.core import json_in
from edu.lrs.core.equality import fingerprint
from edu.lrs.core.formats import ids_only
from edu.lrs.core.identity import activity_mentions, agent_mentions, digest
from edu.lrs.core.intake import complete
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version

STATEMENTS = 100
ROUNDS = 40
LRS = {"account": {"homePage": "https://portal.example", "name": "app"}}
NOW = "2026-11-22T00:00:00.000000Z"


def least(work: Callable[[int], object]) -> float:
    """Microseconds per statement of the fastest round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for position in range(STATEMENTS):
            work(position)
        best = min(best, time.process_time() - start)
    return best / STATEMENTS * 1e6


def main() -> None:
    chance = random.Random(20261122)
    parsed = [statement(chance) for _ in range(STATEMENTS)]
    written = [orjson.dumps(each) for each in parsed]
    limit = 1 << 20

    def without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        assert len(made) == len(pairs)
        return made

    def keep(position: int) -> JsonObject:
        return complete(
            parsed[position], statement_id="", stored=NOW, authority=LRS, version=Version.V1
        )

    def index(position: int) -> list[bytes]:
        mentions = agent_mentions(parsed[position]) | activity_mentions(parsed[position])
        return [digest(mention.key) for mention in mentions]

    work: dict[str, Callable[[int], object]] = {
        "json.loads": lambda position: json.loads(written[position]),
        "json.loads, no key twice": lambda position: json.loads(
            written[position], object_pairs_hook=without_duplicates
        ),
        "orjson.loads": lambda position: orjson.loads(written[position]),
        "parse (orjson, no key twice)": lambda position: json_in.parse(
            written[position], max_bytes=limit
        ),
        "check_statement 1.0.3": lambda position: check_statement(parsed[position], Version.V1),
        "check_statement 2.0.0": lambda position: check_statement(parsed[position], Version.V2),
        "complete": keep,
        "mentions and digests": index,
        "fingerprint": lambda position: fingerprint(parsed[position]),
        "ids_only": lambda position: ids_only(parsed[position]),
    }
    gc.disable()
    print(f"{sum(map(len, written)) / STATEMENTS:.0f} bytes per statement")
    for name, each in work.items():
        print(f"{name:30} {least(each):6.2f} µs")


if __name__ == "__main__":
    main()
