"""Let the demo's crowd learn: last term a module with an examination, this term one with lessons.

All that would have followed is written too: credits and certificates by the rules in force, the
audit of marks, and every statement, by the functions that say it for everybody.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import TypeVar
from uuid import UUID

from courses.assessment.models import Answer, Quiz, QuizPlace
from courses.authoring.models import Unit
from courses.catalogue.models import ClassGroup, ClassState
from courses.credentials import service as credentials
from courses.credits import queries as ledger
from courses.credits import service as credits_
from courses.credits.core.completion import Progress
from courses.credits.core.condition import Condition, unmet
from courses.crowd import queries
from courses.crowd.core.story import Story, invent
from courses.crowd.queries import Course, Given, Lesson, Question
from courses.demo import service as demo
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.grading.models import Mark, MarkKind
from courses.learning.models import UnitProgress
from courses.programmes.models import Module
from courses.statements import service as statements
from edu.accounts import queries as people
from edu.accounts.models import Person, Role
from edu.audit import service as audit
from edu.batches import batches
from edu.db import Base, db, get_locked, inside, new_id, pretend, today, unit_of_work, utcnow
from edu.demo import bulk
from edu.demo.crowd import COHORT, DIGITS, Cohort, cohorts
from edu.demo.service import at, shifted
from edu.jobs import enqueue
from edu.lrs.public import together
from edu.search import jobs as search
from edu.tenancy.models import Organisation

PROGRAMMES = ("5520205", "6480214", "5520123", "5810207")
"""The demo's programmes with lessons: what a further college teaches two of."""
LAST_TERM = (date(2026, 3, 2), date(2026, 7, 11))
THIS_TERM = (date(2026, 9, 7), date(2027, 1, 16))
TESTS = ((MarkKind.REGULAR, "regular-1"), (MarkKind.REGULAR, "regular-2"), (MarkKind.PERIODIC, ""))
CAPACITY = 36
A_QUESTION = timedelta(seconds=45)
COHORTS_AT_ONCE = 20

R = TypeVar("R", bound=Base)


