"""The database: base classes, the unit of work, the tenant guard and the few words of SQL.

Nothing above this module knows which engine it runs on. SQLite is opened in WAL mode with
synchronous=FULL; writers queue at a file lock and then BEGIN IMMEDIATE, so that no reader ever
waits and no writer meets "database is locked". PostgreSQL runs at READ COMMITTED.
"""

import enum
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, orm
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.attributes import InstrumentedAttribute, set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from edu import sqlite
from edu.i18n import LanguageMap, Text, lazy
from edu.settings import in_force
from edu.sqlite import UtcDateTime

Row = TypeVar("Row", bound="Base")


_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta())
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utcnow() -> datetime:
    """The present moment, with its zone. The only clock of the house."""
    return datetime.now(UTC) + _shift.get()


def today() -> date:
    """The day it is by the installation's clock."""
    return utcnow().astimezone(ZoneInfo(in_force().time_zone)).date()


def start_of(day: date) -> datetime:
    """The first moment of a day by the installation's clock."""
    return datetime.combine(day, time(), ZoneInfo(in_force().time_zone))


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Live through an earlier moment: the demo province gets its past from the real services."""
    token = _shift.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)


def is_past() -> bool:
    """True while a past is lived through: what only the present needs can then be left out."""
    return _shift.get() < -timedelta(days=1)


def new_id() -> UUID:
    """Make a UUIDv7 (RFC 9562 §5.7): random, yet sorted by time, kind to indexes.

    The 12 bits after the millisecond tell its fraction (§6.2, method 3), so that what one request
    writes keeps its order: ids made a microsecond apart sort as they were made.
    """
    microseconds = (utcnow() - _EPOCH) // timedelta(microseconds=1)
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = (rest << 12) // 1000
    random = secrets.randbits(62)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)


class Owner(enum.StrEnum):
    """Which office may change a datum (data dictionary: steward)."""

    PERSON = "person"
    COLLEGE = "college"
    EMPLOYER = "employer"
    PROVINCE = "province"
    SYSTEM = "system"


class Sharing(enum.StrEnum):
    """Shared with every sector of the state, or kept inside education."""

    SHARED = "shared"
    SECTORAL = "sectoral"


class Privacy(enum.StrEnum):
    """Law 91/2025/QH15 art. 2: personal data, and the sensitive kind of it."""

    OPEN = "open"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Steward:
    """What holds for the columns of a table unless a column says otherwise."""

    owner: Owner = Owner.COLLEGE
    sharing: Sharing = Sharing.SECTORAL
    privacy: Privacy = Privacy.INTERNAL


@dataclass(frozen=True)
class Meaning:
    """What a column declares in the data dictionary; None: as its table's steward says."""

    text: Text
    owner: Owner | None = None
    sharing: Sharing | None = None
    privacy: Privacy | None = None


def means(
    text: str,
    *,
    owner: Owner | None = None,
    sharing: Sharing | None = None,
    privacy: Privacy | None = None,
) -> dict[str, Any]:
    """Declare a column in the data dictionary: `mapped_column(info=means("…"))`.

    The text is extracted for translation like any other. `__steward__` of the table gives what
    is left out.
    """
    return {"meaning": Meaning(lazy(text), owner, sharing, privacy)}


class Base(DeclarativeBase):
    """The root of every table."""

    __steward__: ClassVar[Steward] = Steward()

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        UUID: sa.Uuid,
        LanguageMap: sa.JSON,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        enum.StrEnum: sa.Enum(
            enum.StrEnum,
            native_enum=False,
            length=40,
            create_constraint=False,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }

    id: Mapped[UUID] = mapped_column(
        primary_key=True,
        default=new_id,
        sort_order=-2,
        info=means("Identifier, made by the system; carries no meaning.", owner=Owner.SYSTEM),
    )


class TenantOwned:
    """A table whose every row belongs to one organisation; the guard filters it."""

    @orm.declared_attr
    @classmethod
    def tenant_id(cls) -> Mapped[UUID]:
        """Give each such table its own column and index."""
        return mapped_column(
            sa.ForeignKey("organisation.id"),
            index=True,
            sort_order=-1,
            info=means("The organisation that the record belongs to.", owner=Owner.SYSTEM),
        )


class Dated:
    """A table that remembers when a row came to be."""

    created_at: Mapped[datetime] = mapped_column(
        default=utcnow, sort_order=90, info=means("When it was recorded.", owner=Owner.SYSTEM)
    )


class NoTenant(RuntimeError):
    """A tenant's table was touched outside any tenant: a mistake in the code, never a person's."""


class WrongTenant(RuntimeError):
    """A row of one organisation was written while working for another."""


