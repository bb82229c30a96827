"""Work for later: an SQL table is the truth, Redis only wakes the worker.

A job is stored in the same transaction as the fact that caused it, so it is never lost and never
runs for a fact that was rolled back. It may run twice: jobs are idempotent. A worker takes a job
under a lease; when worker and machine die, the lease runs out and the next sweep takes it again.
After the last try a job is given up and kept as failed; another may be named that tells so.
"""

import enum
import inspect
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any, ParamSpec
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import Flask, current_app
from pydantic import ConfigDict, validate_call
from pydantic_core import to_jsonable_python
from sqlalchemy.orm import Mapped, mapped_column

from edu import statistics
from edu.db import (
    Base,
    Dated,
    Owner,
    after_commit,
    db,
    get_locked,
    means,
    start_of,
    today,
    unit_of_work,
    utcnow,
)

log = structlog.get_logger()
P = ParamSpec("P")

NIGHT = timedelta(hours=1)  # after midnight by the installation's clock: when daily work is due
DAILY = "daily"  # its key


class JobState(enum.StrEnum):
    """Where a job stands. A finished one is deleted."""

    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"


class Job(Dated, Base):
    """One piece of work still to be done, or that could not be done."""

    __tablename__ = "job"
    __table_args__ = (
        sa.Index("ix_job_due", "state", "due_at"),
        sa.UniqueConstraint("name", "key"),
    )

    name: Mapped[str] = mapped_column(
        sa.String(200), info=means("Which work it is.", owner=Owner.SYSTEM)
    )
    key: Mapped[str | None] = mapped_column(
        sa.String(200),
        info=means("Two jobs of one name and key are one job.", owner=Owner.SYSTEM),
    )
    arguments: Mapped[dict[str, Any]] = mapped_column(
        info=means("What the work needs: ids, never contents.", owner=Owner.SYSTEM)
    )
    state: Mapped[JobState] = mapped_column(
        default=JobState.WAITING, info=means("Where the work stands.", owner=Owner.SYSTEM)
    )
    due_at: Mapped[datetime] = mapped_column(
        default=utcnow, info=means("Not before this moment.", owner=Owner.SYSTEM)
    )
    attempts: Mapped[int] = mapped_column(
        default=0, info=means("How often it was begun.", owner=Owner.SYSTEM)
    )
    error: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("Why the last attempt failed.", owner=Owner.SYSTEM)
    )


@dataclass(frozen=True)
class _Work:
    """A registered function, how often it may be tried, and what is done instead after that."""

    name: str
    call: Callable[..., object]
    retries: int
    is_daily: bool = False
    instead: str | None = None


_works: dict[str, _Work] = {}


