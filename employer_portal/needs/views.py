"""The employer's pages about its needs: list, post in minutes, change, publish, close."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.db import unit_of_work
from edu.errors import Forbidden, Invalid
from edu.http.forms import shown_in
from edu.http.paging import page
from edu.http.session import actor
from edu.i18n import _
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Occupation
from employer_portal.companies import policy as companies
from employer_portal.companies import queries as employers
from employer_portal.needs import queries, service
from employer_portal.needs.forms import NeedForm, as_typed, defaults_for
from employer_portal.needs.models import Closing, NeedState, SkillNeed

bp = Blueprint("needs", __name__)


@bp.get("/at/<place>/needs")
def index() -> ResponseReturnValue:
    """What the employer looks for, newest first."""
    _recruiters_only()
    said = request.args.get("state", "")
    chosen = NeedState(said) if said in set(NeedState) else None
    return render_template(
        "employer_portal/needs/index.html",
        found=page(queries.here(chosen), SkillNeed.id),
        chosen=chosen,
        states=NeedState,
        company=employers.of(g.place.id),
    )


@bp.get("/at/<place>/needs/new")
def new() -> ResponseReturnValue:
    """Ask what work it is; once that is known, show the form with everything usual filled in."""
    _recruiters_only()
    title = request.args.get("title", "").strip()[:120]
    if code := request.args.get("occupation", ""):
        occupation = taxonomy.occupation_by_code(code)
        usual = defaults_for(occupation, title, g.place.place_code)
        return _form_page(NeedForm(formdata=None, data=usual), occupation)
    return render_template(
        "employer_portal/needs/occupation.html",
        title=title,
        occupations=queries.occupations_for(title),
    )


@bp.post("/at/<place>/needs/new")
def create() -> ResponseReturnValue:
    """Keep a new need, and publish it when the button said so."""
    _recruiters_only()
    form = NeedForm()
    occupation = taxonomy.occupation_by_code(form.occupation.data or "")
    if form.validate():
        with shown_in(form), unit_of_work():
            need = service.draft(actor(), form.text(occupation))
            return _kept(need)
    return _form_page(form, occupation), 422 if form.errors else 200


@bp.route("/at/<place>/needs/<uuid:need_id>/edit", methods=["GET", "POST"])
def edit(need_id: UUID) -> ResponseReturnValue:
    """Change a need."""
    need = queries.own(actor(), need_id)
    if not request.form:
        return _form_page(NeedForm(formdata=None, data=as_typed(need)), need.occupation, need)
    form = NeedForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            occupation = taxonomy.occupation_by_code(form.occupation.data or "")
            service.change(actor(), need, form.text(occupation))
            return _kept(need)
    return _form_page(form, need.occupation, need), 422 if form.errors else 200


@bp.post("/at/<place>/needs/<uuid:need_id>/publish")
def publish(need_id: UUID) -> ResponseReturnValue:
    """Let everyone see it."""
    with unit_of_work():
        service.publish(actor(), queries.own(actor(), need_id))
    flash(_said_of_publishing())
    return redirect(url_for("matching.candidates", need_id=need_id), 303)


@bp.post("/at/<place>/needs/<uuid:need_id>/close")
def close(need_id: UUID) -> ResponseReturnValue:
    """Look for nobody any more; a filled one leads to the question what newcomers lacked."""
    said = request.form.get("because", "")
    if said not in {Closing.FILLED, Closing.WITHDRAWN}:
        raise Invalid
    with unit_of_work():
        service.close(actor(), queries.own(actor(), need_id), Closing(said))
    if said == Closing.FILLED:
        flash(_("Well done. What did the people you met lack? Colleges teach what you tell them."))
        return redirect(url_for("feedback.give", need_id=need_id), 303)
    flash(_("Closed. Nobody sees it as open any more."))
    return redirect(url_for(".index"), 303)


def _recruiters_only() -> None:
    if not companies.can_hire(actor()):
        raise Forbidden


def _form_page(form: NeedForm, occupation: Occupation, need: SkillNeed | None = None) -> str:
    return render_template(
        "employer_portal/needs/edit.html", form=form, occupation=occupation, need=need
    )


def _kept(need: SkillNeed) -> ResponseReturnValue:
    """Go on after saving, inside the open unit of work."""
    if "publish" in request.form:
        service.publish(actor(), need)
        flash(_said_of_publishing())
        return redirect(url_for("matching.candidates", need_id=need.id), 303)
    flash(_("Saved."))
    return redirect(url_for(".index"), 303)


def _said_of_publishing() -> str:
    if employers.is_verified(g.place.id):
        return str(_("Published. Below are the people who fit; new ones appear as they come."))
    return str(_("Ready. It is published as soon as the province has verified your enterprise."))
