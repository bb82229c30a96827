"""Two requests that wait for each other: the one that makes way tries again."""

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from edu.lrs.xapi import asked
from edu.lrs.xapi.asked import Busy, in_unit


def wrapped(error: psycopg.Error) -> OperationalError:
    """As SQLAlchemy raises it."""
    return OperationalError("", {}, error)


class Work:
    """Fails at first, so many times, with an error."""

    def __init__(self, error: Exception, *, times: int = 1) -> None:
        self.error, self.times, self.turns = error, times, 0

    def __call__(self) -> str:
        self.turns += 1
        if self.turns <= self.times:
            raise self.error
        return "done"


@pytest.mark.parametrize(
    "kind", [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure]
)
@pytest.mark.parametrize("raised", [wrapped, lambda error: error], ids=["wrapped", "bare"])
def test_who_made_way_tries_again(app, kind, raised):
    work = Work(raised(kind()))

    assert in_unit(work) == "done"
    assert work.turns == 2


def test_who_made_way_again_and_again_is_told_so(app):
    work = Work(psycopg.errors.DeadlockDetected(), times=asked.ATTEMPTS)

    with pytest.raises(Busy):
        in_unit(work)
    assert work.turns == asked.ATTEMPTS


@pytest.mark.parametrize("raised", [wrapped, lambda error: error], ids=["wrapped", "bare"])
def test_what_will_not_pass_is_not_tried_again(app, raised):
    work = Work(raised(psycopg.OperationalError()))

    with pytest.raises((OperationalError, psycopg.OperationalError)):
        in_unit(work)
    assert work.turns == 1
