"""Read the ledger and the rules."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from courses.credits.core import rule_set as core
from courses.credits.core.completion import Progress
from courses.credits.core.grading import Grade, grade_module, part_averages
from courses.credits.core.grading import Mark as CoreMark
from courses.credits.core.rule_set import RuleSet
from courses.credits.models import CreditEntry
from courses.enrolment.models import Enrolment
from courses.grading import queries as grading
from courses.grading.models import Mark
from courses.learning import queries as learning
from edu.db import db
from edu.errors import NotFound


def rules(code: str) -> RuleSet:
    """Find a rule set by its code. Raises NotFound."""
    found = core.shipped().get(code)
    if found is None:
        raise NotFound
    return found


def rules_of(enrolment: Enrolment) -> RuleSet:
    """Give the regulations under which a class gives marks and credits."""
    return rules(enrolment.class_group.module.curriculum.rule_set)


def as_core(marks: Sequence[Mark]) -> list[CoreMark]:
    """Give marks as the rules read them."""
    return [CoreMark(mark.kind, mark.value, mark.slot) for mark in marks]


def grade_from(enrolment: Enrolment, marks: Sequence[Mark]) -> Grade | None:
    """Grade the module from these marks; None where the rules grade nothing."""
    found = rules_of(enrolment)
    if found.scale is None or found.module_mark is None or found.grading is None:
        return None
    return grade_module(found.scale, found.module_mark, as_core(marks), found.grading.resit)


def grade_of(enrolment: Enrolment) -> Grade | None:
    """Grade the module as it stands."""
    return grade_from(enrolment, grading.of(enrolment))


def test_average(enrolment: Enrolment, marks: Sequence[Mark]) -> Decimal | None:
    """Average the tests among these marks, unrounded; None without one."""
    found = rules_of(enrolment)
    if found.module_mark is None or found.grading is None:
        return None
    averages = part_averages(found.module_mark, as_core(marks), found.grading.resit)
    return averages.get("tests")


def progress_of(enrolment: Enrolment) -> Progress:
    """Gather what the rules ask about a learner's study of a module."""
    missing = [step.unit for step in learning.way_of(enrolment).required if not step.is_done]
    marks = grading.of(enrolment)
    return Progress(
        test_average=test_average(enrolment, marks),
        grade=grade_from(enrolment, marks),
        units_missing=frozenset(unit.slug for unit in missing),
    )


def ledger_of(learner_id: UUID) -> Sequence[CreditEntry]:
    """List a person's credits from every college, newest first.

    Crosses tenants: a person's own record belongs to the person (DESIGN decision 10).
    """
    return db.session.scalars(
        sa.select(CreditEntry)
        .where(CreditEntry.learner_id == learner_id)
        .order_by(CreditEntry.entered_at.desc())
        .execution_options(all_tenants=True)
    ).all()


def get(entry_id: UUID) -> CreditEntry:
    """Find a ledger entry of the current college. Raises NotFound."""
    found = db.session.scalar(sa.select(CreditEntry).where(CreditEntry.id == entry_id))
    if found is None:
        raise NotFound
    return found
