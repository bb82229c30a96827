from decimal import Decimal
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from courses.authoring.models import Unit
from courses.credits import queries, service
from courses.credits.models import Basis, CreditEntry
from courses.enrolment.models import EnrolmentState
from courses.grading import service as grading
from courses.grading.models import MarkKind
from courses.learning import service as study
from edu.db import db, inside, unit_of_work
from edu.jobs import run_due
from edu.lrs.core.vocabulary import Verb
from edu.lrs.public import statements
from tests.courses.classroom import WRONG, a_class, answer, enrol, finish_lesson


@pytest.fixture
def room(dn_college, teacher):
    return a_class(dn_college, teacher=teacher)


@pytest.fixture
def place(room, learner):
    return enrol(room, learner)


def give(room, place, kind, value):
    with inside(room.college.id), unit_of_work():
        grading.give(room.teacher, place, kind, Decimal(value))


def entries(place):
    """The ledger, after everything that follows from what happened."""
    run_due()
    return db.session.scalars(
        sa.select(CreditEntry)
        .where(CreditEntry.enrolment_id == place.id)
        .execution_options(all_tenants=True)
    ).all()


def finish(room, place):
    for lesson in (1, 2):
        finish_lesson(room, place, lesson)


def finish_half_right(room, place):
    """Lesson 1 all right, lesson 2 all wrong: tests average 5, just enough for admission."""
    finish_lesson(room, place, 1)
    for question in (1, 2):
        answer(room, place, WRONG, lesson=2, question=question)
    with inside(room.college.id), unit_of_work():
        study.complete_unit(place, room.units[1])


def self_paced(room):
    with inside(room.college.id), unit_of_work():
        room.module.is_self_paced = True
        db.session.merge(room.module)


def test_lessons_and_marks_together_earn_the_credits(room, place):
    finish(room, place)
    give(room, place, MarkKind.FINAL, "8")

    (entry,) = entries(place)

    assert entry.credits == room.module.credits
    assert entry.basis == Basis.STUDY
    assert entry.module_code == room.module.code
    # tests 10 weigh 0.4, the final 8 weighs 0.6 (Circular 04/2022/TT-BLĐTBXH)
    assert entry.mark == Decimal("8.8")
    assert entry.evidence["module-mark"]["actual"] == "8.8"


def test_they_are_entered_once_whatever_happens_later(room, place):
    finish(room, place)
    give(room, place, MarkKind.FINAL, "8")
    entries(place)

    give(room, place, MarkKind.FINAL, "10")
    with inside(room.college.id), unit_of_work():
        service.enter_if_complete(place)

    (entry,) = entries(place)
    assert entry.mark == Decimal("8.8")


def test_the_study_is_completed_and_told_to_the_record(room, place):
    finish(room, place)
    give(room, place, MarkKind.FINAL, "8")
    entries(place)

    with inside(room.college.id):
        db.session.refresh(place)
        (told,) = statements(verb=Verb.PASSED.iri)
    assert place.state == EnrolmentState.COMPLETED
    assert told.statement["result"]["score"]["raw"] == pytest.approx(8.8)


def test_a_lesson_left_out_earns_nothing(room, place):
    finish_lesson(room, place, 1)
    give(room, place, MarkKind.FINAL, "10")

    assert entries(place) == []


def test_a_voluntary_lesson_may_be_left_out(room, place):
    with inside(room.college.id), unit_of_work():
        db.session.get(Unit, room.units[1].id).is_required = False
    finish_lesson(room, place, 1)
    give(room, place, MarkKind.FINAL, "10")

    assert len(entries(place)) == 1


def test_a_final_that_does_not_pass_earns_nothing(room, place):
    finish_half_right(room, place)
    give(room, place, MarkKind.FINAL, "3")  # 0.4 × 5 + 0.6 × 3 = 3.8, and 4 passes

    assert entries(place) == []


def test_a_resit_may_still_earn_them(room, place):
    finish_half_right(room, place)
    give(room, place, MarkKind.FINAL, "3")
    assert entries(place) == []

    give(room, place, MarkKind.FINAL, "9")

    assert len(entries(place)) == 1


def test_a_self_paced_module_needs_no_teacher(room, place):
    self_paced(room)

    finish(room, place)

    (entry,) = entries(place)
    assert entry.mark == Decimal("10.0")


def test_wrong_answers_do_not_pass_a_self_paced_module(room, place):
    self_paced(room)
    for lesson in (1, 2):
        for question in (1, 2):
            answer(room, place, WRONG, lesson=lesson, question=question)

    assert entries(place) == []


def test_the_ledger_is_the_persons_own(as_user, room, place, learner, teacher):
    finish(room, place)
    give(room, place, MarkKind.FINAL, "8")
    entries(place)

    mine = as_user(learner).get("/credits?lang=vi").text
    theirs = as_user(teacher).get("/credits?lang=vi").text

    assert "Cơ sở kỹ thuật lạnh" in mine
    assert "Cơ sở kỹ thuật lạnh" not in theirs
    assert [e.enrolment_id for e in queries.ledger_of(learner.id)] == [place.id]


def test_without_a_scale_in_the_regulations_nothing_is_graded(place, monkeypatch):
    with inside(place.tenant_id):
        progress = queries.progress_of(place)
        monkeypatch.setattr(queries, "rules_of", lambda _enrolment: SimpleNamespace(scale=None))

        with pytest.raises(service.NoScale):
            service.conditions_on(place, progress)
