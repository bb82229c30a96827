"""The web server: waitress, one process of threads, or granian, several of them."""

import gc
import signal
import sys

import waitress
from flask import Flask

from edu.settings import Settings

PATIENCE = 10  # seconds that a server which is to end gives to the answers under way
LONGEST_HEADERS = 65_536  # bytes


def run(app: Flask, settings: Settings) -> None:
    """Serve until told to stop; what is being answered then is answered to the end."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit())  # waitress ends its threads
    settle()
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.web_threads,
        ident=None,
        max_request_body_size=settings.max_upload_mb * 1024 * 1024 + 65536,
        clear_untrusted_proxy_headers=True,
    )


def run_processes(settings: Settings) -> None:
    """Serve with processes that each make `edu.wsgi:app`; a proxy must stand in front of them.

    One that dies is replaced. Told to stop, they have PATIENCE for what they are answering.
    """
    from granian import Granian  # here: it takes 50 ms, and every command comes by this module
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings

    Granian(
        "edu.wsgi:app",
        settings.host,
        settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=settings.web_threads,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        http1_settings=HTTP1Settings(max_buffer_size=LONGEST_HEADERS),
    ).serve()


def settle() -> None:
    """Spare the garbage collector walking what lives for ever, which is all that is loaded now.

    And let it walk seldom: a batch of statements makes thousands of objects, and no rings.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
