"""Make, change and end keys to the record."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from edu.db import after_commit, db, utcnow
from edu.errors import Invalid
from edu.i18n import lazy
from edu.lrs.keys import queries
from edu.lrs.keys.models import LrsKey, LrsToken, Scope

TOKEN_LASTS = timedelta(hours=1)
OVERLAP = timedelta(days=1)
DEFAULT_SCOPES = (Scope.WRITE, Scope.READ_MINE)  # Communication 4.2: where none is asked for


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the only moment at which its secret is known."""

    key: LrsKey
    secret: str


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made."""

    token: str
    scopes: tuple[str, ...]
    lasts: timedelta


def create_key(
    name: str, scopes: Collection[str] = (Scope.ALL,), *, expires_at: datetime | None = None
) -> NewKey:
    """Make a key to the current organisation's record. Raises Invalid for unknown scopes."""
    _refuse_unknown(scopes)
    secret = secrets.token_urlsafe(32)
    key = LrsKey(
        name=name.strip(),
        username=secrets.token_hex(10),
        secret_hash=queries.digest(secret),
        scopes=[str(scope) for scope in scopes],
        expires_at=expires_at,
    )
    db.session.add(key)
    db.session.flush()
    return NewKey(key, secret)


def rotate(key: LrsKey, *, overlap: timedelta = OVERLAP) -> NewKey:
    """Give a key a new secret; the old one is still taken for a while."""
    secret = secrets.token_urlsafe(32)
    key.old_secret_hash = key.secret_hash
    key.old_secret_until = utcnow() + overlap
    key.secret_hash = queries.digest(secret)
    after_commit(queries.forget_trusted)
    return NewKey(key, secret)


def revoke(key: LrsKey) -> None:
    """End a key and every token made from it."""
    key.revoked_at = key.revoked_at or utcnow()
    after_commit(queries.forget_trusted)


def create_token(key: LrsKey, scopes: Collection[str]) -> NewToken:
    """Exchange a key for a bearer token (RFC 6749 §4.4). Raises Invalid for too much.

    Spent tokens of the key are cleared away at the same time.
    """
    wanted = tuple(scopes) or _default_scopes(key)
    _refuse_unknown(wanted)
    if not set(wanted) <= set(key.scopes) and Scope.ALL not in key.scopes:
        raise Invalid(fields={"scope": lazy("The key itself may not do that.")})
    now = utcnow()
    db.session.execute(
        sa.delete(LrsToken).where(LrsToken.key_id == key.id, LrsToken.expires_at < now)
    )
    token = secrets.token_urlsafe(32)
    made = LrsToken(
        key_id=key.id,
        token_hash=queries.digest(token),
        scopes=list(wanted),
        expires_at=now + TOKEN_LASTS,
    )
    db.session.add(made)
    return NewToken(token, wanted, TOKEN_LASTS)


def _default_scopes(key: LrsKey) -> tuple[str, ...]:
    if Scope.ALL in key.scopes:
        return tuple(str(scope) for scope in DEFAULT_SCOPES)
    return tuple(key.scopes)


def _refuse_unknown(scopes: Collection[str]) -> None:
    if unknown := set(scopes) - set(Scope):
        raise Invalid(
            fields={"scope": lazy("There is no such scope: %(scope)s", scope=min(unknown))}
        )
