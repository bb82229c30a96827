"""What tests of the kernel's own doors share."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from edu.accounts import service
from edu.db import db
from edu.http.ratelimit import limiter
from edu.jobs import run_due
from edu.mail.mailer import Letter
from edu.settings import in_force
from edu.ui import slots


@pytest.fixture
def limits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rate limits count, from zero."""
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    limiter.reset()
    yield
    limiter.reset()


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo province is on."""
    monkeypatch.setattr(in_force(), "demo", True)


@pytest.fixture
def csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms need their token, as outside tests. Ask for it after the clients."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def time_machine_ahead() -> Callable[[timedelta], AbstractContextManager[object]]:
    """`with time_machine_ahead(timedelta(days=1)): …` runs tomorrow."""
    return lambda span: time_machine.travel(datetime.now(UTC) + span, tick=True)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with the least work it accepts: hundreds of sign-ins in a test take seconds."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "_hasher", hasher)
    monkeypatch.setattr(service, "_NOBODY", hasher.hash("nobody's password"))


@pytest.fixture
def letters(app: Flask) -> Iterator[Callable[[], list[Letter]]]:
    """`letters()` lets the worker run and gives what it has sent since the test began."""
    mailer = app.extensions["edu_mailer"]
    mailer.sent.clear()

    def after_work() -> list[Letter]:
        db.session.rollback()
        run_due()
        db.session.expire_all()
        return list(mailer.sent)

    yield after_work
    mailer.sent.clear()


@pytest.fixture
def time_machine_at() -> Callable[[datetime], AbstractContextManager[object]]:
    """`with time_machine_at(moment): …` runs then."""
    return lambda moment: time_machine.travel(moment, tick=True)


@pytest.fixture(autouse=True)
def _own_slots_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's tests see what the kernel fills; packages above test what they put there."""
    own = {
        name: [entry for entry in fillers if entry[1].__module__.startswith("edu.")]
        for name, fillers in slots._fillers.items()
    }
    monkeypatch.setattr(slots, "_fillers", defaultdict(list, own))
