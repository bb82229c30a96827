"""In which order a learner sees the options."""

import hashlib
from collections.abc import Sequence

from courses.assessment.core.items import Item, Match, MultipleChoice, Option, Order, SingleChoice


def presented(item: Item, seed: str) -> tuple[Option, ...]:
    """The options to choose, to order or to match with, in the order to show them.

    The same seed gives the same order on every machine and in every release, so an attempt can be
    shown again as it was. Fixed options keep their place. An ordering task never comes solved.
    """
    match item:
        case SingleChoice() | MultipleChoice():
            return _mixed(item.options, f"{seed}/{item.id}") if item.shuffle else item.options
        case Order():
            mixed = _mixed(item.entries, f"{seed}/{item.id}")
            return mixed if mixed != item.entries else mixed[1:] + mixed[:1]
        case Match():
            return _mixed(item.targets, f"{seed}/{item.id}")
        case _:
            return ()


def _mixed(options: Sequence[Option], seed: str) -> tuple[Option, ...]:
    """Sorted by a keyed hash: unlike random.shuffle, promised never to change."""
    movable = iter(
        sorted(
            (option for option in options if not option.fixed),
            key=lambda option: hashlib.sha256(f"{seed}/{option.id}".encode()).digest(),
        )
    )
    return tuple(option if option.fixed else next(movable) for option in options)