def plant(size: int, say: Callable[[str], None]) -> None:
    """Let the last so many of the crowd study."""
    done = 0
    in_order = sorted(cohorts(size), key=attrgetter("college_id"))
    for college_id, of_college in groupby(in_order, key=attrgetter("college_id")):
        courses = _courses_at(college_id)
        for some in batches(of_college, COHORTS_AT_ONCE):
            with inside(college_id), unit_of_work(), together(), bulk.without_collecting():
                year = Year(register=_register(college_id))
                for cohort in some:
                    year.live(cohort, courses[cohort.number // COHORT % len(courses)])
                bulk.write(year.rows)
            done += sum(len(cohort.learners) for cohort in some)
            say(f"  {done:,} of {size:,} learners have studied")
    with unit_of_work():
        enqueue(search.rebuild)  # the new classes are to be found


def _courses_at(college_id: UUID) -> list[Course]:
    """What the college teaches; a new one begins with two programmes of the demo."""
    with inside(college_id):
        if found := queries.courses():
            return found
    college = db.session.get_one(Organisation, college_id)
    teacher = people.people_with(Role.TEACHER, college_id)[0]
    for programme in Random(college.code).sample(PROGRAMMES, 2):  # noqa: S311 - any two will do
        demo.teach(college, programme, teacher)
    with inside(college_id):
        return queries.courses()


def _register(college_id: UUID) -> Iterator[str]:
    """The college's numbers for certificates; nobody else counts until the unit ends."""
    college = get_locked(Organisation, college_id)
    if college is None:
        raise LookupError(college_id)
    return credentials.numbers(college)


@dataclass
class Year:
    """What cohorts of one college live through; `rows` is all that is to be stored of it."""

    register: Iterator[str]
    rows: list[Base] = field(default_factory=list)

    def live(self, cohort: Cohort, course: Course) -> None:
        """Let a cohort take a course. The same cohort always fares the same."""
        chance = Random(cohort.number)  # noqa: S311 - invented people
        examined = self._open(cohort, course.examined, LAST_TERM, ClassState.CLOSED)
        taught = self._open(cohort, course.taught, THIS_TERM, ClassState.PUBLISHED)
        for learner in cohort.learners:
            story = invent(chance, len(course.lessons))
            self._be_examined(self._enrol(examined, learner), story)
            self._learn(self._enrol(taught, learner), story, course.lessons, chance)

    def _keep(self, row: R) -> R:
        """Store it, as of this moment."""
        self.rows.append(bulk.fresh(row))
        return row

    def _open(
        self, cohort: Cohort, module: Module, term: tuple[date, date], state: ClassState
    ) -> ClassGroup:
        first, last = map(shifted, term)
        with pretend(at(first - timedelta(days=21))):
            return self._keep(
                ClassGroup(
                    module=module,
                    module_id=module.id,
                    teacher_id=cohort.teacher_id,
                    code=f"{module.code}-{cohort.number:0{DIGITS}}",
                    starts_on=first,
                    ends_on=last,
                    capacity=CAPACITY,
                    state=state,
                )
            )

    def _enrol(self, group: ClassGroup, learner: Person) -> Enrolment:
        with pretend(at(group.starts_on, 8)):
            place = Enrolment(
                class_group=group,
                class_group_id=group.id,
                learner=learner,
                learner_id=learner.id,
                registration=new_id(),
            )
            self._keep(place)
            statements.registered(place)
        return place

    # Last term: tests, the examination, credits

    def _be_examined(self, place: Enrolment, story: Story) -> None:
        first, last = place.class_group.starts_on, place.class_group.ends_on
        marks: list[Mark] = []
        for number, (test, value) in enumerate(zip(TESTS, story.tests, strict=True), start=1):
            day = first + (last - first) * number // (len(TESTS) + 1)
            marks.append(self._mark(place, *test, value, at(day, 15)))
        if "test-average" in {one.code for one in unmet(_conditions(place, marks))}:
            return  # not admitted
        day = last - timedelta(days=3)
        marks.append(self._mark(place, MarkKind.FINAL, "final", story.final, at(day, 16)))
        checked = _conditions(place, marks)
        if not unmet(checked):
            with pretend(at(day, 17)):
                self._complete(place, checked, marks)

    def _mark(
        self, place: Enrolment, kind: MarkKind, slot: str, value: Decimal, moment: datetime
    ) -> Mark:
        teacher_id = place.class_group.teacher_id
        with pretend(moment):
            given = Mark(
                enrolment_id=place.id, kind=kind, slot=slot, value=value, given_by_id=teacher_id
            )
            self._keep(given)
            told = {"kind": kind, "slot": slot, "value": value}
            self._keep(audit.entry("mark.given", actor_id=teacher_id, subject=given, **told))
        return given

    def _complete(
        self, place: Enrolment, checked: Sequence[Condition], marks: Sequence[Mark]
    ) -> None:
        """Enter the credits and give the certificate."""
        place.state, place.ended_at = EnrolmentState.COMPLETED, utcnow()
        entry = self._keep(credits_.entry_for(place, checked, ledger.grade_from(place, marks)))
        mark = None if entry.mark is None else float(entry.mark)
        statements.passed_module(place, mark=mark)
        module, holder = place.class_group.module, place.learner
        certificate = self._keep(
            credentials.draw_up(entry, module, holder, number=next(self.register))
        )
        path = f"/certificates/{certificate.id}"
        statements.earned(holder, iri_path=path, title=certificate.title)

    # This term: lessons and their questions

    def _learn(
        self, place: Enrolment, story: Story, lessons: Sequence[Lesson], chance: Random
    ) -> None:
        for lesson, days in zip(lessons, story.days, strict=False):
            evening = at(today() - timedelta(days=days), 19, chance.randrange(60))
            progress = self._begin(place, lesson.unit, evening)
            moment = evening + timedelta(minutes=10)
            for quiz, questions in lesson.quizzes:
                knows = [chance.random() < story.ability for _question in questions]
                given = [
                    (question, question.right if known else question.wrong)
                    for question, known in zip(questions, knows, strict=True)
                ]
                moment = self._take(place, quiz, given, moment)
            with pretend(moment):
                progress.seen_at = progress.completed_at = utcnow()
                statements.completed_unit(place, lesson.unit)
        if story.is_at_next:
            last = story.days[-1] if story.days else 1
            evening = at(today() - timedelta(days=last), 21)
            self._begin(place, lessons[len(story.days)].unit, evening)

    def _begin(self, place: Enrolment, unit: Unit, moment: datetime) -> UnitProgress:
        with pretend(moment):
            statements.initialized(place, unit)
            return self._keep(UnitProgress(enrolment_id=place.id, unit_id=unit.id))

    def _take(
        self,
        place: Enrolment,
        quiz: Quiz,
        given: Sequence[tuple[Question, Given]],
        moment: datetime,
    ) -> datetime:
        """Answer a quiz from a moment on, and give the moment after."""
        for question, (response, outcome) in given:
            shown_at, moment = moment, moment + A_QUESTION
            with pretend(moment):
                answer = Answer(
                    enrolment_id=place.id,
                    learner_id=place.learner_id,
                    unit=quiz.unit,
                    unit_id=quiz.unit_id,
                    item=question.item,
                    item_id=question.item.id,
                    attempt=1,
                    response={"value": response},
                    score=outcome.scaled,
                    is_correct=outcome.correct,
                    shown_at=shown_at,
                )
                statements.answered(place, self._keep(answer), question.asked, outcome)
        if quiz.place != QuizPlace.PRE:
            share = sum(outcome.scaled for _question, (_response, outcome) in given) / len(given)
            slot = f"{quiz.unit.slug}/{quiz.identifier}"
            with pretend(moment):
                self._keep(
                    Mark(
                        enrolment_id=place.id,
                        kind=MarkKind.REGULAR,
                        slot=slot,
                        value=Decimal(f"{10 * share:.2f}"),
                    )
                )
        return moment


def _conditions(place: Enrolment, marks: Sequence[Mark]) -> Sequence[Condition]:
    """What the rules ask of a module that has no lessons here."""
    average, grade = ledger.test_average(place, marks), ledger.grade_from(place, marks)
    return credits_.conditions_on(place, Progress(test_average=average, grade=grade))
