"""Read requests to forget, and what there is about somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from edu.accounts import queries as accounts
from edu.db import db
from edu.errors import NotFound
from edu.lrs.agents import agents_of, person_id_of
from edu.lrs.core.json_in import JsonObject
from edu.lrs.documents.models import StoredDocument
from edu.lrs.links import key_of
from edu.lrs.models import Mention, Statement
from edu.lrs.privacy.core.rewriting import Subject
from edu.lrs.privacy.models import ForgetStage, Forgetting
from edu.lrs.queries import same_person, tenant

LISTED = 20


@dataclass(frozen=True, slots=True)
class Traces:
    """How many statements speak of somebody, as far as the index tells, and how many documents."""

    statements: int
    documents: int


def subject_of(agent: JsonObject) -> Subject:
    """Gather all names of a person: those that were merged, and those of our own accounts."""
    known: list[JsonObject] = []
    names: list[str] = []
    for each in same_person(agent):
        person_id = person_id_of(each)
        person = accounts.named([person_id]).get(person_id) if person_id else None
        known += agents_of(person) if person else [each]
        names += [person.name] if person else []
    return Subject(tuple(known), tuple(names))


def subject_in(forgetting: Forgetting) -> Subject:
    """Read whom a request is about."""
    return Subject(tuple(forgetting.subject["agents"]), tuple(forgetting.subject["names"]))


def traces_of(subject: Subject) -> Traces:
    """Count what there is about somebody in the current tenant's record."""
    keys = [key_of(tenant(), key) for key in subject.keys]
    statements = sa.select(sa.func.count(sa.distinct(Mention.seq))).where(Mention.key.in_(keys))
    documents = (
        sa.select(sa.func.count())
        .select_from(StoredDocument)
        .where(StoredDocument.agent.in_(subject.keys))
    )
    return Traces(db.session.scalar(statements) or 0, db.session.scalar(documents) or 0)


def recent() -> Sequence[Forgetting]:
    """List the requests, the newest first."""
    wanted = sa.select(Forgetting).order_by(Forgetting.id.desc()).limit(LISTED)
    return db.session.scalars(wanted).all()


def find(forgetting_id: UUID) -> Forgetting | None:
    """Find a request."""
    return db.session.scalar(sa.select(Forgetting).where(Forgetting.id == forgetting_id))


def get(forgetting_id: UUID) -> Forgetting:
    """Find a request. Raises NotFound."""
    if (found := find(forgetting_id)) is None:
        raise NotFound
    return found


def halted() -> Sequence[Forgetting]:
    """List the requests of all organisations that broke off: for work on all of them."""
    wanted = sa.select(Forgetting).where(Forgetting.stage == ForgetStage.HALTED)
    return db.session.scalars(wanted.execution_options(all_tenants=True)).all()


def tenants() -> list[UUID]:
    """Name the organisations with anything in their record."""
    wanted = sa.select(Statement.tenant_id).distinct().execution_options(all_tenants=True)
    return list(db.session.scalars(wanted))
