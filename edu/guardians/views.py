"""Pages of parents, and of learners about their parents."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import unit_of_work
from edu.guardians import queries, service
from edu.guardians.forms import ChildForm
from edu.http.forms import shown_in
from edu.http.ratelimit import limiter
from edu.http.session import actor
from edu.i18n import _

bp = Blueprint("guardians", __name__)


@bp.get("/children")
def children() -> ResponseReturnValue:
    """Show the children who consented, each with what other packages tell of them."""
    return _children_page(ChildForm())


def children_first(learner: Person) -> str:
    """Lead a parent to the children who consented; fills `home.next`."""
    ties = queries.children_of(learner)
    return render_template("edu/guardians/_children.html", ties=ties) if ties else ""


@bp.post("/children")
@limiter.limit("10 per hour", key_func=lambda: f"guardian:{actor().id}")
def ask() -> ResponseReturnValue:
    """Ask a child for consent; the answer tells nothing about the address."""
    form = ChildForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            service.ask(actor(), form.email.data)
    if form.errors:
        return _children_page(form), 422
    flash(_("If this address has an account, its owner now sees your request and can agree to it."))
    return redirect(url_for(".children"), 303)


def _children_page(form: ChildForm) -> str:
    ties = queries.children_of(actor())
    return render_template("edu/guardians/children.html", form=form, ties=ties)


@bp.get("/children/<uuid:tie_id>")
def child(tie_id: UUID) -> ResponseReturnValue:
    """Show one child's progress; each look is recorded."""
    tie = queries.child_of(actor(), tie_id)
    with unit_of_work():
        audit.record_look(tie.learner, actor_id=actor().id)
    return render_template("edu/guardians/child.html", tie=tie)


@bp.get("/guardians")
def requests() -> ResponseReturnValue:
    """Show the learner who asked to follow them, and what they answered."""
    return render_template("edu/guardians/requests.html", ties=queries.requests_to(actor()))


@bp.post("/guardians/<uuid:tie_id>/agree")
def agree(tie_id: UUID) -> ResponseReturnValue:
    """Let a parent follow one's progress."""
    return _decide(tie_id, agrees=True)


@bp.post("/guardians/<uuid:tie_id>/refuse")
def refuse(tie_id: UUID) -> ResponseReturnValue:
    """Refuse a parent's request, or withdraw a consent given earlier."""
    return _decide(tie_id, agrees=False)


def _decide(tie_id: UUID, *, agrees: bool) -> ResponseReturnValue:
    with unit_of_work():
        service.decide(queries.get_for(actor(), tie_id), actor=actor(), agrees=agrees)
    flash(_("Saved. You can change your answer at any time."))
    return redirect(url_for(".requests"), 303)


def waiting_notice(**_context: object) -> str:
    """Tell a learner's start page that a parent waits for an answer; fills `home.next`."""
    waiting = queries.waiting_for(actor())
    return render_template("edu/guardians/_waiting.html", waiting=waiting) if waiting else ""
