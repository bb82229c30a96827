"""Blobs in an S3 bucket, Amazon's or any other that speaks the protocol."""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

import obstore
from obstore.store import ObjectStore

from edu.storage.blobs import BlobNotFound, StoredBlob, chunks, is_key

_IN_MEMORY = 8 << 20
"""Uploads up to this many bytes wait in memory for their key; longer ones in a temporary file."""


class ObstoreBlobStore:
    """Keeps blobs in an object store that obstore opened; a prefix belongs to the store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, content: BinaryIO, *, limit: int | None = None) -> StoredBlob:
        """Store a stream. Raises BlobTooLarge."""
        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as waiting:
            for chunk in chunks(content, limit=limit):
                digest.update(chunk)
                waiting.write(chunk)
            stored = StoredBlob(digest.hexdigest(), waiting.tell())
            if not self.exists(stored.key):
                waiting.seek(0)
                obstore.put(self._store, _path(stored.key), cast("BinaryIO", waiting))
        return stored

    def open(self, key: str) -> BinaryIO:
        """A stream that reads from the bucket as it goes. Raises BlobNotFound."""
        try:
            remote = obstore.open_reader(self._store, _path(key))
        except FileNotFoundError:
            raise BlobNotFound from None
        return io.BufferedReader(_Remote(remote), buffer_size=1 << 20)

    def exists(self, key: str) -> bool:
        """Whether a blob has this key."""
        try:
            self.size(key)
        except BlobNotFound:
            return False
        return True

    def size(self, key: str) -> int:
        """Bytes of the content. Raises BlobNotFound."""
        try:
            return obstore.head(self._store, _path(key))["size"]
        except FileNotFoundError:
            raise BlobNotFound from None

    def delete(self, key: str) -> None:
        """Forget a blob."""
        if self.exists(key):
            obstore.delete(self._store, _path(key))

    def keys(self) -> Iterator[str]:
        """Every key."""
        for page in obstore.list(self._store):
            for found in page:
                key = found["path"].rpartition("/")[2]
                if is_key(key):
                    yield key


class _Remote(io.RawIOBase):
    """Obstore's reader as the standard library knows readers."""

    def __init__(self, remote: "obstore.ReadableFile") -> None:
        self._remote = remote

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._remote.seek(offset, whence)

    def tell(self) -> int:
        return self._remote.tell()

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # always this type
        found = bytes(self._remote.read(len(buffer)))
        buffer[: len(found)] = found
        return len(found)


def _path(key: str) -> str:
    if not is_key(key):
        raise BlobNotFound
    return f"{key[:2]}/{key}"
