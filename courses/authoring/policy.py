"""Who may write the lessons of a module."""

import sqlalchemy as sa

from courses.catalogue.models import ClassGroup
from courses.programmes.models import Module
from edu.accounts.models import Person, Role
from edu.db import db

WRITERS = frozenset({Role.TEACHER, Role.MANAGER})


def editable_by(actor: Person) -> sa.ColumnElement[bool]:
    """Which modules of the current college: all for its managers, what they teach for teachers.

    A module that nobody teaches yet is any teacher's: somebody has to prepare it.
    """
    if actor.has_role(Role.MANAGER):
        return sa.true()
    if not actor.has_role(Role.TEACHER):
        return sa.false()
    classes = sa.select(ClassGroup.id).where(ClassGroup.module_id == Module.id)
    return sa.or_(classes.where(ClassGroup.teacher_id == actor.id).exists(), ~classes.exists())


def can_edit(actor: Person, module: Module) -> bool:
    """Tell for one module; the rule is the list's."""
    one = sa.select(Module.id).where(Module.id == module.id, editable_by(actor))
    return db.session.scalar(one) is not None
