"""Blobs in a dictionary: for tests and demos."""

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from edu.storage.blobs import BlobNotFound, StoredBlob, chunks


class MemoryBlobStore:
    """Keeps blobs as long as the process lives."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def put(self, content: BinaryIO, *, limit: int | None = None) -> StoredBlob:
        """Store a stream. Raises BlobTooLarge."""
        blob = b"".join(chunks(content, limit=limit))
        key = hashlib.sha256(blob).hexdigest()
        self._blobs[key] = blob
        return StoredBlob(key, len(blob))

    def open(self, key: str) -> BinaryIO:
        """A stream of the content. Raises BlobNotFound."""
        return io.BytesIO(self._get(key))

    def exists(self, key: str) -> bool:
        """Whether a blob has this key."""
        return key in self._blobs

    def size(self, key: str) -> int:
        """Bytes of the content. Raises BlobNotFound."""
        return len(self._get(key))

    def delete(self, key: str) -> None:
        """Forget a blob."""
        self._blobs.pop(key, None)

    def keys(self) -> Iterator[str]:
        """Every key."""
        return iter(list(self._blobs))

    def _get(self, key: str) -> bytes:
        try:
            return self._blobs[key]
        except KeyError:
            raise BlobNotFound from None
