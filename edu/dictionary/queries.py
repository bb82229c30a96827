"""The data dictionary, read from the models themselves (DESIGN decision 8).

A column says its meaning where it is declared (`info=means("…")`); what it leaves unsaid holds for
its whole table (`__steward__`). The meaning of a table is the first line of its class's docstring:
`edu.dictionary.extract` puts that line before the translators like any other text. So there is no
second list to forget, and forms, exchange, open data and retention read the same words.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Any, get_args
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from edu.db import Base, Meaning, Privacy, Sharing, Steward, TenantOwned
from edu.dictionary.elements import DataElement, DataTable, Form, Representation
from edu.errors import NotFound
from edu.i18n import LanguageMap, lazy
from edu.search.core.vietnamese import folded

FORMS: Mapping[type, Form] = {
    UUID: Form.IDENTIFIER,
    str: Form.TEXT,
    int: Form.WHOLE_NUMBER,
    float: Form.NUMBER,
    Decimal: Form.NUMBER,
    bool: Form.TRUTH,
    datetime: Form.MOMENT,
    date: Form.DAY,
    time: Form.TIME,
    bytes: Form.BYTES,
}


class Undeclared(LookupError):
    """A column says nothing of its meaning: a mistake in the code. The house test finds it."""


@dataclass(frozen=True)
class Question:
    """What is looked for; an empty part asks for everything."""

    words: str = ""
    table: str = ""
    owner: str = ""
    sharing: str = ""
    privacy: str = ""

    @property
    def is_empty(self) -> bool:
        """True when nothing in particular is asked for."""
        return self == Question()


def tables() -> list[DataTable]:
    """Every table with its elements, by package and name."""
    mappers = list(Base.registry.mappers)
    users = _users(mappers)
    found = [_table(mapper, users) for mapper in mappers]
    return sorted(found, key=lambda each: (each.feature, each.name))


def table(name: str) -> DataTable:
    """Find a table by its name. Raises NotFound."""
    for each in tables():
        if each.name == name:
            return each
    raise NotFound


def elements(question: Question) -> list[DataElement]:
    """The elements that fit the question: every word in the name or the meaning, accents or not."""
    words = folded(question.words).split()
    return [
        element
        for each in tables()
        for element in each.elements
        if question.table in {"", element.table}
        and question.owner in {"", element.owner}
        and question.sharing in {"", element.sharing}
        and question.privacy in {"", element.privacy}
        and _says(words, element, each)
    ]


def _says(words: list[str], element: DataElement, of: DataTable) -> bool:
    if not words:
        return True
    text = folded(f"{element.name} {element.meaning} {of.meaning}".replace("_", " "))
    return all(f" {word}" in f" {text}" for word in words)


# Reading the models ---------------------------------------------------------------------------


def _users(mappers: list[orm.Mapper[Any]]) -> dict[str, list[str]]:  # Any: of every table
    """For each element that others refer to, the elements that do."""
    users: dict[str, list[str]] = {}
    for mapper in mappers:
        for column in _columns(mapper):
            for key in column.foreign_keys:
                users.setdefault(key.target_fullname, []).append(str(column))
    return {name: sorted(found) for name, found in users.items()}


def _columns(mapper: orm.Mapper[Any]) -> list[sa.Column[Any]]:  # Any: of every type
    return list(Base.metadata.tables[mapper.class_.__tablename__].columns)


def _table(mapper: orm.Mapper[Any], users: Mapping[str, list[str]]) -> DataTable:
    kind: type[Base] = mapper.class_
    return DataTable(
        name=kind.__tablename__,
        meaning=lazy(first_line(kind)),
        feature=_feature(kind.__module__),
        is_tenants=issubclass(kind, TenantOwned),
        elements=tuple(
            _element(kind, column, users.get(str(column), [])) for column in _columns(mapper)
        ),
    )


def first_line(kind: type[Base]) -> str:
    """The meaning of a table, as its class's docstring begins. Raises Undeclared without one."""
    text = (vars(kind).get("__doc__") or "").strip()
    if not text:
        raise Undeclared(kind.__name__)
    return str(text.splitlines()[0])


def _feature(module: str) -> str:
    """The feature that keeps a table: "courses.enrolment", from the module it stands in."""
    return ".".join(module.split(".")[:2])


def _element(kind: type[Base], column: sa.Column[Any], used_in: list[str]) -> DataElement:
    said = column.info.get("meaning")
    if not isinstance(said, Meaning):
        raise Undeclared(str(column))
    steward: Steward = kind.__steward__
    return DataElement(
        table=kind.__tablename__,
        column=column.name,
        meaning=said.text,
        owner=said.owner or steward.owner,
        sharing=said.sharing or steward.sharing,
        privacy=said.privacy or steward.privacy,
        representation=_representation(kind, column),
        is_required=not column.nullable,
        is_unique=bool(column.unique or column.primary_key),
        refers_to=next((key.target_fullname for key in column.foreign_keys), ""),
        used_in=tuple(used_in),
    )


def _representation(kind: type[Base], column: sa.Column[Any]) -> Representation:
    stored = column.type
    if isinstance(stored, sa.TypeDecorator):
        stored = stored.impl_instance
    if isinstance(stored, sa.JSON):
        return Representation(_form_of_json(kind, column.name))
    python = stored.python_type
    if issubclass(python, enum.Enum):
        return Representation(Form.CHOICE, choices=tuple(str(each.value) for each in python))
    return Representation(FORMS[python], limit=getattr(stored, "length", None) or 0)


def _form_of_json(kind: type[Base], name: str) -> Form:
    """What a JSON column holds, from the annotation of its attribute (on the class or a mixin)."""
    for above in kind.__mro__:
        if annotation := vars(above).get("__annotations__", {}).get(name):
            (held,) = get_args(annotation)
            may_be = get_args(held) if isinstance(held, UnionType) else (held,)
            if LanguageMap in may_be:
                return Form.WORDS
            return Form.TEXTS if list[str] in may_be else Form.STRUCTURE
    return Form.STRUCTURE


# Figures --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """How many elements there are, and of which classes."""

    elements: int
    shared: int
    open: int
    personal: int


def figures() -> Figures:
    """Count the dictionary."""
    every = [element for each in tables() for element in each.elements]
    return Figures(
        elements=len(every),
        shared=sum(element.sharing is Sharing.SHARED for element in every),
        open=sum(element.privacy is Privacy.OPEN for element in every),
        personal=sum(element.privacy in {Privacy.PERSONAL, Privacy.SENSITIVE} for element in every),
    )
