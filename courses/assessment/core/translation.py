"""The same item in two languages, made one."""

from dataclasses import replace
from typing import Any

from courses.assessment.core.items import Item, LanguageMap, Option, TextEntry

_LISTS = ("options", "entries", "sources", "targets")
_KEYS = ("kind", "correct", "pairs", "value", "tolerance", "relative")


def with_translation(item: Item, other: Item) -> Item | None:
    """The item with the other's words beside its own; None when the two ask different things.

    They ask the same when they are of one kind, with as many options and the same ones right.
    A text item then accepts the answers of both languages.
    """
    if any(getattr(item, key, None) != getattr(other, key, None) for key in _KEYS):
        return None
    changes: dict[str, Any] = {  # Any: fields of whichever kind of item this is
        "prompt": _both(item.prompt, other.prompt),
        "feedback": {
            key: _both(item.feedback.get(key, {}), other.feedback.get(key, {}))
            for key in [
                *item.feedback,
                *(key for key in other.feedback if key not in item.feedback),
            ]
        },
    }
    for name in _LISTS:
        mine, theirs = getattr(item, name, ()), getattr(other, name, ())
        if [option.id for option in mine] != [option.id for option in theirs]:
            return None
        if mine:
            changes[name] = _options(mine, theirs)
    if isinstance(item, TextEntry) and isinstance(other, TextEntry):
        changes["answers"] = tuple(dict.fromkeys(item.answers + other.answers))
    return replace(item, **changes)


def _both(mine: LanguageMap, theirs: LanguageMap) -> LanguageMap:
    return {**theirs, **mine}


def _options(mine: tuple[Option, ...], theirs: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(
        replace(option, text=_both(option.text, other.text))
        for option, other in zip(mine, theirs, strict=True)
    )
