"""The blob store that a setting names."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from edu.storage.adapters.disk_store import DiskBlobStore
from edu.storage.adapters.memory_store import MemoryBlobStore
from edu.storage.blobs import BlobStore


def from_url(url: str, *, credentials: Mapping[str, str] | None = None) -> BlobStore:
    """Open a blob store.

    * `file:///folder`
    * `s3://bucket/prefix?region=…&endpoint=…` with `credentials` named as obstore names them
      (`access_key_id`, `secret_access_key`); without them AWS_… of the environment count.
      `endpoint` names a server other than Amazon's; plain http is allowed only if it says so.
    * `memory://`

    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryBlobStore()
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return DiskBlobStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return _bucket(parts.netloc, parts.path.strip("/"), {**options, **(credentials or {})})
    raise ValueError(f"not the address of a blob store: {url!r}")


def _bucket(bucket: str, prefix: str, options: dict[str, str]) -> BlobStore:
    from obstore.store import S3Store

    from edu.storage.adapters.object_store import ObstoreBlobStore

    plain = options.get("endpoint", "").startswith("http://")
    store = S3Store(
        bucket,
        prefix=prefix or None,
        client_options={"allow_http": plain},
        **options,  # type: ignore[arg-type]  # names and values are obstore's to check
    )
    return ObstoreBlobStore(store)
