"""Where files live. A blob is named by its content, so it never changes and is stored once."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from edu.errors import DomainError, NotFound, TooLarge
from edu.i18n import lazy

CHUNK_BYTES = 1 << 20

_KEY = re.compile(r"[0-9a-f]{64}")


class BlobNotFound(NotFound):
    """No blob has this key."""

    code = "blob-not-found"


class BlobTooLarge(TooLarge):
    """The content is longer than the caller allows. `values`: `limit`, as people say it."""

    code = "blob-too-large"


class StorageFull(DomainError):
    """There is no room for the content. Nothing of it was kept; reading goes on."""

    code = "storage-full"
    status = 507
    title = lazy("There is no room for more files right now. Please tell your administrator.")


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """What `put` stored: `key` is the SHA-256 of the content in hexadecimal; size in bytes."""

    key: str
    size: int


class BlobStore(Protocol):
    """Keeps blobs. A key that cannot be one is treated as unknown, so keys may come from URLs."""

    def put(self, content: BinaryIO, *, limit: int | None = None) -> StoredBlob:
        """Store what the stream gives from where it stands, whole or not at all.

        Raises BlobTooLarge beyond `limit` bytes, and StorageFull.
        """

    def open(self, key: str) -> BinaryIO:
        """A seekable stream of the content, to be closed by the caller. Raises BlobNotFound."""

    def exists(self, key: str) -> bool:
        """Whether a blob has this key."""

    def size(self, key: str) -> int:
        """Bytes of the content. Raises BlobNotFound."""

    def delete(self, key: str) -> None:
        """Forget a blob; an unknown key is no error."""

    def keys(self) -> Iterator[str]:
        """Every key, in no order: for backups, checks of fixity and clearing away."""


def as_people_say(size: int) -> str:
    """A size in bytes in the largest unit that it fills: "64 MB", "500 bytes"."""
    for bits, unit in ((30, "GB"), (20, "MB"), (10, "KB")):
        if size >> bits:
            return f"{size >> bits} {unit}"
    return f"{size} bytes"


def is_key(key: str) -> bool:
    """Whether this could name a blob; anything else never reaches a file system."""
    return _KEY.fullmatch(key) is not None


def chunks(content: BinaryIO, *, limit: int | None = None) -> Iterator[bytes]:
    """The content piece by piece. Raises BlobTooLarge as soon as it passes `limit` bytes."""
    size = 0
    while chunk := content.read(CHUNK_BYTES):
        size += len(chunk)
        if limit is not None and size > limit:
            raise BlobTooLarge(limit=as_people_say(limit))
        yield chunk


def is_intact(store: BlobStore, key: str) -> bool:
    """Whether the content still is what its key says. Raises BlobNotFound."""
    digest = hashlib.sha256()
    with store.open(key) as content:
        for chunk in chunks(content):
            digest.update(chunk)
    return digest.hexdigest() == key
