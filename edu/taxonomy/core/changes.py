"""What an import changes: the entries that are wanted against those that are known.

Pure: it says what to add, change and retire; whoever asked does it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import NamedTuple, TypeAlias
from uuid import UUID

from edu.taxonomy.core.entries import fingerprint

Link: TypeAlias = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry as it should be: its code and the values of its columns."""

    code: str
    values: dict[str, object]


class Known(NamedTuple):
    """What the database holds under a code."""

    id: UUID
    fingerprint: bytes
    is_active: bool
    source: str


class Addition(NamedTuple):
    """An entry to store anew."""

    wanted: Wanted
    fingerprint: bytes


class Change(NamedTuple):
    """An entry to store over an older one."""

    id: UUID
    wanted: Wanted
    fingerprint: bytes


@dataclass(slots=True)
class Tally:
    """How many entries of one list came to which end."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def is_quiet(self) -> bool:
        """True when the import left this list as it was."""
        return not (self.added or self.changed or self.retired)

    def as_counts(self) -> dict[str, int]:
        """The numbers by name."""
        return asdict(self)


@dataclass(slots=True)
class Comparison:
    """Finds, batch by batch, what is new and what is different; then what is gone.

    `known` holds the entries of the list by code. `source` writes the list, and takes over what
    another source wrote only if it `outranks`; otherwise that counts as unchanged.
    """

    known: Mapping[str, Known]
    source: str
    outranks: bool = False
    tally: Tally = field(default_factory=Tally)
    _seen: set[str] = field(default_factory=set)

    def of(self, batch: Iterable[Wanted]) -> tuple[list[Addition], list[Change]]:
        """What to add and to change for these entries. A code that comes twice is refused."""
        added: list[Addition] = []
        changed: list[Change] = []
        for wanted in batch:
            if wanted.code in self._seen:
                self.tally.refused += 1
                continue
            self._seen.add(wanted.code)
            mark = fingerprint(wanted)
            known = self.known.get(wanted.code)
            if known is None:
                added.append(Addition(wanted, mark))
            elif self._differs(known, mark):
                changed.append(Change(known.id, wanted, mark))
            else:
                self.tally.unchanged += 1
        self.tally.added += len(added)
        self.tally.changed += len(changed)
        return added, changed

    def gone(self, *, among: Callable[[str], bool] = lambda _code: True) -> list[UUID]:
        """The entries of this source, still in use, that nobody wanted: to be retired."""
        gone = [
            known.id
            for code, known in self.known.items()
            if known.is_active
            and code not in self._seen
            and (known.source == self.source or self.outranks)
            and among(code)
        ]
        self.tally.retired += len(gone)
        return gone

    def _differs(self, known: Known, mark: bytes) -> bool:
        if known.source != self.source:
            return self.outranks
        return known.fingerprint != mark or not known.is_active


class KnownLink(NamedTuple):
    """What the database holds about a pair."""

    id: UUID
    is_strong: bool
    source: str


class LinkChange(NamedTuple):
    """A pair to store over an older one."""

    id: UUID
    pair: Link
    is_strong: bool


@dataclass(slots=True)
class LinkComparison:
    """The same for pairs, such as an occupation and a skill, that are strong or weak.

    Nothing points at a pair, so those that are gone are deleted and not retired.
    """

    known: Mapping[Link, KnownLink]
    source: str
    outranks: bool = False
    tally: Tally = field(default_factory=Tally)
    _seen: set[Link] = field(default_factory=set)

    def of(
        self, batch: Iterable[tuple[Link, bool]]
    ) -> tuple[list[tuple[Link, bool]], list[LinkChange]]:
        """What to add and to change for these pairs. A pair that comes twice is refused."""
        added: list[tuple[Link, bool]] = []
        changed: list[LinkChange] = []
        for pair, is_strong in batch:
            if pair in self._seen:
                self.tally.refused += 1
                continue
            self._seen.add(pair)
            known = self.known.get(pair)
            if known is None:
                added.append((pair, is_strong))
            elif self._differs(known, is_strong=is_strong):
                changed.append(LinkChange(known.id, pair, is_strong))
            else:
                self.tally.unchanged += 1
        self.tally.added += len(added)
        self.tally.changed += len(changed)
        return added, changed

    def gone(self) -> list[tuple[Link, UUID]]:
        """The pairs of this source that nobody wanted: to be deleted."""
        gone = [
            (pair, known.id)
            for pair, known in self.known.items()
            if known.source == self.source and pair not in self._seen
        ]
        self.tally.retired += len(gone)
        return gone

    def _differs(self, known: KnownLink, *, is_strong: bool) -> bool:
        if known.source != self.source:
            return self.outranks
        return known.is_strong != is_strong
