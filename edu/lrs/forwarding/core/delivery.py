"""Deliver things in order to somebody who may be away, slow, or unwilling to take one of them.

Nothing is lost, and nothing blocks what follows: a batch that is refused is cut in two until the
one that is meant stands alone. Pure: `send` is given, and waiting is left to the caller.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Generic, TypeVar

T = TypeVar("T")

FIRST_WAIT = 10.0  # seconds
LONGEST_WAIT = 3600.0
LONGEST_ASKED = 86400.0  # what Retry-After may ask of us at most
HEAVIEST = 8 << 20  # bytes in one request, unless one thing alone has more

_REFUSED = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}
_BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_AWAY = {
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
    HTTPStatus.INSUFFICIENT_STORAGE,
}


class Verdict(Enum):
    """What an answer means for what was sent."""

    TAKEN = "taken"
    KNOWN = "known"  # one of them is there already
    REFUSED = "refused"  # one of them is not wanted
    LATER = "later"
    NEVER = "never"  # nothing will be taken until a person has looked


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: status 0 when it said nothing, and then `text` is why.

    `retry_after` is in seconds, where it asked for that. `is_too_slow` when we waited in vain.
    """

    status: int
    text: str = ""
    retry_after: float | None = None
    is_too_slow: bool = False

    @property
    def verdict(self) -> Verdict:
        """What it means."""
        if HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES:
            return Verdict.TAKEN
        if self.status == HTTPStatus.CONFLICT:
            return Verdict.KNOWN
        if self.status in _REFUSED:
            return Verdict.REFUSED
        is_theirs = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return Verdict.LATER if self.status in {0, *_BUSY} or is_theirs else Verdict.NEVER

    @property
    def may_be_about_one(self) -> bool:
        """True when the other side broke on what it was sent, rather than being away."""
        is_theirs = self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return self.is_too_slow or (is_theirs and self.status not in _AWAY)


@dataclass(slots=True)
class Progress(Generic[T]):
    """How far it went: the first `done` things are dealt with, `dead` of them in vain."""

    done: int = 0
    dead: list[tuple[T, Answer]] = field(default_factory=list)
    halt: Answer | None = None  # why it did not go to the end


def parcels(weights: Sequence[int], at_once: int) -> list[tuple[int, int]]:
    """Cut things of some weights into requests: where each begins and ends.

    None has more than `at_once` things, nor more than HEAVIEST bytes unless it has only one.
    """
    cut: list[tuple[int, int]] = []
    start = total = 0
    for place, weight in enumerate(weights):
        if place > start and (place - start == at_once or total + weight > HEAVIEST):
            cut.append((start, place))
            start, total = place, 0
        total += weight
    return [*cut, (start, len(weights))] if weights else []


def deliver(
    things: Sequence[T],
    send: Callable[[Sequence[T]], Answer],
    requests: Sequence[tuple[int, int]],
    *,
    patience_is_over: bool = False,
    beyond: Callable[[], Sequence[T]] = lambda: (),
) -> Progress[T]:
    """Send things in order, cut into requests, until those are done or the other side is away.

    What takes too long is sent in parts. With `patience_is_over` an error of the other side is
    taken to be about one of the things, if the next one goes through; `beyond` is asked for one
    where no other thing follows.
    """
    progress: Progress[T] = Progress()
    rest = list(reversed(requests))
    while rest:
        start, end = rest.pop()
        answer = send(things[start:end])
        if answer.verdict is not Verdict.TAKEN:
            doubted = patience_is_over and answer.may_be_about_one
            is_about_one = doubted or answer.verdict in {Verdict.KNOWN, Verdict.REFUSED}
            if end - start > 1 and (is_about_one or answer.is_too_slow):
                middle = (start + end) // 2
                rest += [(middle, end), (start, middle)]
                continue
            if doubted:
                is_about_one = _goes_through(things[end : end + 1] or beyond(), send)
            if not is_about_one:
                progress.halt = answer
                return progress
            if answer.verdict is not Verdict.KNOWN:
                progress.dead.append((things[start], answer))
        progress.done = end
    return progress


def _goes_through(following: Sequence[T], send: Callable[[Sequence[T]], Answer]) -> bool:
    return bool(following) and send(following).verdict in {Verdict.TAKEN, Verdict.KNOWN}


def seconds_to_wait(failures: int, asked: float | None, chance: float) -> float:
    """How long to wait after so many failures in a row; `chance`, in [0, 1), spreads the crowd.

    Twice as long each time, to an hour, give or take a half; never shorter than `asked`.
    """
    doubled: float = FIRST_WAIT * 2.0 ** min(failures - 1, 20)
    own = min(doubled, LONGEST_WAIT) * (0.5 + chance)
    return max(own, min(asked or 0.0, LONGEST_ASKED))
