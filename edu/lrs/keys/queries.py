"""Whom a request's credentials stand for.

Secrets are random and long, so one SHA-256 guards them as well as a slow hash would, at a
microsecond each. What was verified is trusted for a few seconds without asking the database.
"""

import binascii
import hashlib
import hmac
import time
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from edu.db import db, in_unit, inside, unit_of_work, utcnow
from edu.errors import NotFound
from edu.lrs.core import build
from edu.lrs.core.json_in import JsonObject
from edu.lrs.keys.models import LrsKey, LrsToken, Scope
from edu.settings import in_force

TRUSTED_SECONDS = 5.0  # a key revoked by another process works on for so long at most
USED_EVERY = timedelta(hours=1)
MOST_TRUSTED = 10_000


@dataclass(frozen=True, slots=True)
class Credential:
    """A tool that has proved its key: whose record it reaches, and how."""

    key_id: UUID
    tenant_id: UUID
    scopes: frozenset[str]
    authority: JsonObject
    expires_at: datetime | None

    def has(self, *scopes: Scope) -> bool:
        """True when it carries one of the scopes, or the one that stands for all."""
        return bool(self.scopes & {Scope.ALL, *scopes})


_trusted: dict[bytes, tuple[float, Credential]] = {}


def forget_trusted() -> None:
    """Verify every credential anew: a key has changed."""
    _trusted.clear()


def digest(secret: str) -> bytes:
    """Hash a random secret for storing and finding it."""
    return hashlib.sha256(secret.encode()).digest()


def credential(authorization: str) -> Credential | None:
    """Read an Authorization header, Basic or Bearer; None unless it opens a record now."""
    name = digest(authorization)
    until, found = _trusted.get(name, (0.0, None))
    if found is None or until < time.monotonic():
        found = _look_up(authorization)
        if found is None:
            return None
        if len(_trusted) >= MOST_TRUSTED:
            _trusted.clear()
        _trusted[name] = (time.monotonic() + TRUSTED_SECONDS, found)
    if found.expires_at is not None and found.expires_at <= utcnow():
        return None
    return found


def _look_up(authorization: str) -> Credential | None:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "basic":
        key = by_secret(*_read_basic(given))
        return _credential(key, key.scopes, key.expires_at) if key else None
    if scheme.lower() == "bearer":
        token = _by_token(given.strip())
        return _credential(token.key, token.scopes, token.expires_at) if token else None
    return None


def _read_basic(given: str) -> tuple[str, str]:
    """RFC 7617: name and secret, joined by a colon, in base 64."""
    try:
        name, _, secret = b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return name, secret


def by_secret(username: str, secret: str) -> LrsKey | None:
    """Find the key with this name if it is good now and the secret is its own."""
    if "\0" in username:  # PostgreSQL keeps none in text
        return None
    now = utcnow()
    key = db.session.scalar(
        sa.select(LrsKey)
        .where(LrsKey.username == username)
        .execution_options(all_tenants=True)  # the key says which tenant it belongs to
    )
    if key is None or not key.is_good_at(now):
        return None
    given = digest(secret)
    is_old = (
        key.old_secret_hash is not None
        and key.old_secret_until is not None
        and now < key.old_secret_until
        and hmac.compare_digest(given, key.old_secret_hash)
    )
    if not hmac.compare_digest(given, key.secret_hash) and not is_old:
        return None
    _note_use(key, now)
    return key


def _by_token(token: str) -> LrsToken | None:
    now = utcnow()
    found = db.session.scalar(
        sa.select(LrsToken)
        .where(LrsToken.token_hash == digest(token))
        .execution_options(all_tenants=True)
    )
    if found is None or found.expires_at <= now or not found.key.is_good_at(now):
        return None
    _note_use(found.key, now)
    return found


def _note_use(key: LrsKey, now: datetime) -> None:
    """To the hour, so that requests do not queue at one row."""
    if key.used_at is not None and now - key.used_at < USED_EVERY:
        return
    if in_unit():
        return
    with inside(key.tenant_id), unit_of_work():
        key.used_at = now


def _credential(key: LrsKey, scopes: Sequence[str], expires_at: datetime | None) -> Credential:
    return Credential(key.id, key.tenant_id, frozenset(scopes), authority_of(key), expires_at)


def authority_of(key: LrsKey) -> JsonObject:
    """Name the key as an agent: who vouches for what it stores (Data 2.4.9)."""
    return build.agent_for(in_force().base_url, key.username, name=key.name)


def all_keys() -> Sequence[LrsKey]:
    """List the keys of the current organisation, the newest first."""
    return db.session.scalars(sa.select(LrsKey).order_by(LrsKey.id.desc())).all()


def get(key_id: UUID) -> LrsKey:
    """Find a key of the current organisation. Raises NotFound."""
    found = db.session.scalar(sa.select(LrsKey).where(LrsKey.id == key_id))
    if found is None:
        raise NotFound
    return found
