"""Who may see and who may teach a class group."""

from uuid import UUID

import sqlalchemy as sa

from courses.catalogue.models import ClassGroup, ClassState
from edu.accounts.models import Membership, Person, Role


def can_view(visitor: Person | None, group: ClassGroup) -> bool:
    """A published class is public; a draft is seen by its teacher and the college's managers."""
    if group.state != ClassState.DRAFT:
        return True
    return visitor is not None and can_teach(visitor, group)


def visible_to(visitor: Person | None) -> sa.ColumnElement[bool]:
    """The same rule as can_view, as SQL."""
    public = ClassGroup.state != ClassState.DRAFT
    if visitor is None:
        return public
    return sa.or_(public, taught_by(visitor))


def can_teach(actor: Person, group: ClassGroup) -> bool:
    """Its teacher and the college's managers run a class: learners, units, marks.

    Who has left the college no longer does.
    """
    is_own = group.teacher_id == actor.id
    return (is_own and actor.has_role(Role.TEACHER, organisation_id=group.tenant_id)) or (
        actor.has_role(Role.MANAGER, organisation_id=group.tenant_id)
    )


def taught_by(actor: Person) -> sa.ColumnElement[bool]:
    """The same rule as can_teach, as SQL."""

    def where(role: Role) -> sa.Select[UUID]:
        return sa.select(Membership.organisation_id).where(
            Membership.person_id == actor.id,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )

    return sa.or_(
        sa.and_(ClassGroup.teacher_id == actor.id, ClassGroup.tenant_id.in_(where(Role.TEACHER))),
        ClassGroup.tenant_id.in_(where(Role.MANAGER)),
    )


def can_open(actor: Person) -> bool:
    """Teachers and managers of the current college open classes."""
    return actor.has_role(Role.TEACHER, Role.MANAGER)
