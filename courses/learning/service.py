"""Study: open a unit, leave it, come back, finish it."""

from courses.assessment import queries as assessment
from courses.authoring.models import Unit
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning import queries
from courses.learning.events import UnitCompleted
from courses.learning.models import UnitProgress
from courses.statements import service as statements
from edu.db import db, lock, utcnow
from edu.errors import DomainError
from edu.events import emit
from edu.i18n import lazy


class QuestionsLeft(DomainError):
    """A unit is finished only when its questions are answered."""

    code = "questions-left"
    title = lazy("Answer the questions of this lesson first; you can try as often as you like.")


def open_unit(enrolment: Enrolment, unit: Unit) -> UnitProgress:
    """Begin a unit, or come back to it."""
    lock(enrolment)  # two taps open it once
    progress = queries.progress_in(enrolment, unit)
    if progress is None:
        progress = UnitProgress(enrolment=enrolment, unit=unit)
        db.session.add(progress)
        statements.initialized(enrolment, unit)
    elif progress.completed_at is None:
        statements.resumed(enrolment, unit)
    progress.seen_at = utcnow()
    db.session.flush()
    return progress


def leave_at(progress: UnitProgress, block_key: str) -> None:
    """Remember the block at which the learner left off."""
    progress.block_key = block_key[:64]
    progress.seen_at = utcnow()


def complete_unit(enrolment: Enrolment, unit: Unit) -> UnitProgress:
    """Finish a unit. Asking twice changes nothing.

    Raises QuestionsLeft while a question that counts is unanswered.
    """
    progress = open_unit(enrolment, unit)
    if progress.completed_at is not None:
        return progress
    if assessment.unanswered_quizzes(enrolment, unit):
        raise QuestionsLeft
    progress.completed_at = utcnow()
    if enrolment.state != EnrolmentState.WITHDRAWN:
        statements.completed_unit(enrolment, unit)
        emit(
            UnitCompleted(
                tenant_id=enrolment.tenant_id,
                enrolment_id=enrolment.id,
                unit_id=unit.id,
                learner_id=enrolment.learner_id,
            )
        )
    return progress