class WriteOutsideUnit(RuntimeError):
    """Something was changed outside `unit_of_work`, where it would be lost or half stored."""


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def init_app(app: Flask) -> None:
    """Open the database that the settings name."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.prepare(db.engine)


# The unit of work -----------------------------------------------------------------------------


@contextmanager
def unit_of_work() -> Iterator[None]:
    """All of it is stored, or nothing is. The one place that commits.

    What was only read before stays loaded; the new transaction starts with the write lock.
    """
    session = db.session()
    if session.info.get("in_unit"):
        raise RuntimeError("a unit of work is already open: let the outer one commit")
    _refuse_stray_changes(session)
    session.commit()  # ends the reading transaction; there is nothing to store
    session.connection(execution_options={"writes": True})
    session.info["in_unit"] = True
    session.info["after_commit"] = []
    try:
        yield
        session.commit()
        after = session.info["after_commit"]
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["in_unit"] = False
    for call in after:
        call()


def in_unit() -> bool:
    """True while a unit of work is open."""
    return bool(db.session.registry.has() and db.session().info.get("in_unit"))


def see_afresh() -> None:
    """Let what is read next be as of now: a transaction that has read sees what it saw."""
    if db.session.registry.has():
        db.session.rollback()


def after_commit(call: Callable[[], None]) -> None:
    """Do it once the open unit of work is safely stored; forget it if it fails."""
    calls: list[Callable[[], None]] = db.session().info["after_commit"]
    if call not in calls:
        calls.append(call)


def lock(row: "Base") -> None:
    """Hold the row until the unit ends and read it afresh: two people, one last place.

    Its lists are read afresh when they are next looked at; what it refers to stays loaded unless
    the row itself has changed. Raises NoResultFound when the row is gone.
    """
    mapper = sa.inspect(type(row))
    columns: list[InstrumentedAttribute[Any]] = [
        kept.class_attribute for kept in mapper.column_attrs
    ]
    now = db.session.execute(
        sa.select(*columns)
        .where(type(row).id == row.id)
        .with_for_update()
        .execution_options(all_tenants=True)  # the row itself has passed the guard
    ).one()
    known = sa.inspect(row).dict
    fresh = {column.key: value for column, value in zip(columns, now, strict=True)}
    has_changed = any(known.get(key) != value for key, value in fresh.items())
    for key, value in fresh.items():
        set_committed_value(row, key, value)
    if stale := [kept.key for kept in mapper.relationships if has_changed or kept.uselist]:
        db.session.expire(row, stale)


def get_locked(kind: type[Row], row_id: UUID) -> Row | None:
    """Load one row by its id, held until the unit ends; what it refers to is read when needed."""
    return db.session.get(
        kind,
        row_id,
        with_for_update=True,
        populate_existing=True,
        options=[orm.lazyload("*")],
    )


def _refuse_stray_changes(session: orm.Session) -> None:
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        raise WriteOutsideUnit("changes were made before the unit of work began")


# Tenants --------------------------------------------------------------------------------------


@contextmanager
def inside(tenant_id: UUID) -> Iterator[None]:
    """Work for one organisation: reads see only its rows, writes belong to it."""
    before = current_tenant()
    g.tenant_id = tenant_id
    try:
        yield
    finally:
        g.tenant_id = before


def enter(tenant_id: UUID) -> None:
    """Work for one organisation until the request or job ends."""
    g.tenant_id = tenant_id


def current_tenant() -> UUID | None:
    """The organisation we work for, if any."""
    found: UUID | None = g.get("tenant_id")
    return found


@event.listens_for(orm.Session, "do_orm_execute")
def _guard_tenants(state: orm.ORMExecuteState) -> None:
    """Add the tenant's filter to every ORM statement on a tenant's table.

    Relationship loads are let through: their parent passed the guard, and a foreign key between
    two tenants' rows never exists. `execution_options(all_tenants=True)` is the spelled-out way
    to cross (DESIGN decision 10), for policies alone.
    """
    if state.is_column_load or state.is_relationship_load:
        return
    if state.execution_options.get("all_tenants") or state.is_insert:
        return
    tenant_id = current_tenant()
    if tenant_id is None and any(
        issubclass(mapper.class_, TenantOwned) for mapper in state.all_mappers
    ):
        raise NoTenant(str(state.statement))
    state.statement = state.statement.options(_only_of(tenant_id))


@lru_cache(maxsize=1024)
def _only_of(tenant_id: UUID | None) -> ORMOption:
    """Make the filter, once: it goes into every statement."""
    if tenant_id is None:  # joined from a shared table: show nothing rather than everything
        return orm.with_loader_criteria(TenantOwned, lambda _cls: sa.false(), include_aliases=True)
    return orm.with_loader_criteria(
        TenantOwned, lambda cls: cls.tenant_id == tenant_id, include_aliases=True
    )


@event.listens_for(orm.Session, "before_flush")
def _guard_writes(session: orm.Session, _context: object, _instances: object) -> None:
    """Changes happen in a unit of work, and a tenant's row only inside that tenant."""
    if not session.info.get("in_unit"):
        raise WriteOutsideUnit("open a unit_of_work first")
    tenant_id = current_tenant()
    changed = [
        *session.new,
        *session.deleted,
        *(r for r in session.dirty if session.is_modified(r)),
    ]
    for row in changed:
        if not isinstance(row, TenantOwned):
            continue
        if tenant_id is None:
            raise NoTenant(f"{type(row).__name__} written outside any tenant")
        if row.tenant_id is None:
            row.tenant_id = tenant_id
        if row.tenant_id != tenant_id:
            raise WrongTenant(f"{type(row).__name__} belongs to another organisation")
