"""Plain tables, as TOML and JSON give them, into frozen dataclasses, which are the schema."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from courses.credits.core.bad_rule import BadRule, require

T = TypeVar("T")


def build(cls: type[T], table: object) -> T:
    """Make a `cls` from a table of its fields, nested as deep as its types say.

    Raises BadRule with the path of the first missing, unknown, wrongly typed or refused value.
    """
    given = _exactly(dict, table)
    known = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]  # a dataclass
    for key, value in given.items():
        require(key in known, str(key), "unknown", value)
    for name, field in known.items():
        optional = field.default is not MISSING or field.default_factory is not MISSING
        require(optional or name in given, name, "missing", None)
    hints = get_type_hints(cls)
    return cls(**{name: _inside(name, hints[name], value) for name, value in given.items()})


def walk(value: object, wanted: type[T], path: str = "") -> list[tuple[str, T]]:
    """Every `wanted` inside a built value, with its path."""
    if isinstance(value, wanted):
        return [(path.lstrip("."), value)]
    inner: list[tuple[str, object]] = []
    if is_dataclass(value):
        inner = [(f".{field.name}", getattr(value, field.name)) for field in fields(value)]
    elif isinstance(value, tuple):
        inner = [(f"[{index}]", one) for index, one in enumerate(value)]
    return [hit for step, one in inner for hit in walk(one, wanted, path + step)]


def _inside(path: str, kind: Any, value: object) -> object:  # Any: type hints share no type
    try:
        return _convert(kind, value)
    except BadRule as error:
        raise error.inside(path) from None


def _convert(kind: Any, value: object) -> object:  # Any: as above
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is types.UnionType:  # only `X | None` is used; TOML has no null, JSON does
        return None if value is None else _convert(arguments[0], value)
    if origin is tuple:
        items = enumerate(_exactly(list, value))
        return tuple(_inside(f"[{index}]", arguments[0], one) for index, one in items)
    if origin is Mapping:
        entries = _exactly(dict, value).items()
        return types.MappingProxyType(
            {key: _inside(str(key), arguments[1], one) for key, one in entries}
        )
    if isinstance(kind, type) and is_dataclass(kind):
        return build(kind, value)
    try:
        return _SCALARS[kind](value) if kind in _SCALARS else kind(_exactly(str, value))
    except (ValueError, ZeroDivisionError, InvalidOperation):
        raise BadRule("", "type", value) from None


def _exactly(kind: type[T], value: object) -> T:
    # True is an int in Python, but no number in a rule.
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise BadRule("", "type", value)


def _decimal(value: object) -> Decimal:
    """Exact numbers: a float means the shortest text that stands for it, so 8.5 is 8.5."""
    require(isinstance(value, int | float | str | Decimal), "", "type", value)
    require(not isinstance(value, bool), "", "type", value)
    number = Decimal(str(value))
    require(number.is_finite(), "", "type", value)
    return number


def _fraction(value: object) -> Fraction:
    """Shares such as "2/3", which no decimal says exactly."""
    return Fraction(value) if isinstance(value, str) else Fraction(_decimal(value))


def _date(value: object) -> date:
    """A TOML date, or the ISO text that JSON must use."""
    return date.fromisoformat(value) if isinstance(value, str) else _exactly(date, value)


_SCALARS: Mapping[object, Callable[[object], object]] = {
    str: lambda value: _exactly(str, value),
    int: lambda value: _exactly(int, value),
    bool: lambda value: _exactly(bool, value),
    Decimal: _decimal,
    Fraction: _fraction,
    date: _date,
}
