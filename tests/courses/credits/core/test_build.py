from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest

from courses.credits.core.bad_rule import BadRule
from courses.credits.core.build import build, walk


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Leaf:
    size: Decimal
    colour: Colour = Colour.RED


@dataclass(frozen=True)
class Tree:
    name: str
    planted: date
    share: Fraction
    height: int
    alive: bool
    leaves: tuple[Leaf, ...] = ()
    notes: Mapping[str, Decimal] = field(default_factory=dict)
    twin: Leaf | None = None


GOOD = {"name": "oak", "planted": "2020-03-01", "share": "2/3", "height": 7, "alive": True}


def test_builds_nested_values_from_json_like_tables():
    tree = build(
        Tree, GOOD | {"leaves": [{"size": 8.5}], "notes": {"a": "1.50"}, "twin": {"size": 2}}
    )

    assert tree.leaves == (Leaf(Decimal("8.5")),)
    assert tree.notes == {"a": Decimal("1.50")}
    assert tree.twin == Leaf(Decimal(2))
    assert tree.planted == date(2020, 3, 1)
    assert tree.share == Fraction(2, 3)


def test_null_stands_for_an_absent_optional_value():
    assert build(Tree, GOOD | {"twin": None}).twin is None


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"colour": 1}, "colour", "unknown"),
        ({"name": 3}, "name", "type"),
        ({"planted": "yesterday"}, "planted", "type"),
        ({"planted": 5}, "planted", "type"),
        ({"share": "1/0"}, "share", "type"),
        ({"share": "much"}, "share", "type"),
        ({"share": []}, "share", "type"),
        ({"height": True}, "height", "type"),
        ({"height": 1.5}, "height", "type"),
        ({"alive": 1}, "alive", "type"),
        ({"leaves": {}}, "leaves", "type"),
        ({"leaves": [{"size": 1}, 4]}, "leaves[1]", "type"),
        ({"leaves": [{"size": 1}, {}]}, "leaves[1].size", "missing"),
        ({"leaves": [{"size": "big"}]}, "leaves[0].size", "type"),
        ({"leaves": [{"size": "NaN"}]}, "leaves[0].size", "type"),
        ({"leaves": [{"size": True}]}, "leaves[0].size", "type"),
        ({"leaves": [{"size": 1, "colour": "blue"}]}, "leaves[0].colour", "type"),
        ({"leaves": [{"size": 1, "colour": 2}]}, "leaves[0].colour", "type"),
        ({"notes": []}, "notes", "type"),
        ({"notes": {"a": None}}, "notes.a", "type"),
    ],
)
def test_nonsense_is_refused_with_the_path_of_the_value(change, path, code):
    with pytest.raises(BadRule) as refusal:
        build(Tree, GOOD | change)

    assert (refusal.value.path, refusal.value.code) == (path, code)


def test_a_document_that_is_no_table_is_refused():
    with pytest.raises(BadRule) as refusal:
        build(Tree, [])

    assert refusal.value.code == "type"


def test_walk_names_where_each_wanted_value_stands():
    tree = build(Tree, GOOD | {"leaves": [{"size": 1}], "twin": {"size": 2}})

    assert [path for path, _ in walk(tree, Leaf)] == ["leaves[0]", "twin"]
