"""Read requests to forget, and what there is about somebody."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from edu.db import db
from edu.errors import NotFound
from edu.lrs.agents import every_name, our_people
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.documents.models import StoredDocument
from edu.lrs.links import key_of
from edu.lrs.models import Mention
from edu.lrs.privacy.core.rewriting import Subject
from edu.lrs.privacy.models import ForgetMode, ForgetStage, Forgetting
from edu.lrs.queries import same_person, tenant
from edu.tenancy.models import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True)
class Traces:
    """How many statements speak of somebody, as far as the index tells, and how many documents."""

    statements: int
    documents: int

    @property
    def are_none(self) -> bool:
        """True when there is nothing: perhaps the name was misspelt."""
        return not (self.statements or self.documents)


def subject_of(agent: JsonObject) -> Subject:
    """Gather all names of a person: those that were merged, and those of our own accounts."""
    merged = same_person(agent)
    names = tuple(person.name for person in our_people(merged).values())
    known = (name for each in merged for name in every_name(each))
    spelt = {agent_key(each): each for each in _spelt_out(known)}
    return Subject(tuple(spelt.values()), names)


def _spelt_out(agents: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Add to each address the same in small letters, and the digests by which tools may send it."""
    for agent in agents:
        yield agent
        mboxes = {agent["mbox"], agent["mbox"].lower()} if "mbox" in agent else ()
        for mbox in sorted(mboxes):
            yield {"objectType": "Agent", "mbox": mbox}
            digest = hashlib.sha1(mbox.encode(), usedforsecurity=False).hexdigest()
            yield {"objectType": "Agent", "mbox_sha1sum": digest}


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


def requests() -> sa.Select[Forgetting]:
    """Select the requests of the current tenant."""
    return sa.select(Forgetting)


def unfinished(subject: Subject, mode: ForgetMode) -> Forgetting | None:
    """Find a request to forget the same person in the same way that is not done yet."""
    wanted = requests().where(Forgetting.mode == mode, Forgetting.stage != ForgetStage.DONE)
    found = db.session.scalars(wanted.order_by(Forgetting.id))
    return next((each for each in found if subject_in(each).keys == subject.keys), None)


def find(forgetting_id: UUID) -> Forgetting | None:
    """Find a request."""
    return db.session.scalar(sa.select(Forgetting).where(Forgetting.id == forgetting_id))


def get(forgetting_id: UUID) -> Forgetting:
    """Find a request. Raises NotFound."""
    if (found := find(forgetting_id)) is None:
        raise NotFound
    return found


def get_in_turn(forgetting_id: UUID) -> Forgetting:
    """Read a request afresh and hold all of the tenant that are not done until the unit ends.

    So one step at a time is taken in an organisation, in whatever process: of two at once, each
    would write back into a statement, or its index, what the other took out. Raises NotFound.
    """
    is_in_the_way = sa.or_(Forgetting.finished_at.is_(None), Forgetting.id == forgetting_id)
    held = sa.select(Forgetting).where(is_in_the_way).order_by(Forgetting.id).with_for_update()
    db.session.scalars(held.execution_options(populate_existing=True)).all()
    return get(forgetting_id)


def halted() -> Sequence[Forgetting]:
    """List the requests of all organisations that broke off: for work on all of them."""
    wanted = sa.select(Forgetting).where(Forgetting.stage == ForgetStage.HALTED)
    return db.session.scalars(wanted.execution_options(all_tenants=True)).all()


def tenants() -> list[UUID]:
    """Name the organisations that have records."""
    wanted = sa.select(Organisation.id).where(Organisation.kind != OrganisationKind.DEPARTMENT)
    return list(db.session.scalars(wanted.order_by(Organisation.id)))
