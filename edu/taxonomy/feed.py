"""What changed in the reference data, in the order it changed: for those who keep a copy.

A reader starts without a cursor, applies what it gets, and comes back with the last cursor. An
entry appears at the place of its last change only, so a slow reader misses nothing that is still
true. The order is release, list, code.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from edu.db import db
from edu.errors import Invalid
from edu.i18n import LanguageMap, lazy
from edu.taxonomy.models import ENTRIES, Status

PAGE = 500


@dataclass(frozen=True)
class ChangedEntry:
    """An entry as it stands now, and the release that last changed it."""

    release: int
    place: int
    code: str
    status: Status
    label: LanguageMap

    @property
    def list(self) -> str:
        """Name of the list that the entry belongs to, such as "skill"."""
        return ENTRIES[self.place].__tablename__

    @property
    def cursor(self) -> str:
        """Where in the feed this entry stands."""
        return f"{self.release}.{self.place}.{self.code}"


def changes(since: str = "", limit: int = PAGE) -> list[ChangedEntry]:
    """Read on from a cursor, or from the beginning. Raises Invalid for what is no cursor."""
    release, place, code = _read(since) if since else (0, -1, "")
    after = [
        sa.select(
            kind.release, sa.literal(number).label("place"), kind.code, kind.status, kind.label
        ).where(
            sa.or_(
                kind.release > release,
                sa.and_(
                    kind.release == release,
                    kind.code > code if number == place else sa.literal(number > place),
                ),
            )
        )
        for number, kind in enumerate(ENTRIES)
    ]
    rows = sa.union_all(*after).subquery()
    ordered = sa.select(rows).order_by(rows.c.release, rows.c.place, rows.c.code).limit(limit)
    return [ChangedEntry(*row) for row in db.session.execute(ordered)]


def _read(cursor: str) -> tuple[int, int, str]:
    release, _, rest = cursor.partition(".")
    place, _, code = rest.partition(".")
    if not (release.isdecimal() and place.isdecimal() and code):
        raise Invalid(fields={"since": lazy("This is not a place in the feed.")})
    return int(release), int(place), code
