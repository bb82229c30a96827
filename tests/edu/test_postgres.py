"""The direct way to PostgreSQL: which of its links is used, before links that only say so."""

import pytest

from edu.postgres import Direct


class Down(Exception):
    pass


class Link:
    """Runs what it is given, which says by its name what is to happen meanwhile."""

    def __init__(self, number: int) -> None:
        self.number = number

    def run(self, _sql, values):
        for meanwhile in values:
            meanwhile()
        return self.number

    change = run


@pytest.fixture
def way() -> Direct:
    made: list[Link] = []

    def make() -> Link:
        made.append(Link(len(made) + 1))
        return made[-1]

    return Direct(make)


def down() -> None:
    raise Down


@pytest.mark.parametrize("ask", ["run", "change"])
def test_one_link_is_enough_while_one_asks_at_a_time(way, ask):
    assert [getattr(way, ask)("", ()) for _ in range(3)] == [1, 1, 1]


def test_two_that_ask_at_the_same_moment_have_a_link_each(way):
    within = []

    outer = way.run("", [lambda: within.append(way.change("", ()))])

    assert (outer, within) == (1, [2])


def test_the_link_used_last_is_used_next(way):
    way.run("", [lambda: way.run("", ())])  # the first goes back last

    assert [way.run("", ()) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("ask", ["run", "change"])
def test_a_link_comes_back_when_what_it_ran_fails(way, ask):
    with pytest.raises(Down):
        getattr(way, ask)("", [down])

    assert way.run("", ()) == 1
