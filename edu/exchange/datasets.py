"""Open datasets: each package declares what it gives away, from what everyone may read anyway."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from edu.errors import NotFound
from edu.exchange.core.sheets import Row
from edu.i18n import LanguageMap


class Rhythm(StrEnum):
    """How often a dataset changes, as the EU's list of frequencies says it."""

    CONTINUOUS = "CONT"
    DAILY = "DAILY"
    IRREGULAR = "IRREG"


@dataclass(frozen=True)
class Column:
    """A column: its name for machines and its meaning for people."""

    name: str
    meaning: LanguageMap


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Something anyone may have. `rows` reads it anew, a few rows at a time, without names.

    `code` is its name in addresses.
    """

    code: str
    title: LanguageMap
    about: LanguageMap
    keywords: LanguageMap
    rhythm: Rhythm
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


_declared: dict[str, Dataset] = {}


def declare(*datasets: Dataset) -> None:
    """Put datasets into the open catalogue; for a package's wiring."""
    _declared.update({dataset.code: dataset for dataset in datasets})


def all_declared() -> list[Dataset]:
    """List every dataset, by code."""
    return sorted(_declared.values(), key=lambda dataset: dataset.code)


def get(code: str) -> Dataset:
    """Find a dataset by its code. Raises NotFound."""
    try:
        return _declared[code]
    except KeyError:
        raise NotFound from None
