from uuid import UUID

import pytest

from edu.taxonomy.core.changes import (
    Comparison,
    Known,
    KnownLink,
    LinkComparison,
    Tally,
    Wanted,
)
from edu.taxonomy.core.entries import fingerprint

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
PIPE = Wanted("pipe", {"label": {"en": "Pipe"}})
TUBE = Wanted("tube", {"label": {"en": "Tube"}})


def known(wanted, row_id=ONE, *, is_active=True, source="ours"):
    return {wanted.code: Known(row_id, fingerprint(wanted), is_active, source)}


def test_an_unknown_entry_is_added():
    comparison = Comparison({}, "ours")

    added, changed = comparison.of([PIPE])

    assert [(each.wanted, each.fingerprint) for each in added] == [(PIPE, fingerprint(PIPE))]
    assert changed == []
    assert comparison.tally == Tally(added=1)


def test_an_equal_entry_is_left_alone():
    comparison = Comparison(known(PIPE), "ours")

    assert comparison.of([PIPE]) == ([], [])
    assert comparison.tally == Tally(unchanged=1)
    assert comparison.tally.is_quiet


@pytest.mark.parametrize(
    "before",
    [known(Wanted("pipe", {"label": {"en": "Duct"}})), known(PIPE, is_active=False)],
    ids=["other content", "retired"],
)
def test_a_different_entry_is_changed(before):
    comparison = Comparison(before, "ours")

    added, changed = comparison.of([PIPE])

    assert added == []
    assert [(each.id, each.wanted) for each in changed] == [(ONE, PIPE)]
    assert not comparison.tally.is_quiet


def test_an_entry_that_comes_twice_is_refused_the_second_time():
    comparison = Comparison({}, "ours")

    comparison.of([PIPE])
    added, changed = comparison.of([PIPE])

    assert (added, changed) == ([], [])
    assert comparison.tally == Tally(added=1, refused=1)


def test_what_nobody_wanted_is_gone():
    before = known(PIPE) | known(TUBE, TWO) | known(Wanted("old", {}), THREE, is_active=False)
    comparison = Comparison(before, "ours")
    comparison.of([PIPE])

    assert comparison.gone() == [TWO]
    assert comparison.tally.retired == 1


def test_only_what_a_list_speaks_for_is_gone():
    comparison = Comparison(known(PIPE) | known(TUBE, TWO), "ours")

    assert comparison.gone(among=lambda code: code == "pipe") == [ONE]


def test_the_entries_of_another_source_are_left_alone():
    comparison = Comparison(known(TUBE, source="theirs"), "ours")

    assert comparison.of([Wanted("tube", {})]) == ([], [])
    assert comparison.tally == Tally(unchanged=1)
    assert Comparison(known(TUBE, source="theirs"), "ours").gone() == []


def test_who_outranks_takes_over_and_retires():
    comparison = Comparison(known(PIPE, source="theirs"), "ours", outranks=True)
    _added, changed = comparison.of([PIPE])

    assert [each.id for each in changed] == [ONE]
    assert Comparison(known(PIPE, source="theirs"), "ours", outranks=True).gone() == [ONE]


PAIR, OTHER = (ONE, TWO), (ONE, THREE)


def link(*, is_strong=True, source="ours"):
    return {PAIR: KnownLink(THREE, is_strong, source)}


def test_an_unknown_pair_is_added():
    comparison = LinkComparison({}, "ours")

    assert comparison.of([(PAIR, True)]) == ([(PAIR, True)], [])
    assert comparison.tally == Tally(added=1)


def test_an_equal_pair_is_left_alone_and_a_turned_one_changed():
    assert LinkComparison(link(), "ours").of([(PAIR, True)]) == ([], [])

    _added, changed = LinkComparison(link(), "ours").of([(PAIR, False)])
    assert [(each.id, each.pair, each.is_strong) for each in changed] == [(THREE, PAIR, False)]


def test_a_pair_that_comes_twice_is_refused_the_second_time():
    comparison = LinkComparison({}, "ours")

    comparison.of([(PAIR, True), (PAIR, False)])

    assert comparison.tally == Tally(added=1, refused=1)


def test_a_pair_nobody_wanted_is_gone():
    comparison = LinkComparison(link(), "ours")
    comparison.of([(OTHER, True)])

    assert comparison.gone() == [(PAIR, THREE)]
    assert comparison.tally == Tally(added=1, retired=1)


def test_a_pair_of_another_source_stays_unless_we_outrank():
    theirs = link(is_strong=False, source="theirs")

    assert LinkComparison(theirs, "ours").of([(PAIR, True)]) == ([], [])
    assert LinkComparison(theirs, "ours").gone() == []
    _added, changed = LinkComparison(theirs, "ours", outranks=True).of([(PAIR, True)])
    assert [each.is_strong for each in changed] == [True]
