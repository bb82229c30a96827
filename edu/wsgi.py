"""The app for a WSGI server: `gunicorn edu.wsgi:app`."""

import gc

from edu.app import create_app

app = create_app()
gc.collect()
gc.freeze()  # what is loaded now lives for ever: spare the collector the walk
gc.set_threshold(20_000, 20, 50)  # a batch of statements makes thousands of objects, and no rings
