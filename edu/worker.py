"""The worker process: does jobs when Redis wakes it, and sweeps for them when nobody does."""

import threading
import time
from collections.abc import Callable
from types import FrameType

import redis
import structlog
from flask import Flask
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from edu.jobs import plant_daily, run_due
from edu.settings import Settings

log = structlog.get_logger()

QUEUE = "edu"
_app: list[Flask] = []  # the worker's own app; RQ calls functions by name


def init_app(app: Flask, settings: Settings) -> None:
    """Let `edu.jobs.wake` reach the workers. Without Redis the sweeper alone finds the jobs."""
    if settings.redis_url:
        app.extensions["edu_waker"] = _waker(settings.redis_url)


def _waker(url: str) -> Callable[[], None]:
    connection = redis.from_url(
        url,
        socket_connect_timeout=0.5,
        socket_timeout=1.0,
        retry=Retry(NoBackoff(), 1),  # a person waits; the sweeper comes anyway
    )
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)

    def wake() -> None:
        try:
            queue.enqueue("edu.worker.drain", result_ttl=0, failure_ttl=60)
        except redis.RedisError as problem:
            raise OSError(str(problem)) from problem

    return wake


class _Worker(SimpleWorker):
    """RQ's worker, which remembers that it was told to stop even when Redis went first."""

    was_told_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job under way."""
        _Worker.was_told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def drain() -> None:
    """Do everything that is due, in an app context of its own."""
    with _app[0].app_context():
        run_due()


def run(app: Flask, settings: Settings) -> None:
    """Work until told to stop. JSON, never pickle: whoever can write to Redis must not run code."""
    _app[:] = [app]
    sweeper = threading.Thread(target=_sweep, args=[settings.job_poll_seconds], daemon=True)
    sweeper.start()
    if not settings.redis_url:
        sweeper.join()
        return
    connection = redis.from_url(settings.redis_url)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    while not _Worker.was_told_to_stop:
        try:
            worker = _Worker([queue], connection=connection, serializer=JSONSerializer)
            worker.work(logging_level="ERROR")
        except (redis.RedisError, OSError) as problem:  # the sweeper goes on meanwhile
            log.warning("worker.redis_away", problem=str(problem))
            time.sleep(0 if _Worker.was_told_to_stop else 2)
        else:
            return


def _sweep(every_seconds: float) -> None:
    while True:
        try:
            with _app[0].app_context():
                plant_daily()
            drain()
        except Exception:
            log.exception("worker.sweep_failed")
        time.sleep(every_seconds)
