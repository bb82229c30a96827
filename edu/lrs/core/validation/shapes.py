"""The few forms every part of a statement takes: an object, an array, one of several kinds.

A form is a check like those in `values`, made of other checks. The tables in this package give the
forms their content and read like the tables of the specification.
"""

from collections.abc import Mapping

import orjson

from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.values import Check

LONGEST_REMEMBERED, MOST_REMEMBERED = 2000, 5000  # bytes, and values: 10 MB at most for each check


def record(
    section: str,
    properties: Mapping[str, Check],
    *,
    required: tuple[str, ...] = (),
    then: Check | None = None,
) -> Check:
    """Make the check of an object that has these properties and no others (Data 2.2).

    `then` looks at the whole object after each property has passed by itself.
    """
    find = properties.get

    def check(value: object) -> None:
        if type(value) is not dict:
            raise InvalidStatement.of(value, Rule.OBJECT, section)
        for key, item in value.items():
            check_property = find(key)
            if check_property is None:
                raise InvalidStatement(Rule.UNKNOWN_PROPERTY, section, key)
            try:
                check_property(item)
            except InvalidStatement as problem:
                problem.within(key)
                raise
        for key in required:
            if key not in value:
                raise InvalidStatement(Rule.MISSING, section, key)
        if then is not None:
            then(value)

    return check


def array(section: str, check_item: Check, *, then: Check | None = None) -> Check:
    """Make the check of an array whose items all pass one check."""

    def check(value: object) -> None:
        if type(value) is not list:
            raise InvalidStatement.of(value, Rule.ARRAY, section)
        for position, item in enumerate(value):
            try:
                check_item(item)
            except InvalidStatement as problem:
                problem.within(position)
                raise
        if then is not None:
            then(value)

    return check


def not_empty(section: str) -> Check:
    """Make the check, for `then`, that an array has at least one item."""

    def check(value: object) -> None:
        if not value:
            raise InvalidStatement(Rule.EMPTY, section)

    return check


def remembered(check: Check) -> Check:
    """Let pass at once what has passed before, for what tools say again and again.

    A value is known by the JSON it is written as, which tells all that a check looks at.
    """
    passed: set[bytes] = set()

    def check_anew(value: object) -> None:
        try:
            written = orjson.dumps(value)
        except orjson.JSONEncodeError:  # no JSON: the check says what it is instead
            check(value)
            return
        if written in passed:
            return
        check(value)
        if len(written) <= LONGEST_REMEMBERED:
            if len(passed) >= MOST_REMEMBERED:
                passed.clear()
            passed.add(written)

    return check_anew


def by_object_type(section: str, kinds: Mapping[str, Check], *, default: str) -> Check:
    """Make the check of an object whose "objectType" says which of `kinds` it is."""

    def check(value: object) -> None:
        if type(value) is not dict:
            raise InvalidStatement.of(value, Rule.OBJECT, section)
        named = value.get("objectType", default)
        check_kind = kinds.get(named) if type(named) is str else None
        if check_kind is None:
            problem = InvalidStatement.of(named, Rule.OBJECT_TYPE, section)
            problem.within("objectType")
            raise problem
        check_kind(value)

    return check
