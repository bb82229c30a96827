"""The embedded web server: waitress, threads in one process."""

import gc
import signal
import sys

import waitress
from flask import Flask

from edu.settings import Settings


def run(app: Flask, settings: Settings) -> None:
    """Serve until told to stop; what is being answered then is answered to the end."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit())  # waitress ends its threads
    gc.collect()
    gc.freeze()  # what is loaded now lives for ever: spare the collector the walk
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.web_threads,
        ident=None,
        max_request_body_size=settings.max_upload_mb * 1024 * 1024 + 65536,
        clear_untrusted_proxy_headers=True,
    )
