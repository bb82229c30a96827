"""The gradebook of a class."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.catalogue import policy
from courses.catalogue import queries as catalogue
from courses.catalogue.models import ClassGroup
from courses.credits import queries as credits_of
from courses.enrolment import queries as enrolments
from courses.grading import queries, service
from courses.grading.forms import KINDS, MarkForm
from courses.grading.models import MarkKind
from courses.grading.queries import by_term
from courses.learning import queries as learning
from edu.audit import service as audit
from edu.db import today, unit_of_work
from edu.errors import Forbidden, NotFound
from edu.http.session import actor
from edu.i18n import _
from edu.tenancy.models import Organisation

bp = Blueprint("grading", __name__)

SHOWN = 5  # running classes on a front page; the others are one step away


def _taught(class_group_id: UUID) -> ClassGroup:
    group = catalogue.get_for(actor(), class_group_id)
    if not policy.can_teach(actor(), group):
        raise Forbidden
    return group


@bp.get("/at/<place>/teaching")
def teaching() -> ResponseReturnValue:
    """The classes I teach here."""
    if not policy.can_open(actor()):
        raise Forbidden
    groups = catalogue.taught_by(actor())
    return render_template(
        "courses/grading/teaching.html",
        terms=by_term(groups, today()),
        learners=enrolments.seats_taken_in([group.id for group in groups]),
    )


def classes_here(organisation: Organisation, level: int) -> str:
    """Lead a teacher to the classes that run now at a college; fills `place.staff`."""
    running = catalogue.running_of(actor(), limit=SHOWN)
    return render_template(
        "courses/grading/_classes_here.html",
        place=organisation,
        level=level,
        groups=running,
        learners=enrolments.seats_taken_in([group.id for group in running]),
    )


@bp.get("/at/<place>/classes/<uuid:class_group_id>/grades")
def gradebook(class_group_id: UUID) -> ResponseReturnValue:
    """Who learns in the class, how far each is, and every mark."""
    with unit_of_work():
        group = _taught(class_group_id)
        audit.record("marks.viewed", actor_id=actor().id, subject=group)
    return _show(group, MarkForm())


@bp.post("/at/<place>/classes/<uuid:class_group_id>/grades")
def give(class_group_id: UUID) -> ResponseReturnValue:
    """Give one mark."""
    group = _taught(class_group_id)
    form = MarkForm()
    if not form.validate_on_submit():
        return _show(group, form), 422
    enrolment_id = _uuid_or_none(form.enrolment_id.data)
    if enrolment_id is None:
        raise NotFound
    with unit_of_work():
        enrolment = enrolments.get_for(actor(), enrolment_id)
        if enrolment.class_group_id != group.id or form.value.data is None:
            raise NotFound
        service.give(actor(), enrolment, MarkKind(form.kind.data), form.value.data)
    flash(_("Mark given to %(name)s.", name=enrolment.learner.name))
    return redirect(url_for(".gradebook", class_group_id=class_group_id), 303)


def _show(group: ClassGroup, form: MarkForm) -> str:
    marks = queries.in_class(group)
    places = enrolments.in_class(group)
    return render_template(
        "courses/grading/gradebook.html",
        group=group,
        form=form,
        kinds=KINDS,
        marking=_uuid_or_none(request.args.get("for") or form.enrolment_id.data),
        lines=[
            (place, marks.get(place.id, []), credits_of.grade_from(place, marks.get(place.id, [])))
            for place in places
        ],
        done=learning.done_in_class(group),
        total=len([u for u in learning.units_of(group.module_id) if u.is_required]),
    )


def _uuid_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
