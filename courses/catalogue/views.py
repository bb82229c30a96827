"""Find a class and look at it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.catalogue import policy, queries, service
from courses.catalogue.forms import ClassForm
from courses.enrolment import policy as entering
from courses.enrolment import queries as enrolments
from courses.learning import queries as learning
from courses.programmes import queries as programmes
from edu.db import today, unit_of_work
from edu.errors import NotFound
from edu.http.forms import shown_in
from edu.http.session import actor, public, visitor
from edu.i18n import _
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind

bp = Blueprint("catalogue", __name__)

SHOWN = 48  # of all that is open; the others are found by words
ON_LANDING = 3


@bp.get("/courses")
@public
def index() -> ResponseReturnValue:
    """The open catalogue: what can be learned now, at every college."""
    text = request.args.get("q", "").strip()[:200]
    if text:
        found, hits = queries.search(text, request.args.get("after"))
    else:
        found, hits = queries.open_now(limit=SHOWN + 1), None
    return render_template(
        "courses/catalogue/index.html",
        groups=found[:SHOWN],
        hits=hits,
        colleges=_colleges(),
        text=text,
        is_cut=len(found) > SHOWN,
    )


@bp.get("/at/<place>/classes/<uuid:class_group_id>")
@public
def show(class_group_id: UUID) -> ResponseReturnValue:
    """A class: what one learns, with whom, when, and the way in."""
    group = queries.get_for(visitor(), class_group_id)
    person = visitor()
    enrolment = enrolments.find(group, person) if person else None
    return render_template(
        "courses/catalogue/show.html",
        group=group,
        enrolment=enrolment if enrolment and enrolment.state != "withdrawn" else None,
        units=learning.units_of(group.module_id),
        way=learning.way_of(enrolment) if enrolment else None,
        seats_left=enrolments.seats_left(group),
        is_over=group.is_over_on(today()),
        may_enter=person is None or entering.may_enter(person, group, today()),
    )


@bp.get("/at/<place>/modules/<uuid:module_id>/classes/new")
def new(module_id: UUID) -> ResponseReturnValue:
    """Offer to open a class of a module."""
    return _new_page(module_id, ClassForm())


@bp.post("/at/<place>/modules/<uuid:module_id>/classes/new")
def open_class(module_id: UUID) -> ResponseReturnValue:
    """Open a class of a module, with oneself as its teacher."""
    form = ClassForm()
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            group = service.open_class(
                actor(), programmes.module(module_id), form.run(), teacher=actor()
            )
    if form.errors:
        return _new_page(module_id, form), 422
    flash(_("The class is open as a draft. Publish it when learners may find it."))
    return redirect(url_for(".show", class_group_id=group.id), 303)


def _new_page(module_id: UUID, form: ClassForm) -> str:
    if not policy.can_open(actor()):
        raise NotFound
    return render_template(
        "courses/catalogue/new.html", form=form, module=programmes.module(module_id)
    )


@bp.post("/at/<place>/classes/<uuid:class_group_id>/publish")
def publish(class_group_id: UUID) -> ResponseReturnValue:
    """Let learners find the class."""
    with unit_of_work():
        group = queries.get_for(actor(), class_group_id)
        service.publish(actor(), group)
    flash(_("Learners can now find the class."))
    return redirect(url_for(".show", class_group_id=class_group_id), 303)


def _colleges() -> dict[UUID, Organisation]:
    return {college.id: college for college in tenancy.of_kind(OrganisationKind.COLLEGE)}


def on_landing() -> str:
    """What anyone can begin today, for the front page."""
    groups = queries.open_to_everyone(limit=ON_LANDING)
    if not groups:
        return ""
    return render_template("courses/catalogue/_landing.html", groups=groups, colleges=_colleges())


def search_on_landing() -> str:
    """The search field of the front page."""
    return render_template("courses/catalogue/_search.html")
