"""Opening organisations; giving and ending the roles of people in them."""

import re

from edu.accounts import service as accounts
from edu.accounts.models import Membership, Person, Role
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Forbidden, Invalid
from edu.i18n import LanguageMap, lazy
from edu.tenancy import policy, queries
from edu.tenancy.models import Organisation, OrganisationKind

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")


class LastManager(DomainError):
    """The organisation would be left without a manager."""

    code = "last-manager"
    title = lazy("This is the last manager. Give the role to somebody else first.")


def open_organisation(
    code: str,
    kind: OrganisationKind,
    name: LanguageMap,
    *,
    place_code: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    """Open an organisation. Raises Invalid for a code that cannot stand in an address."""
    if not _CODE.fullmatch(code):
        raise Invalid(fields={"code": lazy("Use small letters, digits and hyphens only.")})
    made = Organisation(code=code, kind=kind, name=name, place_code=place_code, parent=parent)
    db.session.add(made)
    db.session.flush()
    audit.record("organisation.opened", actor_id=None, subject=made)
    return made


def check_may_give(actor: Person, role: Role, organisation: Organisation) -> None:
    """Refuse a role that the actor may not hand out here. Raises Forbidden."""
    if not policy.may_give(actor, role, organisation.kind):
        raise Forbidden


def give_role(
    person: Person, role: Role, organisation: Organisation, *, actor: Person
) -> Membership:
    """Give somebody known here a further role. Asking twice changes nothing. Raises Forbidden."""
    check_may_give(actor, role, organisation)
    membership = accounts.grant(person, role, organisation)
    audit.record("role.given", actor_id=actor.id, subject=person, role=role.value)
    return membership


def end_role(membership: Membership, *, actor: Person) -> None:
    """End a role; it stays in the record. Raises LastManager, Forbidden."""
    check_may_give(actor, membership.role, membership.organisation)
    lock(membership.organisation)  # two managers ending each other's role at once
    if membership.role == Role.MANAGER and not queries.managers_left(membership):
        raise LastManager
    if membership.ended_at is None:
        membership.ended_at = utcnow()
        audit.record(
            "role.ended",
            actor_id=actor.id,
            subject=membership.person,
            role=membership.role.value,
        )
