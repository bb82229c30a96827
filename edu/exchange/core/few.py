"""Keep figures about few people out of the open.

A figure that rests on fewer than `K` people may tell something of one of them. When parts are
published beside their total, one hidden part could be worked out by subtraction: further parts are
hidden until those hidden together rest on enough people (complementary suppression).
Law 91/2025/QH15 art. 2: only what cannot be traced to a person is free of its rules.
"""

from collections.abc import Mapping
from typing import TypeVar

K = 5

Part = TypeVar("Part")


def is_few(people: int | None) -> bool:
    """True for a figure that rests on some people, but fewer than `K`. None: not about people."""
    return people is not None and 0 < people < K


def hidden(people: Mapping[Part, int | None]) -> frozenset[Part]:
    """Which parts of a published total are to be hidden, given the people each rests on."""
    chosen = [part for part, count in people.items() if is_few(count)]
    if not chosen:
        return frozenset()
    others = [part for part, count in people.items() if count and not is_few(count)]
    for part in sorted(others, key=lambda one: people[one] or 0):
        if len(chosen) > 1 and sum(people[one] or 0 for one in chosen) >= K:
            break
        chosen.append(part)
    return frozenset(chosen)
