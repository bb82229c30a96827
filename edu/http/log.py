"""Log lines: events and key=value, with the request's id and organisation bound once."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, cast
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from edu.settings import Settings

_CONTROLS = {
    code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
} | {ord("\n"): "\\n"}


def _escape_controls(
    _logger: object, _method: str, values: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Keep one event on one line, whatever people typed (ASVS 16.4.1)."""
    return {
        key: value.translate(_CONTROLS) if isinstance(value, str) else value
        for key, value in values.items()
    }


class _Terminal:
    """Where lines go. A full disk or a closed terminal stops no one's work for a line."""

    def write(self, text: str) -> None:
        """Write, if that is possible."""
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Let it be seen, if that is possible."""
        with suppress(OSError):
            sys.stderr.flush()


@contextmanager
def quiet() -> Iterator[None]:
    """Write only warnings, while a whole past is planted."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)


def init_app(app: Flask, settings: Settings) -> None:
    """Write one line per event."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _escape_controls,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Terminal())),
    )

    @app.before_request
    def _bind() -> None:
        structlog.contextvars.clear_contextvars()
        g.request_id = uuid4().hex[:16]
        structlog.contextvars.bind_contextvars(
            request=g.request_id, address=request.remote_addr or ""
        )

    @app.after_request
    def _name(answer: Response) -> Response:
        # a request for an unknown organisation ends before anything is bound
        answer.headers["X-Request-Id"] = g.get("request_id") or uuid4().hex[:16]
        return answer
