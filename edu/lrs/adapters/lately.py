"""What a busy server need not ask its database each time, because it did so a moment ago."""

import time
from uuid import UUID

from edu.lrs.adapters.engines import tables_of
from edu.lrs.adapters.sql import run
from edu.postgres import Direct

TOLD_SECONDS = 0.02
ALONE_SECONDS = 5.0  # what another process merges is found merged after so long at most
MOST_ALONE = 10_000

_HAS_ALIAS = "SELECT 1 FROM lrs_alias WHERE tenant_id = ? LIMIT 1"


class Horizon:
    """The number below which all that will ever be is visible, as it was a moment ago.

    Then it is so now, too: it only says less than it could. Who stores through this process and
    asks it afterwards is never told of a moment before.
    """

    def __init__(self) -> None:
        self._stored = 0  # times
        self._told: tuple[Direct, float, int] | None = None

    def of(self, reader: Direct) -> int:
        """Give it, asked for less than TOLD_SECONDS ago."""
        told, stored, now = self._told, self._stored, time.monotonic()
        if told and told[0] is reader and now < told[1]:
            return told[2]
        found = tables_of(reader).horizon(reader)
        if stored == self._stored:
            self._told = (reader, now + TOLD_SECONDS, found)
        return found

    def forget(self) -> None:
        """Ask anew: something was stored by this process."""
        self._stored += 1
        self._told = None


class Alone:
    """Organisations in which nobody has several names, as they were a moment ago."""

    def __init__(self) -> None:
        self._until: dict[UUID, float] = {}

    def are_all_in(self, tenant_id: UUID, reader: Direct) -> bool:
        """True when nobody had several names less than ALONE_SECONDS ago."""
        now = time.monotonic()
        if now < self._until.get(tenant_id, 0):
            return True
        if run(reader, _HAS_ALIAS, [tenant_id]):
            return False
        if len(self._until) >= MOST_ALONE:
            self._until.clear()
        self._until[tenant_id] = now + ALONE_SECONDS
        return True

    def forget(self) -> None:
        """Ask anew: somebody was merged by this process."""
        self._until.clear()


horizon = Horizon()
alone = Alone()