def job(
    *, retries: int = 5, daily: bool = False, on_giving_up: Callable[..., None] | None = None
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a function of ids as work for later. It may run twice; it opens its own units.

    `daily` work takes no ids and is done every night besides. `on_giving_up` is another job of the
    same ids: it is done when the last try has failed, so that nobody waits for ever.
    """
    instead = _registered(on_giving_up) if on_giving_up else None

    def register(function: Callable[P, None]) -> Callable[P, None]:
        name = _name_of(function)
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True))(function)
        _works[name] = _Work(name, checked, retries, daily, instead)
        return function

    return register


def _name_of(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _registered(function: Callable[..., object]) -> str:
    """Name a job. Raises LookupError for any other function."""
    if (name := _name_of(function)) not in _works:
        raise LookupError(f"{name} is not a @job")
    return name


def register_delivery(name: str, deliver: Callable[..., None]) -> None:
    """Let a subscriber be called by name; `edu.events` does this."""
    _works[name] = _Work(name, deliver, retries=8)


def enqueue(function: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it after the open unit of work is stored."""
    _store(function, inspect.signature(function).bind(*args, **kwargs).arguments, key=None)


def enqueue_once(
    function: Callable[..., None],
    key: str,
    *args: object,
    due_at: datetime | None = None,
) -> None:
    """Like enqueue, but while one with this key waits, a second is not added."""
    name = _name_of(function)
    waiting = sa.select(Job.id).where(Job.name == name, Job.key == key)
    if db.session.scalar(waiting) is None:
        arguments = inspect.signature(function).bind(*args).arguments
        _store(function, arguments, key=key, due_at=due_at)


def enqueue_at(
    moment: datetime, function: Callable[P, None], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Do it once that moment has come."""
    arguments = inspect.signature(function).bind(*args, **kwargs).arguments
    _store(function, arguments, key=None, due_at=moment)


def plant_daily() -> None:
    """See to it that all daily work waits for the next night; the sweeper does so."""
    missing = [work.name for work in _works.values() if work.is_daily and not _waits(work.name)]
    if missing:
        with unit_of_work():
            for name in missing:
                _plant(name)


def _waits(name: str) -> bool:
    waiting = sa.select(Job.id).where(Job.name == name, Job.key == DAILY)
    return db.session.scalar(waiting) is not None


def _plant(name: str) -> None:
    if not _waits(name):
        add(name, {}, key=DAILY, due_at=_next_night())


def _next_night() -> datetime:
    tonight = start_of(today()) + NIGHT
    return tonight if tonight > utcnow() else start_of(today() + timedelta(days=1)) + NIGHT


def _store(
    function: Callable[..., None],
    arguments: dict[str, Any],
    *,
    key: str | None,
    due_at: datetime | None = None,
) -> None:
    add(_registered(function), to_jsonable_python(arguments), key=key, due_at=due_at)


def add(
    name: str, arguments: dict[str, Any], *, key: str | None = None, due_at: datetime | None = None
) -> None:
    """Store a job by name. `edu.events` uses it for its subscribers; others call enqueue."""
    db.session.add(Job(name=name, key=key, arguments=arguments, due_at=due_at or utcnow()))
    after_commit(wake)


def wake() -> None:
    """Tell a worker that there is something to do. If nobody hears it, the sweeper will."""
    if waker := current_app.extensions.get("edu_waker"):
        try:
            waker()
        except OSError as problem:  # Redis is away: the sweeper finds the job
            log.warning("jobs.wake_failed", problem=str(problem))


@job(daily=True)
def refresh_statistics() -> None:
    """Let the database look at its rows anew, so that queries stay fast while it grows."""
    statistics.refresh()


# Running --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Taken:
    """A job that is ours until its lease runs out."""

    id: UUID
    name: str
    arguments: dict[str, Any]
    attempts: int


def run_due(limit: int = 1000, *, at_once: int = 1) -> int:
    """Do what is due, one after another; return how many were begun.

    What is done is put away in the transaction that takes the next. `at_once`: how many are taken
    in one transaction; several are quicker where no other worker could do them meanwhile.
    """
    begun = 0
    done: list[UUID] = []
    while begun < limit and (taken := _take(done, min(at_once, limit - begun))):
        begun += len(taken)
        with _heart.beating_for(taken):
            done = [one.id for one in taken if _run(one)]
    if begun == limit and done:
        with unit_of_work():
            _put_away(done)
    return begun


def _take(done: Sequence[UUID] = (), at_once: int = 1) -> list[_Taken]:
    """Claim the jobs that have waited longest: ours until their lease runs out."""
    if not done and db.session.scalar(_due().limit(1)) is None:  # without the write lock
        return []
    with unit_of_work():
        _put_away(done)
        oldest = _due().order_by(Job.due_at).limit(at_once).with_for_update(skip_locked=True)
        found = db.session.scalars(oldest).all()
        nightly = [one.name for one in found if one.key == DAILY]
        for one in found:
            one.state = JobState.RUNNING
            one.key = None  # what changes now needs a new run
            one.attempts += 1
            one.due_at = utcnow() + timedelta(seconds=_lease_seconds())
        db.session.flush()  # frees the keys
        for name in nightly:
            _plant(name)
        return [_Taken(one.id, one.name, one.arguments, one.attempts) for one in found]


def _due() -> sa.Select[Job]:
    return sa.select(Job).where(
        Job.state.in_([JobState.WAITING, JobState.RUNNING]), Job.due_at <= utcnow()
    )


def _put_away(done: Sequence[UUID]) -> None:
    if done:
        db.session.execute(sa.delete(Job).where(Job.id.in_(done)))


def _lease_seconds() -> float:
    return float(current_app.extensions["edu_settings"].job_lease_seconds)


def _run(taken: _Taken) -> bool:
    """Do a job that is ours; True when it is done."""
    work = _works.get(taken.name, _Work(taken.name, _do_unknown, retries=0))
    with structlog.contextvars.bound_contextvars(job=taken.name, job_id=str(taken.id)):
        if taken.attempts > work.retries + 1:  # else it would kill one worker after another
            _put_back(taken.id, work, "The worker ended in the middle of the last try.")
            return False
        try:
            work.call(**taken.arguments)
        except Exception:  # noqa: BLE001 - whatever it is, the job is tried again or shown as failed
            db.session.rollback()
            _put_back(taken.id, work, traceback.format_exc(limit=20))
            return False
        log.debug("job.done")
        return True


def _do_unknown(**_arguments: object) -> None:
    raise LookupError("this release has no such job")


def _put_back(job_id: UUID, work: _Work, error: str) -> None:
    """Try again later, each time waiting longer; after the last try keep it to be looked at."""
    with unit_of_work():
        failed = get_locked(Job, job_id)
        if failed is None:
            return
        failed.error = error[-4000:]
        if failed.attempts <= work.retries:
            failed.state = JobState.WAITING
            failed.due_at = utcnow() + timedelta(seconds=min(2.0**failed.attempts, 600))
        else:
            failed.state = JobState.FAILED
            if work.instead:
                add(work.instead, failed.arguments)
    log.error("job.failed", error=error)


class _Heart:
    """Renews the leases of the jobs under way, from one thread for the whole process."""

    def __init__(self) -> None:
        self._beats: dict[UUID, Flask] = {}
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @contextmanager
    def beating_for(self, taken: Sequence[_Taken]) -> Iterator[None]:
        """Keep the jobs ours while the block runs."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
        self._beats.update({one.id: app for one in taken})
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._beat, args=[_lease_seconds() / 3], daemon=True
                )
                self._thread.start()
        try:
            yield
        finally:
            for one in taken:
                del self._beats[one.id]

    def _beat(self, every_seconds: float) -> None:
        while True:
            sleep(every_seconds)
            for job_id, app in list(self._beats.items()):
                with app.app_context(), unit_of_work():
                    if (held := get_locked(Job, job_id)) and held.state == JobState.RUNNING:
                        held.due_at = utcnow() + timedelta(seconds=_lease_seconds())


_heart = _Heart()
