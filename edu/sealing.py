"""What must be kept secret and yet be read again: sealed with the installation's secret.

AES-256-GCM under a key drawn from the secret (HKDF-SHA256, RFC 5869). A seal is bound to its owner:
moved to another one's row it cannot be read. A copy of the database alone tells nothing.

Whoever keeps something sealed registers how it is sealed anew, for the day when the secret changes.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12  # bytes; NIST SP 800-38D §5.2.1.1
_PURPOSE = "nghe-so {}"  # no other use of the secret draws the same key


class UnreadableError(Exception):
    """None of the secrets opens the seal: they were lost, or somebody meddled with it."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """What came of sealing things anew: how many are, and whose no known secret opens."""

    sealed: int
    unread: Sequence[str]


SealAnew: TypeAlias = Callable[[], Resealed]

_kept: dict[str, SealAnew] = {}


def register(what: str, seal_anew: SealAnew) -> None:
    """Say what is kept sealed, as the terminal is to call it, and how it is sealed anew.

    That seals with the installation's present secret, in units of work of its own.
    """
    _kept[what] = seal_anew


def registered() -> Mapping[str, SealAnew]:
    """Everything that is kept sealed, by what it is called."""
    return dict(_kept)


def seal(plain: bytes, secret: str, *, purpose: str, owner: UUID) -> str:
    """Seal it for its owner, as URL-safe letters: 20 bytes become 64.

    `purpose` says what it is, such as "second step": what is of another purpose stays shut.
    """
    nonce = secrets.token_bytes(_NONCE)
    sealed = _cipher(secret, purpose).encrypt(nonce, plain, owner.bytes)
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, known: Iterable[str], *, purpose: str, owner: UUID) -> bytes:
    """Open it with the first of the known secrets that fits. Raises UnreadableError."""
    try:
        raw = urlsafe_b64decode(sealed)
    except ValueError:
        raise UnreadableError from None
    for secret in known:
        try:
            return _cipher(secret, purpose).decrypt(raw[:_NONCE], raw[_NONCE:], owner.bytes)
        except (InvalidTag, ValueError):
            continue
    raise UnreadableError


def _cipher(secret: str, purpose: str) -> AESGCM:
    info = _PURPOSE.format(purpose).encode()
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
    return AESGCM(drawn)
