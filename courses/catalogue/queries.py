"""Find class groups."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from courses.catalogue import policy
from courses.catalogue.models import ClassGroup, ClassState
from edu.accounts.models import Person
from edu.db import db, utcnow
from edu.errors import NotFound


def get_for(visitor: Person | None, class_group_id: UUID) -> ClassGroup:
    """Find a class of the current college that the visitor may see. Raises NotFound."""
    found = db.session.scalar(sa.select(ClassGroup).where(ClassGroup.id == class_group_id))
    if found is None or not policy.can_view(visitor, found):
        raise NotFound
    return found


def taught_by(teacher: Person) -> Sequence[ClassGroup]:
    """List the classes that a person teaches at the current college, newest first."""
    return db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.teacher_id == teacher.id)
        .order_by(ClassGroup.starts_on.desc(), ClassGroup.code)
    ).all()


def at_college() -> sa.Select[tuple[ClassGroup]]:
    """Select every class of the current college."""
    return sa.select(ClassGroup)


def open_now(visitor: Person | None, *, limit: int = 50) -> Sequence[ClassGroup]:
    """List the published classes of all colleges that have not ended, soonest first.

    The catalogue is public, so all colleges are looked at.
    """
    return db.session.scalars(
        sa.select(ClassGroup)
        .where(
            policy.visible_to(visitor),
            ClassGroup.state == ClassState.PUBLISHED,
            ClassGroup.ends_on >= utcnow().date(),
        )
        .order_by(ClassGroup.is_open.desc(), ClassGroup.starts_on, ClassGroup.id)
        .limit(limit)
        .execution_options(all_tenants=True)
    ).all()


def by_ids(class_group_ids: Sequence[UUID]) -> dict[UUID, ClassGroup]:
    """Load published classes of any college by id, for search results."""
    found = db.session.scalars(
        sa.select(ClassGroup)
        .where(ClassGroup.id.in_(class_group_ids), ClassGroup.state == ClassState.PUBLISHED)
        .execution_options(all_tenants=True)
    )
    return {group.id: group for group in found}
