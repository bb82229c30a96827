"""The search of the house: one Protocol, several engines, the same answers.

The database is the truth; an index only finds. Callers check again, in SQL, what a reader may see
before they open it; the index filters as well, so that counts and suggestions leak nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

from edu.errors import DomainError, Invalid
from edu.i18n import lazy
from edu.search.core.highlight import Part

DEEPEST = 1_000
"""Hits that can be paged through; who needs the thousandth should say more precisely what."""

LARGEST_PAGE = 100
MOST_FACET_VALUES = 100

KIND = "kind"
TENANT = "tenant"
AUDIENCE = "audience"
EVERYONE = "everyone"


class BadCursor(Invalid):
    """A cursor that no page gave out."""

    code = "bad-cursor"
    title = lazy("This page of results does not exist. Please search again.")


class IndexBusy(DomainError):
    """Another process is writing the index and did not finish in time."""

    code = "search-index-busy"
    status = 503
    title = lazy("The search index is being rebuilt. Please try again in a minute.")


class Visibility(StrEnum):
    """Who may find a document."""

    PUBLIC = "public"
    TENANT = "tenant"
    OWNER = "owner"


class Order(StrEnum):
    """What comes first. Without any text the newest always does."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a document in one language."""

    title: str
    body: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something that can be found. `id` is unique over all kinds; `texts` go by language code.

    `tenant_id` is whose it is; TENANT and OWNER visibility need it, or `owner_id`, to name who.
    Facet names are lower-case letters and `_`; "kind", "tenant" and "audience" are taken.
    """

    id: str
    kind: str
    texts: Mapping[str, Text]
    changed_at: datetime
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tenant_id: UUID | None = None
    owner_id: UUID | None = None
    visibility: Visibility = Visibility.PUBLIC

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """Everything a query can filter by: the facets, the kind, the tenant and the audience."""
        audience = {
            Visibility.PUBLIC: EVERYONE,
            Visibility.TENANT: f"tenant:{self.tenant_id}",
            Visibility.OWNER: f"person:{self.owner_id}",
        }[self.visibility]
        tenant = (str(self.tenant_id),) if self.tenant_id else ()
        return {**self.facets, KIND: (self.kind,), TENANT: tenant, AUDIENCE: (audience,)}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who searches; without arguments, anyone."""

    tenant_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audience labels this viewer belongs to."""
        tenant = (f"tenant:{self.tenant_id}",) if self.tenant_id else ()
        person = (f"person:{self.person_id}",) if self.person_id else ()
        return (EVERYONE, *tenant, *person)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is asked. Values of one facet are alternatives; different facets narrow each other.

    `language` is the reader's: hits are shown in it where they can be. `count_facets` names the
    facets to count ("kind" among them); each is counted as if it were not filtered itself, so that
    a reader sees the alternatives to a choice.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tenant_id: UUID | None = None
    viewer: Viewer = Viewer()
    language: str = "vi"
    order: Order = Order.RELEVANCE
    count_facets: tuple[str, ...] = ()
    cursor: str | None = None
    size: int = 20

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """For each label name the values of which a document must carry at least one."""
        tenant = (str(self.tenant_id),) if self.tenant_id else ()
        wanted = {**self.facets, KIND: self.kinds, TENANT: tenant}
        chosen = {name: values for name, values in wanted.items() if values}
        return {**chosen, AUDIENCE: self.viewer.audiences}

    @property
    def offset(self) -> int:
        """How many hits come before this page. Raises BadCursor."""
        cursor = self.cursor or "0"
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(DEEPEST))):
            raise BadCursor
        if int(cursor) >= DEEPEST:
            raise BadCursor
        return int(cursor)

    @property
    def limit(self) -> int:
        """How many hits this page shows at most."""
        return min(max(self.size, 1), LARGEST_PAGE, DEEPEST - self.offset)

    def unfiltered_by(self, name: str) -> Self:
        """The same question without the filter on one facet."""
        others = {key: values for key, values in self.facets.items() if key != name}
        return replace(self, facets=others, kinds=() if name == KIND else self.kinds)


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many documents carry one value of a facet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, ready to be shown in `language`."""

    id: str
    kind: str
    language: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results. `did_you_mean` is given only where nothing was found and it would help."""

    total: int
    items: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None
    next_cursor: str | None = None


class SearchIndex(Protocol):
    """Finds documents. One process writes at a time; any number read and see each commit."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Raises IndexBusy."""

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; an unknown id is no error. Raises IndexBusy."""

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Replace everything at once; readers see the old index until the new one is whole."""

    def search(self, query: SearchQuery) -> Hits:
        """Answer a query. Raises BadCursor."""
