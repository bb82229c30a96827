"""Figures for whoever watches over the system, in the text format of Prometheus."""

import time
from functools import cache

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# Anybody can make up methods; each would be counted by itself for ever.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

registry = CollectorRegistry()
_requests = Counter(
    "edu_requests", "Answers given.", ["endpoint", "method", "status"], registry=registry
)
_seconds = Histogram("edu_request_seconds", "Time to answer.", ["endpoint"], registry=registry)
_jobs = Gauge("edu_jobs", "Jobs in the table, by state.", ["state"], registry=registry)


def exposition(jobs_by_state: dict[str, int]) -> bytes:
    """Write all figures of this process; the table of jobs is the same for every process."""
    for state, count in jobs_by_state.items():
        _jobs.labels(state).set(count)
    return generate_latest(registry)


def count(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Note an answer. Labels are endpoints, never addresses: those hold people's ids."""
    counted, timed = _of(endpoint, method if method in _METHODS else "other", status)
    counted.inc()
    timed.observe(seconds)


@cache
def _of(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Find the two once: there are as many as there are endpoints and outcomes."""
    return _requests.labels(endpoint, method, status), _seconds.labels(endpoint)


def init_app(app: Flask) -> None:
    """Measure every request."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _measure(answer: Response) -> Response:
        now = time.perf_counter()
        seconds = now - g.get("started", now)
        count(request.endpoint or "none", request.method, answer.status_code, seconds)
        return answer
