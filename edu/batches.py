"""Cut a long row of things into pieces, as itertools.batched does from Python 3.12 on."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give the things in lists of so many, the last one maybe shorter; none when there are none."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
