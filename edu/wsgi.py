"""The app for a WSGI server: `granian edu.wsgi:app --interface wsgi`."""

import gc
import sys

from edu.app import create_app
from edu.supervisor import die_with_parent

if sys.platform == "linux":
    die_with_parent()  # a worker whose server was killed must not keep the port
app = create_app()
gc.collect()
gc.freeze()  # what is loaded now lives for ever: spare the collector the walk
gc.set_threshold(20_000, 20, 50)  # a batch of statements makes thousands of objects, and no rings
