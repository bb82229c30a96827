"""The learner's pages: my learning, and the player that shows a unit."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.assessment import queries as assessment
from courses.assessment.models import Quiz, QuizPlace
from courses.assessment.views import Asked, asked_in
from courses.authoring import queries as authoring
from courses.catalogue import queries as catalogue
from courses.enrolment import queries as enrolments
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.learning import queries, service
from courses.learning.models import UnitProgress
from edu.accounts.models import Person
from edu.db import unit_of_work
from edu.http.session import actor
from edu.i18n import _, locale
from edu.tenancy import queries as tenancy

bp = Blueprint("learning", __name__)

ALL = "all"
"""What `missing` says in an address to have all open questions named; else an item's id."""


@dataclass(frozen=True)
class Study:
    """One class of a learner on the list of their learning."""

    enrolment: Enrolment
    college: str
    way: queries.Way

    @property
    def is_completed(self) -> bool:
        """True when the module's credits are earned."""
        return self.enrolment.state == EnrolmentState.COMPLETED


def studies_of(learner: Person) -> list[Study]:
    """Everything a person studies, at every college: what can go on first, what is over last."""
    places = enrolments.of_learner(learner.id)
    ways = queries.ways_across(places)
    colleges = tenancy.named({each.tenant_id for each in places})
    found = [Study(each, colleges[each.tenant_id].code, ways[each.id]) for each in places]
    return sorted(found, key=lambda one: (one.is_completed, one.way.next is None))


@bp.get("/learning")
def mine() -> ResponseReturnValue:
    """Everything I study."""
    return render_template("courses/learning/mine.html", studies=studies_of(actor()))


@bp.get("/at/<place>/classes/<uuid:class_group_id>/units/<uuid:unit_id>")
def unit(class_group_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """A unit, where the learner left off."""
    group = catalogue.get_for(actor(), class_group_id)
    enrolment = enrolments.own(actor(), group)
    with unit_of_work():
        shown = queries.unit_of(group, unit_id)
        progress = service.open_unit(enrolment, shown)
    way = queries.way_of(enrolment)
    quizzes = _quizzes(enrolment, progress)
    return render_template(
        "courses/learning/unit.html",
        group=group,
        enrolment=enrolment,
        unit=shown,
        progress=progress,
        way=way,
        following=way.after(shown),
        reading=authoring.blocks_of(
            shown,
            locale(),
            unit_url=lambda unit_id: url_for(
                ".unit", class_group_id=class_group_id, unit_id=unit_id
            ),
            module_url=url_for("catalogue.show", class_group_id=class_group_id),
        ),
        quizzes=quizzes,
        missing=request.args.get("missing"),
        still_open=_still_open(quizzes) if request.args.get("missing") == ALL else [],
    )


def _quizzes(enrolment: Enrolment, progress: UnitProgress) -> dict[str, tuple[Quiz, list[Asked]]]:
    found = assessment.quizzes_of(progress.unit)
    return {quiz.identifier: (quiz, asked_in(enrolment, quiz)) for quiz in found}


def _still_open(quizzes: dict[str, tuple[Quiz, list[Asked]]]) -> list[Asked]:
    """The questions that count and have no answer yet."""
    counted = [items for quiz, items in quizzes.values() if quiz.place != QuizPlace.PRE]
    return [asked for items in counted for asked in items if asked.answer is None]


@bp.post("/at/<place>/classes/<uuid:class_group_id>/units/<uuid:unit_id>/done")
def done(class_group_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Finish a unit and go on to the next; while questions are open, lead back to them."""
    group = catalogue.get_for(actor(), class_group_id)
    enrolment = enrolments.own(actor(), group)
    finished = queries.unit_of(group, unit_id)
    try:
        with unit_of_work():
            service.complete_unit(enrolment, finished)
    except service.QuestionsLeft:
        back = url_for(
            ".unit",
            class_group_id=class_group_id,
            unit_id=unit_id,
            missing=ALL,
            _anchor="still-open",
        )
        return redirect(back, 303)
    following = queries.way_of(enrolment).after(finished)
    if following is None:
        flash(_("That was the last lesson. Well done."))
        return redirect(url_for("catalogue.show", class_group_id=class_group_id), 303)
    flash(_("Lesson finished. Here is the next one."))
    return redirect(url_for(".unit", class_group_id=class_group_id, unit_id=following.unit.id), 303)


@bp.post("/at/<place>/classes/<uuid:class_group_id>/units/<uuid:unit_id>/left-at")
def left_at(class_group_id: UUID, unit_id: UUID) -> ResponseReturnValue:
    """Remember the block the learner sees; the browser tells it when the page is left."""
    group = catalogue.get_for(actor(), class_group_id)
    enrolment = enrolments.own(actor(), group)
    with unit_of_work():
        if progress := queries.progress_in(enrolment, queries.unit_of(group, unit_id)):
            service.leave_at(progress, request.form.get("block", ""))
    return "", 204
