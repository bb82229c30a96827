"""Which statements somebody wants to have."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters; without any it is the whole record, voided statements too.

    `since` is exclusive, `until` inclusive, both of storing.
    """

    since: datetime | None = None
    until: datetime | None = None
    verb: str = ""
    activity: str = ""
    agent: JsonObject | None = None

    @classmethod
    def read(cls, filters: JsonObject) -> Self:
        """Read what `filters` wrote."""
        values: dict[str, Any] = dict(filters)  # Any: each filter its own type
        for name in {"since", "until"} & filters.keys():
            values[name] = datetime.fromisoformat(filters[name])
        return cls(**values)

    def filters(self) -> JsonObject:
        """Write it as plain values; empty for the whole record."""
        said: JsonObject = {name: value for name, value in asdict(self).items() if value}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in said.items()
        }

    def query(self) -> StatementQuery | None:
        """Say it as a search; None for the whole record."""
        if not self.filters():
            return None
        return StatementQuery(
            agent=self.agent,
            verb=self.verb or None,
            activity=self.activity or None,
            related_agents=self.agent is not None,
            related_activities=True,
            since=self.since,
            until=self.until,
        )
