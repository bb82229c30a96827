"""What a busy server need not ask its database each time, because it did so a moment ago."""

import time
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 10_000


class Lately(Generic[T]):
    """Answers of a moment ago. Who changes something and then asks is given none from before."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._changes = 0
        self._told: dict[Hashable, tuple[float, T]] = {}

    def told(self, of: Hashable, ask: Callable[[], T]) -> T:
        """Give the answer about something, asked for at most so many seconds ago."""
        changes, now = self._changes, time.monotonic()
        until, answer = self._told.get(of, (0.0, None))
        if answer is not None and now < until:
            return answer
        answer = ask()
        if changes == self._changes:
            if len(self._told) >= MOST:
                self._told.clear()
            self._told[of] = (now + self._seconds, answer)
        return answer

    def forget(self) -> None:
        """Ask anew: this process has changed something."""
        self._changes += 1
        self._told.clear()


# By the way to the database: the moment up to which all that will ever be is visible. An older one
# stays true, it only says less.
horizon = Lately[datetime](0.02)
# By organisation: whether somebody in it has several names. For searches alone: whoever is to be
# forgotten must be forgotten under each.
has_aliases = Lately[bool](5.0)
# By key: how many statements are found by it. It only decides along which of several keys to walk.
commonness = Lately[int](60.0)
