"""The app of one process among several: `edu serve` with EDU_WEB_PROCESSES."""

import signal
import sys
from multiprocessing import parent_process

from edu.app import create_app
from edu.http import server
from edu.supervisor import die_with

if parent := parent_process():
    # Until granian listens here to what it is told, its parent's ears are of no use.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if parent.pid and sys.platform == "linux":
        die_with(parent.pid)  # a process whose server was killed must not keep the port
app = create_app()
server.settle()
