"""Where an index on local disk lives: one folder per generation, one file that names the current.

Writers hold a lock file. A rebuild writes a new folder beside the old one and then switches by
renaming a small file, so that readers see either the whole old index or the whole new one.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from edu.search.index import IndexBusy

Found = TypeVar("Found")

_POLL_SECONDS = 0.05
_LOOKS = 5


def looking_again(look: Callable[[], Found], *cleared_away: type[Exception]) -> Found:
    """What `look` finds. A writer may clear files away under a look; then it is taken again.

    Raises what the last of five looks raised.
    """
    for attempt in range(1, _LOOKS):
        try:
            return look()
        except cleared_away:
            time.sleep(attempt * _POLL_SECONDS / _LOOKS)
    return look()


class Generations:
    """The generations of one index below a folder."""

    def __init__(self, root: Path, *, patience: float = 30.0) -> None:
        """Use a folder, made when needed. `patience` is how long a writer waits, in seconds."""
        self._root = root
        self._patience = patience

    def current(self) -> Path | None:
        """The folder of the current generation; None before the first was written."""
        try:
            name = (self._root / "current").read_text()
        except FileNotFoundError:
            return None
        return self._root / name

    def ensure(self, create: Callable[[Path], None]) -> Path:
        """The current folder; a first, empty generation is made by `create`. Holds the lock."""
        return self.current() or self.renew(create)

    def renew(self, build: Callable[[Path], None]) -> Path:
        """Build a new generation in its folder and make it the current one. Holds the lock.

        When `build` fails, the current generation stays and the unfinished folder is removed.
        """
        folder = self._root / f"generation-{uuid4().hex}"
        folder.mkdir(parents=True)
        try:
            build(folder)
        except BaseException:
            shutil.rmtree(folder)
            raise
        self._switch(folder)
        return folder

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer, over all processes. Raises IndexBusy when others take too long."""
        self._root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + self._patience
        with (self._root / "writer.lock").open("w") as lock:
            while not _locked(lock.fileno()):
                if time.monotonic() >= deadline:
                    raise IndexBusy
                time.sleep(_POLL_SECONDS)
            yield

    def _switch(self, folder: Path) -> None:
        pointer = self._root / "current.new"
        with pointer.open("w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._root / "current")
        for other in self._root.glob("generation-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
