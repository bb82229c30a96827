"""Readiness: whether everything is there that the portal needs."""

from datetime import timedelta

import sqlalchemy as sa
import structlog

from edu.db import db, utcnow
from edu.jobs import Job, JobState
from edu.storage.service import store

log = structlog.get_logger()

LATE = timedelta(minutes=10)
NOBODY = "0" * 64  # a key that no content has


def readiness() -> dict[str, bool]:
    """Ask the database, the queue of jobs and the file store whether they answer.

    The queue is well while nothing has waited for ten minutes: then no worker is at work.
    """
    return {name: _is_well(name) for name in ("database", "queue", "storage")}


def _is_well(name: str) -> bool:
    try:
        return {"database": _database, "queue": _queue, "storage": _storage}[name]()
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is not ready
        db.session.rollback()
        log.warning("readiness.failed", part=name, problem=repr(problem))
        return False


def _database() -> bool:
    return db.session.scalar(sa.select(sa.literal(1))) == 1


def _queue() -> bool:
    due = db.session.scalar(sa.select(sa.func.min(Job.due_at)).where(Job.state != JobState.FAILED))
    return due is None or utcnow() - due < LATE


def _storage() -> bool:
    store().exists(NOBODY)
    return True


def jobs_by_state() -> dict[str, int]:
    """Count the jobs in the table; a state without any counts 0."""
    found = db.session.execute(sa.select(Job.state, sa.func.count()).group_by(Job.state))
    return {state.value: 0 for state in JobState} | {row[0].value: row[1] for row in found}
