"""Which organisations there are, and who belongs to them."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm.util import identity_key

from edu.accounts.models import Membership, Person, Role
from edu.db import current_tenant, db
from edu.errors import NotFound
from edu.search.core.vietnamese import folded
from edu.tenancy import policy
from edu.tenancy.models import Organisation, OrganisationKind


def by_code(code: str) -> Organisation:
    """Find an active organisation by the short name in its addresses.

    Raises NotFound.
    """
    found = db.session.scalar(sa.select(Organisation).where(Organisation.code == code))
    if found is None or not found.is_active:
        raise NotFound
    return found


def get(organisation_id: UUID) -> Organisation:
    """Find an organisation by id. Raises NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def named(organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
    """Load several organisations at once, by id; those at hand are not read again."""
    at_hand = db.session().identity_map
    found = {key: at_hand.get(identity_key(Organisation, key)) for key in organisation_ids}
    if missing := [key for key, organisation in found.items() if organisation is None]:
        rows = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(missing)))
        found |= {organisation.id: organisation for organisation in rows}
    return {key: organisation for key, organisation in found.items() if organisation}


def current() -> Organisation | None:
    """Give the organisation whose pages we are in, if any."""
    tenant_id = current_tenant()
    return get(tenant_id) if tenant_id else None


def of_kind(kind: OrganisationKind) -> Sequence[Organisation]:
    """List the active organisations of a kind, by code."""
    return db.session.scalars(
        sa.select(Organisation)
        .where(Organisation.kind == kind, Organisation.is_active)
        .order_by(Organisation.code)
    ).all()


def province() -> Organisation | None:
    """Give the province that this installation serves, once it is set up."""
    return next(iter(of_kind(OrganisationKind.PROVINCE)), None)


# People ---------------------------------------------------------------------------------------


def people(actor: Person, *, name: str = "", role: Role | None = None) -> sa.Select[Person]:
    """Select who holds a role here now, narrowed by parts of the name and by the role."""
    held = sa.select(Membership.person_id).where(
        policy.visible_to(actor), Membership.ended_at.is_(None)
    )
    if role:
        held = held.where(Membership.role == role)
    statement = sa.select(Person).where(Person.id.in_(held), Person.is_active)
    for word in folded(name).split():
        statement = statement.where(Person.name_key.contains(word, autoescape=True))
    return statement


def person_here(actor: Person, person_id: UUID) -> Person:
    """Find somebody who holds or held a role here. Raises NotFound."""
    found = db.session.get(Person, person_id)
    if found is None or not roles_here(actor, found):
        raise NotFound
    return found


def roles_here(actor: Person, person: Person) -> Sequence[Membership]:
    """List the roles that the person holds or held here, as far as the actor may know."""
    return db.session.scalars(
        sa.select(Membership)
        .where(Membership.person_id == person.id, policy.visible_to(actor))
        .order_by(Membership.id)
    ).all()


def role_here(actor: Person, person_id: UUID, membership_id: UUID) -> Membership:
    """Find one role that a person holds or held here. Raises NotFound."""
    found = db.session.get(Membership, membership_id)
    if found is None or found.person_id != person_id or not policy.can_view(actor, found):
        raise NotFound
    return found


def managers_left(without: Membership) -> int:
    """Count who else manages the organisation of this membership now."""
    return (
        db.session.scalar(
            sa.select(sa.func.count(Membership.id)).where(
                Membership.organisation_id == without.organisation_id,
                Membership.role == Role.MANAGER,
                Membership.ended_at.is_(None),
                Membership.id != without.id,
            )
        )
        or 0
    )
