"""Employers tell what newcomers lacked; colleges read it beside their modules."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from edu.db import unit_of_work
from edu.errors import Forbidden
from edu.http.session import actor
from edu.i18n import _
from employer_portal.feedback import policy, queries, service
from employer_portal.feedback.forms import FeedbackForm, as_said
from employer_portal.needs import queries as needs
from employer_portal.needs.models import SkillNeed

bp = Blueprint("feedback", __name__)


@bp.get("/at/<place>/needs/<uuid:need_id>/feedback")
def give(need_id: UUID) -> ResponseReturnValue:
    """Ask which skills the people met for a need lacked."""
    need = needs.own(actor(), need_id)
    said = as_said(queries.about(need), need)
    return _page(FeedbackForm(formdata=None, data=said), need)


@bp.post("/at/<place>/needs/<uuid:need_id>/feedback")
def save(need_id: UUID) -> ResponseReturnValue:
    """Keep what was said."""
    need = needs.own(actor(), need_id)
    form = FeedbackForm()
    form.ask_about(need)
    if not form.validate():
        return _page(form, need), 422 if form.errors else 200
    with unit_of_work():
        service.give(actor(), need, form.lacked(need))
    flash(_("Thank you. Colleges see it beside the modules that teach these skills."))
    return redirect(url_for("needs.index"), 303)


@bp.get("/at/<place>/feedback")
def heard() -> ResponseReturnValue:
    """What employers miss, beside the modules of the college."""
    if not policy.can_read_counts(actor(), g.place):
        raise Forbidden
    echo = queries.heard_at(g.place.id)
    return render_template("employer_portal/feedback/heard.html", echo=echo)


def _page(form: FeedbackForm, need: SkillNeed) -> str:
    form.ask_about(need)
    return render_template("employer_portal/feedback/give.html", form=form, need=need)
