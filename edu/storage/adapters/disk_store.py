"""Blobs as files on a disk, fanned out over folders: ab/cd/abcd….

A file appears under its key only when it is whole and on the disk. The store stops taking files
while there is still room for the database beside it, and keeps a ballast file: on a disk that
filled up all the same, even deleting rows needs some space, and `release_ballast` gives it.
"""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from edu.storage.blobs import BlobNotFound, StorageFull, StoredBlob, chunks, is_key

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ABANDONED_SECONDS = 86_400


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class DiskBlobStore:
    """Keeps blobs below a folder. Several processes may use it at once."""

    def __init__(
        self,
        root: Path,
        *,
        reserve_bytes: int = 64 << 20,
        ballast_bytes: int = 8 << 20,
        free_bytes: Callable[[Path], int] = _free_bytes,
    ) -> None:
        """Use the folder, made when absent. `reserve_bytes` of the disk are left to others."""
        self._root = root
        self._incoming = root / "incoming"
        self._ballast = root / "ballast"
        self._reserve_bytes = reserve_bytes
        self._free_bytes = free_bytes
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._clear_abandoned()
        if not self._ballast.exists() and free_bytes(root) > reserve_bytes + ballast_bytes:
            self._take_on_ballast(ballast_bytes)

    def put(self, content: BinaryIO, *, limit: int | None = None) -> StoredBlob:
        """Store a stream. Raises BlobTooLarge and StorageFull."""
        digest = hashlib.sha256()
        size = 0
        with self._temporary() as file:
            for chunk in chunks(content, limit=limit):
                if self._free_bytes(self._root) - len(chunk) < self._reserve_bytes:
                    raise StorageFull
                digest.update(chunk)
                size += file.write(chunk)
            key = digest.hexdigest()
            self._keep(file, key)
        return StoredBlob(key, size)

    def open(self, key: str) -> BinaryIO:
        """The file. Raises BlobNotFound."""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError:
            raise BlobNotFound from None

    def exists(self, key: str) -> bool:
        """Whether a blob has this key."""
        return is_key(key) and self._path(key).is_file()

    def size(self, key: str) -> int:
        """Bytes of the content. Raises BlobNotFound."""
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            raise BlobNotFound from None

    def delete(self, key: str) -> None:
        """Forget a blob."""
        with suppress(BlobNotFound):
            self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """Every key."""
        for path in self._root.glob("??/??/*"):
            if is_key(path.name):
                yield path.name

    def release_ballast(self) -> None:
        """Give back the spare room, so that somebody can clear up on a disk that is full.

        The next start takes ballast on again, once there is room.
        """
        self._ballast.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise BlobNotFound
        return self._root / key[:2] / key[2:4] / key

    @contextmanager
    def _temporary(self) -> Iterator[IO[bytes]]:
        """A file that is gone afterwards, unless it was kept. Raises StorageFull."""
        try:
            with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as file:
                try:
                    yield file
                finally:
                    Path(file.name).unlink(missing_ok=True)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise StorageFull from error
            raise

    def _keep(self, file: IO[bytes], key: str) -> None:
        path = self._path(key)
        if path.exists():
            return
        file.flush()
        os.fsync(file.fileno())
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(file.name).replace(path)
        _sync_folder(path.parent)

    def _take_on_ballast(self, size: int) -> None:
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, size)

    def _clear_abandoned(self) -> None:
        """Remove what a process left that died while it received a file."""
        oldest = time.time() - _ABANDONED_SECONDS
        for path in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power failure, not only the content."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
