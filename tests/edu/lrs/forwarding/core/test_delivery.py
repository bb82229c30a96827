"""Delivering in order, whatever the other side is like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.forwarding.core.delivery import (
    HEAVIEST,
    LONGEST_ASKED,
    LONGEST_WAIT,
    Answer,
    Verdict,
    deliver,
    parcels,
    seconds_to_wait,
)


class Other:
    """The other side: some things it refuses, breaks on or has; others it takes."""

    def __init__(self, statuses=None, away_after=None):
        self.statuses = statuses or {}
        self.away_after = away_after
        self.taken, self.requests = [], 0

    def send(self, things):
        self.requests += 1
        if self.away_after is not None and self.requests > self.away_after:
            return Answer(503)
        for thing in things:
            if said := self.statuses.get(thing):
                return said if isinstance(said, Answer) else Answer(said, f"no {thing}")
        self.taken += things
        return Answer(204)


def sent(things, other, at_once, **options):
    """Deliver things that weigh nothing."""
    return deliver(things, other.send, parcels([0] * len(things), at_once), **options)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.TAKEN),
        (204, Verdict.TAKEN),
        (409, Verdict.KNOWN),
        *((status, Verdict.REFUSED) for status in (400, 413, 422)),
        *((status, Verdict.LATER) for status in (0, 408, 425, 429, 500, 502, 503, 504, 507)),
        *((status, Verdict.NEVER) for status in (301, 401, 403, 404, 405, 410, 421)),
    ],
)
def test_every_answer_means_something(status, verdict):
    assert Answer(status).verdict is verdict


@given(
    refused=st.sets(st.integers(0, 60)),
    known=st.sets(st.integers(0, 60)),
    at_once=st.integers(1, 20),
)
def test_who_refuses_some_gets_all_others_in_order(refused, known, at_once):
    things = list(range(60))
    other = Other(dict.fromkeys(refused, 400) | dict.fromkeys(known - refused, 409))

    progress = sent(things, other, at_once)

    assert other.taken == [each for each in things if each not in refused | known]
    assert [thing for thing, _ in progress.dead] == sorted(refused - {60})
    assert (progress.done, progress.halt) == (60, None)


@given(away_after=st.integers(0, 40), refused=st.sets(st.integers(0, 29)))
def test_who_goes_away_finds_the_rest_when_back(away_after, refused):
    things = list(range(30))
    other = Other(dict.fromkeys(refused, 400), away_after)

    first = sent(things, other, 8)
    other.away_after = None
    second = sent(things[first.done :], other, 8)

    assert other.taken == [each for each in things if each not in refused]
    assert [thing for thing, _ in first.dead + second.dead] == sorted(refused)
    assert first.done + second.done == 30


def test_one_that_breaks_the_other_side_is_found_once_patience_is_over():
    other = Other({5: 500})

    waits = sent(range(10), other, 10)
    goes_on = sent(range(10), other, 10, patience_is_over=True)

    assert (waits.done, waits.halt.status) == (0, 500)
    assert [thing for thing, _ in goes_on.dead] == [5]
    assert list(dict.fromkeys(other.taken)) == [0, 1, 2, 3, 4, 6, 7, 8, 9]
    assert (goes_on.done, goes_on.halt) == (10, None)


@pytest.mark.parametrize("statuses", [dict.fromkeys(range(10), 500), {9: 500}])
def test_nothing_is_given_up_while_nothing_else_goes_through(statuses):
    other = Other(statuses)

    progress = sent(range(10), other, 10, patience_is_over=True)

    assert progress.dead == []
    assert progress.done == min(statuses)
    assert progress.halt.status == 500


def test_another_that_goes_through_is_looked_for_where_none_follows():
    other = Other({0: 500, 1: 500})

    waits = sent([0], other, 1, patience_is_over=True, beyond=lambda: [1])
    goes_on = sent([0], other, 1, patience_is_over=True, beyond=lambda: [2])

    assert (waits.done, waits.halt.status) == (0, 500)
    assert [thing for thing, _ in goes_on.dead] == [0]


def test_nothing_is_looked_for_where_something_follows():
    other = Other({0: 500})

    goes_on = sent([0, 1], other, 1, patience_is_over=True, beyond=lambda: 1 // 0)

    assert (goes_on.done, [thing for thing, _ in goes_on.dead]) == (2, [0])


def test_what_takes_too_long_is_sent_in_parts_until_one_alone_does():
    other = Other({5: Answer(0, is_too_slow=True)})

    waits = sent(range(8), other, 8)

    assert other.taken == [0, 1, 2, 3, 4]
    assert (waits.done, waits.dead, waits.halt.is_too_slow) == (5, [], True)


def test_who_cannot_be_reached_is_asked_once():
    other = Other({5: Answer(0)})

    waits = sent(range(8), other, 8, patience_is_over=True)

    assert (waits.done, other.requests) == (0, 1)


@given(st.lists(st.integers(0, 2 * HEAVIEST)), st.integers(1, 20))
def test_requests_hold_all_in_order_and_none_is_too_heavy(weights, at_once):
    cut = parcels(weights, at_once)

    assert [n for start, end in cut for n in range(start, end)] == list(range(len(weights)))
    for start, end in cut:
        assert 1 <= end - start <= at_once
        assert end - start == 1 or sum(weights[start:end]) <= HEAVIEST


def test_who_does_not_let_us_in_is_asked_once():
    other = Other({0: 401})

    progress = sent(range(10), other, 5, patience_is_over=True)

    assert (progress.done, progress.halt.verdict, other.requests) == (0, Verdict.NEVER, 1)


@given(
    failures=st.integers(1, 1_000_000),
    asked=st.none() | st.floats(-10, 1e9),
    chance=st.floats(0, 1, exclude_max=True),
)
def test_waiting_grows_and_never_is_shorter_than_asked(failures, asked, chance):
    seconds = seconds_to_wait(failures, asked, chance)

    assert 5 <= seconds <= max(1.5 * LONGEST_WAIT, LONGEST_ASKED)
    assert seconds >= min(asked or 0, LONGEST_ASKED)
    assert seconds_to_wait(failures + 1, None, 0) >= seconds_to_wait(failures, None, 0)
