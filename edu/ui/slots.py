"""Slots: a page below offers a place, a package above fills it.

`{{ slot("home.next", learner=actor) }}` in a template shows what every filler returns, in order.
A filler returns safe HTML (a rendered template) or "" when it has nothing to say.
"""

from collections import defaultdict
from collections.abc import Callable

from markupsafe import Markup

Filler = Callable[..., str]

_fillers: defaultdict[str, list[tuple[int, Filler]]] = defaultdict(list)


def fill(name: str, filler: Filler, *, order: int = 50) -> None:
    """Show what the filler renders wherever a page offers that slot."""
    entries = _fillers[name]
    if all(known is not filler for _, known in entries):
        entries.append((order, filler))
        entries.sort(key=lambda entry: entry[0])


def slot(name: str, **context: object) -> Markup:
    """Render a slot for a template."""
    return Markup("").join(Markup(filler(**context)) for _, filler in _fillers[name])  # noqa: S704 - fillers render templates
