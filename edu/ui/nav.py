"""The menus: each package adds its items, the page shows those that the reader may use."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import g, request, url_for

from edu.i18n import Text

if TYPE_CHECKING:
    from edu.accounts.models import Person, Role


@dataclass(frozen=True)
class Item:
    """One entry of a menu.

    `roles`: who sees it in the staff menu of an organisation (any of them); `kinds`: in which
    kinds of organisation, such as "college"; everywhere when empty.
    An item without roles belongs to everyone's own menu; `bottom` puts it on the phone's bar.
    """

    endpoint: str
    label: Text
    icon: str
    order: int
    section: Text = ""
    roles: "frozenset[Role]" = field(default_factory=frozenset)
    kinds: frozenset[str] = frozenset()
    bottom: bool = False
    for_strangers: bool = False


@dataclass(frozen=True)
class Link:
    """An item made ready for a page."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Section:
    """Links under one heading."""

    label: str
    items: list[Link]


_items: dict[str, Item] = {}


def add(*items: Item) -> None:
    """Put items into the menus; called by a package's wiring."""
    for item in items:
        _items[item.endpoint] = item


def _link(item: Item) -> Link:
    current = request.endpoint == item.endpoint or (
        request.blueprint is not None
        and item.endpoint.startswith(f"{request.blueprint}.")
        and sum(i.endpoint.startswith(f"{request.blueprint}.") for i in _items.values()) == 1
    )
    return Link(str(item.label), url_for(item.endpoint), item.icon, current)


def own_menu(reader: "Person | None") -> list[Link]:
    """Everyone's own menu: home, learning, jobs …; a stranger sees the public part."""
    shown = [i for i in _items.values() if not i.roles and (reader or i.for_strangers)]
    return [_link(item) for item in sorted(shown, key=lambda i: i.order)]


def bottom_bar(reader: "Person | None") -> list[Link]:
    """The few items a thumb reaches on a phone."""
    shown = [i for i in _items.values() if i.bottom and not i.roles and (reader or i.for_strangers)]
    return [_link(item) for item in sorted(shown, key=lambda i: i.order)][:5]


def _belongs_here(item: Item) -> bool:
    return not item.kinds or ("place" in g and g.place.kind in item.kinds)


def staff_menu(reader: "Person | None") -> list[Section]:
    """The sidebar of the organisation whose pages these are, for the reader's roles there."""
    if reader is None or "place" not in g:
        return []
    shown = sorted(
        (i for i in _items.values() if i.roles and _belongs_here(i) and reader.has_role(*i.roles)),
        key=lambda i: i.order,
    )
    sections: dict[str, list[Link]] = {}
    for item in shown:
        sections.setdefault(str(item.section), []).append(_link(item))
    return [Section(label, links) for label, links in sections.items()]
