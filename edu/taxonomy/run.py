"""One run of an import: it brings lists in the database to what is wanted, batch by batch.

Everything happens in the caller's unit of work: the whole import is stored, or nothing is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar
from uuid import UUID

import sqlalchemy as sa

from edu.batches import batches
from edu.db import db
from edu.taxonomy.core.changes import (
    Change,
    Comparison,
    Known,
    KnownLink,
    Link,
    LinkChange,
    LinkComparison,
    Tally,
    Wanted,
)
from edu.taxonomy.models import (
    AnyConcept,
    AnyEntry,
    Occupation,
    OccupationSkill,
    ProgrammeCode,
    ProgrammeOccupation,
    Release,
    Source,
    Status,
)

T = TypeVar("T")
Progress: TypeAlias = Callable[[str, int], None]
"""Told, now and then, the name of a list and how much of it has been read."""

AT_ONCE = 500  # ids in one statement; SQLite takes 32,766 values
EXAMPLES = 20


@dataclass(frozen=True)
class Pairs:
    """A table of pairs and the names of its columns."""

    kind: type[OccupationSkill | ProgrammeOccupation]
    left: str
    right: str
    is_strong: str


NEEDS = Pairs(OccupationSkill, "occupation_id", "skill_id", "is_essential")
AIMS = Pairs(ProgrammeOccupation, "programme_id", "occupation_id", "is_main")


@dataclass(frozen=True)
class Report:
    """What an import did to each list. `release` is None when nothing had to change.

    `refusals` gives the first few things that were left out, as (list, what, value).
    """

    source: Source
    release: int | None
    tallies: Mapping[str, Tally]
    refusals: Sequence[tuple[str, str, str]] = ()

    def total(self, name: str) -> int:
        """Add one number up over all lists: "added", "changed", "retired", …."""
        return sum(tally.as_counts()[name] for tally in self.tallies.values())


def silent(_name: str, _done: int) -> None:
    """Tell nobody."""


@dataclass
class Run:
    """The work in progress."""

    source: Source
    files: Sequence[str]
    progress: Progress = silent
    tallies: dict[str, Tally] = field(default_factory=dict)
    refusals: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        last = db.session.scalar(sa.select(sa.func.max(Release.number))) or 0
        self.release = last + 1

    def entries(
        self,
        kind: type[AnyEntry],
        pieces: Iterable[Sequence[Wanted]],
        *,
        name: str = "",
        outranks: bool = False,
        among: Callable[[str], bool] = lambda _code: True,
    ) -> None:
        """Bring a whole list to what is wanted; what is missing (of `among`) is retired."""
        name = name or kind.__tablename__
        comparison = Comparison(_known(kind), self.source, outranks)
        self.tallies[name] = comparison.tally
        done = 0
        for batch in pieces:
            added, changed = comparison.of(batch)
            if added:
                rows = [
                    {"code": wanted.code, **wanted.values, **self._stamp(mark)}
                    for wanted, mark in added
                ]
                db.session.execute(sa.insert(kind), rows)
            self._change(kind, changed)
            done += len(batch)
            self.progress(name, done)
        self._retire(kind, comparison.gone(among=among))

    def enrich(self, kind: type[AnyConcept], additions: Sequence[Wanted]) -> None:
        """Bring what ESCO adds to entries of ours to what is wanted, by our codes."""
        known = {
            code: Known(row_id, mark, is_active=True, source=self.source)
            for code, row_id, mark in db.session.execute(
                sa.select(kind.code, kind.id, kind.esco_fingerprint).where(
                    kind.esco_fingerprint != b""
                )
            )
        }
        comparison = Comparison(known, self.source)
        self.tallies[f"{kind.__tablename__} (merged)"] = comparison.tally
        added, changed = comparison.of(additions)
        marks = {wanted.code: (wanted, mark) for wanted, mark in added}
        marks |= {wanted.code: (wanted, mark) for _, wanted, mark in changed}
        for row in _rows_with(kind, kind.code, list(marks)):
            wanted, row.esco_fingerprint = marks[row.code]
            _write(row, wanted.values, self.release)
        for row in _rows_with(kind, kind.id, comparison.gone()):
            row.esco_fingerprint = b""
            _write(row, {"esco_names": []}, self.release)
        db.session.flush()

    def links(
        self,
        pairs: Pairs,
        pieces: Iterable[Sequence[tuple[Link, bool]]],
        *,
        of: Collection[UUID] | None = None,
        outranks: bool = False,
    ) -> None:
        """Bring a table of pairs to what is wanted. The left side counts as changed with them.

        With `of`, only the pairs that have one of these on the left are looked at.
        """
        name = pairs.kind.__tablename__
        comparison = LinkComparison(_known_links(pairs, of), self.source, outranks)
        self.tallies[name] = comparison.tally
        touched: set[UUID] = set()
        done = 0
        for batch in pieces:
            added, changed = comparison.of(batch)
            if added:
                rows = [self._pair(pairs, pair, is_strong) for pair, is_strong in added]
                db.session.execute(sa.insert(pairs.kind), rows)
            if changed:
                rows = [self._changed_pair(pairs, change) for change in changed]
                db.session.execute(sa.update(pairs.kind), rows)
            touched |= {pair[0] for pair, _ in added} | {change.pair[0] for change in changed}
            done += len(batch)
            self.progress(name, done)
        gone = comparison.gone()
        for some in batches([row_id for _, row_id in gone], AT_ONCE):
            db.session.execute(sa.delete(pairs.kind).where(pairs.kind.id.in_(some)))
        self._touch(pairs, touched | {pair[0] for pair, _ in gone})

    def refuse(self, name: str, what: str, value: str) -> None:
        """Leave something out, and remember it for the report."""
        self.tallies.setdefault(name, Tally()).refused += 1
        refusal = (name, what, value)
        if len(self.refusals) < EXAMPLES and refusal not in self.refusals:
            self.refusals.append(refusal)

    def finish(self) -> Report:
        """Write the release down, if anything changed, and report."""
        if all(tally.is_quiet for tally in self.tallies.values()):
            return Report(self.source, None, self.tallies, self.refusals)
        counts = {name: tally.as_counts() for name, tally in self.tallies.items()}
        db.session.add(
            Release(number=self.release, source=self.source, files=list(self.files), counts=counts)
        )
        db.session.flush()
        return Report(self.source, self.release, self.tallies, self.refusals)

    def _stamp(self, mark: bytes) -> dict[str, object]:
        return {
            "source": self.source,
            "status": Status.ACTIVE,
            "fingerprint": mark,
            "release": self.release,
        }

    def _change(self, kind: type[AnyEntry], changed: Sequence[Change]) -> None:
        wanted = {change.id: change for change in changed}
        for row in _rows_with(kind, kind.id, list(wanted)):
            change = wanted[row.id]
            _write(row, change.wanted.values | self._stamp(change.fingerprint), self.release)
        db.session.flush()

    def _retire(self, kind: type[AnyEntry], gone: Sequence[UUID]) -> None:
        for row in _rows_with(kind, kind.id, gone):
            _write(row, {"status": Status.RETIRED, "source": self.source}, self.release)
        db.session.flush()

    def _pair(self, pairs: Pairs, pair: Link, is_strong: bool) -> dict[str, object]:  # noqa: FBT001
        return {
            pairs.left: pair[0],
            pairs.right: pair[1],
            pairs.is_strong: is_strong,
            "source": self.source,
        }

    def _changed_pair(self, pairs: Pairs, change: LinkChange) -> dict[str, object]:
        return {"id": change.id, pairs.is_strong: change.is_strong, "source": self.source}

    def _touch(self, pairs: Pairs, left_ids: set[UUID]) -> None:
        kind = Occupation if pairs is NEEDS else ProgrammeCode
        for some in batches(sorted(left_ids), AT_ONCE):
            db.session.execute(
                sa.update(kind).where(kind.id.in_(some)).values(release=self.release),
                execution_options={"synchronize_session": False},
            )


def _known(kind: type[AnyEntry]) -> dict[str, Known]:
    columns = sa.select(kind.code, kind.id, kind.fingerprint, kind.status, kind.source)
    return {
        code: Known(row_id, mark, status is Status.ACTIVE, source)
        for code, row_id, mark, status, source in db.session.execute(columns)
    }


def _known_links(pairs: Pairs, of: Collection[UUID] | None) -> dict[Link, KnownLink]:
    names = (pairs.left, pairs.right, "id", pairs.is_strong, "source")
    rows = sa.select(*(getattr(pairs.kind, name) for name in names))
    if of is not None:
        rows = rows.where(getattr(pairs.kind, pairs.left).in_(of))
    return {
        (left, right): KnownLink(row_id, is_strong, source)
        for left, right, row_id, is_strong, source in db.session.execute(rows)
    }


def _rows_with(
    kind: type[T], column: sa.orm.InstrumentedAttribute[object], values: Sequence[object]
) -> Iterable[T]:
    for some in batches(values, AT_ONCE):
        yield from db.session.scalars(sa.select(kind).where(column.in_(some)))


def _write(row: AnyEntry, values: Mapping[str, object], release: int) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.release = release
