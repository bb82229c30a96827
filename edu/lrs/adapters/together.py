"""Requests that store at the same moment share one transaction, and one wait for the disk.

Group commit: while one request is writing, those that come meanwhile put what they have on a pile.
Whoever was first among them writes the whole pile next and tells the others what became of it.
Where many come at once, the one who writes waits a moment for those that were just answered, for
they are about to ask again: fewer transactions cost less than the moment. A lone request never
waits. Each process has its own pile for each organisation.
"""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from uuid import UUID

import psycopg

from edu.lrs.adapters import at_once
from edu.lrs.adapters.at_once import Bundle
from edu.postgres import Direct

MOST = 500  # statements; a pile that has as many waits for no more
MANY, MOMENT = 3, 0.0004  # requests in a pile after which the next one waits, and for how long (s)


class _Waiting:
    """A request's bundle, and what became of it: None until it is tried."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.is_stored: bool | None = None
        self._sign = threading.Lock()
        self._sign.acquire()

    def wait(self) -> None:
        """Go on once it was tried, or is to be tried here."""
        self._sign.acquire()

    def go_on(self) -> None:
        """Let it."""
        self._sign.release()


class _Pile:
    """What waits while one of its requests is writing."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[_Waiting] = deque()
        self._is_writing = False
        self._is_busy = False

    def store(self, connection: Direct, bundle: Bundle) -> bool:
        """Store it, and others that wait, or let another request do so."""
        own = _Waiting(bundle)
        with self._guard:
            self._waiting.append(own)
            waits, self._is_writing = self._is_writing, True
        if waits:
            own.wait()
        if own.is_stored is None:
            self._write(connection)
        return bool(own.is_stored)

    def _write(self, connection: Direct) -> None:
        """Try what waits, the oldest first, which is our own; then let the next one write."""
        if self._is_busy:
            _for_others()
        taken = self._take()
        self._is_busy = len(taken) >= MANY
        own = taken[0]
        try:
            _try(connection, taken)
        finally:
            with self._guard:
                following = self._waiting[0] if self._waiting else None
                self._is_writing = following is not None
            for each in taken:
                each.is_stored = bool(each.is_stored)
                if each is not own:
                    each.go_on()
            if following:
                following.go_on()

    def _take(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        count = 0
        with self._guard:
            while self._waiting and count < MOST:
                taken.append(self._waiting.popleft())
                count += len(taken[-1].bundle.statements)
        return taken


def _for_others() -> None:
    time.sleep(MOMENT)


_piles: defaultdict[UUID, _Pile] = defaultdict(_Pile)


def store(connection: Direct, bundle: Bundle) -> bool:
    """Store statements that refer to none.

    False where nothing was stored, or nobody can tell: an id is known, another statement waits for
    one of these, or the database went away.
    """
    return _piles[bundle.tenant_id].store(connection, bundle)


def _try(connection: Direct, waiting: Sequence[_Waiting]) -> None:
    """Store all at once; where something is in the way, each by itself: it is the fault of few."""
    try:
        if _is_stored(connection, at_once.joined([each.bundle for each in waiting])):
            for each in waiting:
                each.is_stored = True
        elif len(waiting) > 1:
            for each in waiting:
                each.is_stored = _is_stored(connection, each.bundle)
    except psycopg.Error:  # as when the database is away: trying by other means tells each of it
        return


def _is_stored(connection: Direct, bundle: Bundle) -> bool:
    try:
        return at_once.store(connection, bundle)
    except psycopg.errors.UniqueViolation:
        return False
