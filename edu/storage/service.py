"""The blob store of this process, and the addresses under which browsers fetch from it."""

from urllib.parse import quote

from itsdangerous import BadSignature, URLSafeSerializer

from edu.errors import NotFound
from edu.settings import in_force
from edu.storage.blobs import BlobStore

_store: list[BlobStore] = []


def use(store: BlobStore) -> None:
    """Let this be the store of the process; wiring does so."""
    _store[:] = [store]


def store() -> BlobStore:
    """The store of the process."""
    return _store[0]


def public_url(key: str, *, media_type: str, name: str) -> str:
    """Give the address of a file on the content host, for anyone who is given it.

    The address is signed, so knowing a file's hash is not enough to fetch it, and the kind of
    file is ours, not the asker's.
    """
    signed = _signer().dumps([key, media_type])
    token = signed if isinstance(signed, str) else signed.decode()
    return f"{in_force().content_url}/files/{token}/{quote(name)}"


def read_token(token: str) -> tuple[str, str]:
    """Give key and media type from an address we made. Raises NotFound for any other."""
    try:
        key, media_type = _signer().loads(token)
    except (BadSignature, ValueError):
        raise NotFound from None
    return str(key), str(media_type)


def _signer() -> URLSafeSerializer:
    settings = in_force()
    oldest_first = [*reversed(settings.former_secrets()), settings.secret()]
    return URLSafeSerializer(oldest_first, salt="file")
