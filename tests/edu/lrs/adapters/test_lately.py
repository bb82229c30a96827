"""What is remembered for a moment, with a clock that the test moves."""

import time

import pytest

from edu.lrs.adapters import lately
from edu.lrs.adapters.lately import Lately

SECONDS = 5.0


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(time, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def memory(clock) -> Lately[str]:
    return Lately[str](SECONDS)


def asked(memory, answer, *, of="one"):
    return memory.told(of, lambda: answer)


def test_the_same_is_asked_once_in_a_moment(memory, clock):
    assert asked(memory, "before") == "before"
    clock.now += SECONDS - 0.1
    assert asked(memory, "after") == "before"

    clock.now += 0.1
    assert asked(memory, "after") == "after"


def test_something_else_is_asked_about_itself(memory):
    asked(memory, "before")

    assert asked(memory, "after", of="other") == "after"


def test_a_no_is_an_answer(clock):
    memory = Lately[bool](SECONDS)

    assert asked(memory, answer=False) is False
    assert asked(memory, answer=True) is False


def test_who_changes_something_is_given_no_answer_from_before(memory):
    asked(memory, "before")

    memory.forget()

    assert asked(memory, "after") == "after"


def test_what_was_asked_before_a_change_is_not_remembered_after_it(memory):
    def ask() -> str:
        memory.forget()  # somebody else, meanwhile
        return "before"

    assert memory.told("one", ask) == "before"

    assert asked(memory, "after") == "after"


def test_memory_has_an_end(memory, monkeypatch):
    monkeypatch.setattr(lately, "MOST", 2)
    for name in ("one", "two", "three"):
        asked(memory, "before", of=name)

    assert asked(memory, "after", of="one") == "after"
    assert asked(memory, "after", of="three") == "before"
