"""Enter credits into the ledger when the rules are met."""

from collections.abc import Sequence

import sqlalchemy as sa

from courses.credits import queries
from courses.credits.core.completion import Progress, completion_conditions
from courses.credits.core.condition import Condition, unmet
from courses.credits.core.grading import Grade
from courses.credits.events import CreditEntered
from courses.credits.models import Basis, CreditEntry
from courses.enrolment import service as enrolments
from courses.enrolment.models import Enrolment
from courses.statements import service as statements
from edu.db import db, lock
from edu.errors import DomainError
from edu.events import emit
from edu.i18n import lazy


class NoScale(DomainError):
    """The regulations of the curriculum have no scale, so nothing can be graded."""

    code = "no-scale"
    title = lazy("The regulations of this curriculum do not say how to grade.")


def conditions(enrolment: Enrolment) -> Sequence[Condition]:
    """Say which conditions of a complete module are met and which are not.

    A self-paced module has no admission to an examination. Raises NoScale.
    """
    return conditions_on(enrolment, queries.progress_of(enrolment))


def conditions_on(enrolment: Enrolment, progress: Progress) -> Sequence[Condition]:
    """The same, of progress that is known already."""
    rules = queries.rules_of(enrolment)
    if rules.scale is None:
        raise NoScale
    has_tests = not enrolment.class_group.module.is_self_paced
    admission = rules.exam_admission if has_tests else None
    return completion_conditions(admission, rules.scale, progress)


def enter_if_complete(enrolment: Enrolment) -> CreditEntry | None:
    """Enter the module's credits, once, when every rule is met; else change nothing."""
    lock(enrolment)
    found = db.session.scalar(
        sa.select(CreditEntry).where(CreditEntry.enrolment_id == enrolment.id)
    )
    if found is not None:
        return found
    checked = conditions(enrolment)
    if unmet(checked):
        return None
    return _enter(enrolment, checked)


def _enter(enrolment: Enrolment, checked: Sequence[Condition]) -> CreditEntry:
    entry = entry_for(enrolment, checked, queries.grade_of(enrolment))
    db.session.add(entry)
    enrolments.complete(enrolment)
    db.session.flush()
    statements.passed_module(enrolment, mark=float(entry.mark) if entry.mark is not None else None)
    emit(
        CreditEntered(
            tenant_id=enrolment.tenant_id,
            credit_entry_id=entry.id,
            learner_id=enrolment.learner_id,
            module_id=entry.module_id,
        )
    )
    return entry


def entry_for(
    enrolment: Enrolment, checked: Sequence[Condition], grade: Grade | None
) -> CreditEntry:
    """Write the ledger entry of a module whose conditions are met; the caller stores it."""
    module = enrolment.class_group.module
    return CreditEntry(
        learner_id=enrolment.learner_id,
        enrolment_id=enrolment.id,
        module_id=module.id,
        module_code=module.code,
        module_title=module.title,
        credits=module.credits,
        mark=grade.mark if grade else None,
        letter=(grade.letter or "") if grade else "",
        basis=Basis.STUDY,
        rule_set=module.curriculum.rule_set,
        evidence={
            condition.code: {
                "actual": _text(condition.actual),
                "required": _text(condition.required),
            }
            for condition in checked
        },
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
