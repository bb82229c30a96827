"""A page in one piece: joined unread where nothing has to be looked at, else not at all."""

from uuid import uuid4

import pytest

from edu.lrs.adapters.reading import Joined, Search, find_joined

SIZE = 2


class Reader:
    """Finds what it is told to find."""

    def __init__(self, *rows: tuple[int, bytes | None, int]) -> None:
        self.rows = rows

    def columns(self, _sql, _values):
        return [list(column) for column in zip(*self.rows, strict=True)] or [[], [], []]


def joined(*rows, ascending: bool = False) -> Joined | None:
    return find_joined(Reader(*rows), Search(uuid4(), [], None, None, ascending, SIZE + 1))


@pytest.mark.parametrize(
    ("rows", "page"),
    [
        ((), Joined(b"", None)),
        (((7, b"c", 0),), Joined(b"c", None)),
        (((7, b"c", 0), (5, b"b", 0)), Joined(b"c,b", None)),
        (((7, b"c", 0), (5, b"b", 0), (4, b"a", 0)), Joined(b"c,b", 5)),
    ],
)
def test_a_page_says_where_it_ends_if_more_follow(rows, page):
    assert joined(*rows) == page


def test_the_oldest_may_come_first():
    rows = ((4, b"a", 0), (5, b"b", 0), (7, b"c", 0))

    assert joined(*rows, ascending=True) == Joined(b"a,b", 5)


@pytest.mark.parametrize(
    "rows",
    [
        ((7, b"c", 0), (5, None, 0)),  # voided
        ((7, b"c", 1), (5, b"b", 1)),  # a key that is short for several things
        ((5, b"b", 0), (7, b"c", 0)),  # another order
    ],
)
def test_what_has_to_be_looked_at_is_not_joined(rows):
    assert joined(*rows) is None
