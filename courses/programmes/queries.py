"""Reads of programmes and modules."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from courses.programmes.models import (
    CurriculumState,
    CurriculumVersion,
    Module,
    Outcome,
    Prerequisite,
    Programme,
)
from edu.db import db
from edu.errors import NotFound


def get(programme_id: UUID) -> Programme:
    """Find a programme of the current college. Raises NotFound."""
    found = db.session.scalar(sa.select(Programme).where(Programme.id == programme_id))
    if found is None:
        raise NotFound
    return found


def module(module_id: UUID) -> Module:
    """Find a module of the current college. Raises NotFound."""
    found = db.session.scalar(sa.select(Module).where(Module.id == module_id))
    if found is None:
        raise NotFound
    return found


def programmes() -> Sequence[Programme]:
    """List the current college's programmes with their versions, by code."""
    return db.session.scalars(
        sa.select(Programme).options(selectinload(Programme.versions)).order_by(Programme.code)
    ).all()


def module_called(code: str) -> Module | None:
    """Find a module in force at the current college by its code."""
    return db.session.scalar(
        sa.select(Module)
        .join(Module.curriculum)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE, Module.code == code)
    )


def open_curriculum() -> CurriculumVersion | None:
    """Find what is in force of the current college's open programme."""
    return db.session.scalar(
        sa.select(CurriculumVersion)
        .join(CurriculumVersion.programme)
        .where(Programme.is_open, CurriculumVersion.state == CurriculumState.IN_FORCE)
        .order_by(Programme.code)
        .limit(1)
    )


def modules_in_force() -> Sequence[Module]:
    """List the modules of every curriculum in force at the current college, by code."""
    return db.session.scalars(
        sa.select(Module)
        .join(Module.curriculum)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE)
        .options(joinedload(Module.curriculum).joinedload(CurriculumVersion.programme))
        .order_by(Module.code)
    ).all()


def modules_teaching(skill_ids: Sequence[UUID]) -> Sequence[Module]:
    """List the modules in force, at any college, that build one of the skills.

    Curricula are public, so all colleges are looked at.
    """
    if not skill_ids:
        return []
    teaching = sa.select(Outcome.module_id).where(Outcome.skill_id.in_(skill_ids))
    return db.session.scalars(
        sa.select(Module)
        .join(Module.curriculum)
        .where(CurriculumVersion.state == CurriculumState.IN_FORCE, Module.id.in_(teaching))
        .options(selectinload(Module.outcomes))
        .order_by(Module.credits, Module.code)
        .execution_options(all_tenants=True)
    ).all()


@dataclass(frozen=True)
class Foundation:
    """A skill that a module builds on, and the earlier module of its college that teaches it."""

    module_id: UUID
    college_id: UUID
    earlier_code: str
    skill_id: UUID


def foundations_of(module_ids: Collection[UUID]) -> list[Foundation]:
    """Say what modules of any college build on, in the order in which it is taught.

    Curricula are public, so all colleges are looked at.
    """
    earlier = aliased(Module)
    rows = db.session.execute(
        sa.select(Prerequisite.module_id, earlier.tenant_id, earlier.code, Outcome.skill_id)
        .join(earlier, earlier.id == Prerequisite.required_id)
        .join(Outcome, Outcome.module_id == earlier.id)
        .where(Prerequisite.module_id.in_(module_ids))
        .order_by(earlier.position, earlier.code, Outcome.position)
        .execution_options(all_tenants=True)
    )
    return [
        Foundation(module_id, college_id, code, skill_id)
        for module_id, college_id, code, skill_id in rows
        if skill_id is not None
    ]
