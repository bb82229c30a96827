"""An employer's own entry, and the register in which the province verifies employers."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.accounts.models import Role
from edu.db import unit_of_work
from edu.errors import Forbidden, NotFound
from edu.http.forms import shown_in
from edu.http.paging import page
from edu.http.session import actor
from edu.i18n import _, words
from edu.taxonomy import queries as taxonomy
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies import policy, queries, service
from employer_portal.companies.forms import CompanyForm, RefuseForm, RegisterForm, offer_choices
from employer_portal.companies.models import Company, Standing

bp = Blueprint("companies", __name__)

ALL = "all"
"""Asks for the whole register; without a word the page shows what waits, if anything does."""


@bp.route("/employers/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Register an employer; its first recruiter is whoever does so."""
    form = RegisterForm()
    offer_choices(form)
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            name = words(form.name.data, "")
            company = service.register(actor(), name, form.facts())
            flash(_("Registered. The province looks at it next; you can already prepare jobs."))
            return redirect(url_for(".edit", place=company.organisation.code), 303)
    status = 422 if form.errors else 200
    return render_template("employer_portal/companies/register.html", form=form), status


@bp.route("/at/<place>/company", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """The employer's entry: what it says of itself, where the province stands, who hires."""
    if g.place.kind != OrganisationKind.EMPLOYER:
        raise NotFound
    if not policy.can_hire(actor()):
        raise Forbidden
    company = queries.of(g.place.id)
    form = CompanyForm()
    offer_choices(form)
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            service.describe(actor(), g.place, form.facts())
            flash(_("Saved."))
            return redirect(url_for(".edit"), 303)
    elif company and not form.is_submitted():
        form.show(company)
    return render_template(
        "employer_portal/companies/edit.html",
        form=form,
        company=company,
        recruiters=accounts.people_with(Role.RECRUITER, g.place.id),
        trainers=accounts.people_with(Role.TRAINER, g.place.id),
    ), 422 if form.errors else 200


# The province ---------------------------------------------------------------------------------


@bp.get("/at/<place>/employers")
def entries() -> ResponseReturnValue:
    """The register of employers, for the province."""
    return _register_page(RefuseForm(formdata=None))


@bp.post("/at/<place>/employers/<uuid:company_id>/verify")
def verify(company_id: UUID) -> ResponseReturnValue:
    """Stand by an employer."""
    with unit_of_work():
        company = queries.get_for(actor(), company_id)
        service.verify(actor(), company)
    flash(_("Verified. The employer's jobs are published now."))
    return redirect(url_for(".entries"), 303)


@bp.post("/at/<place>/employers/<uuid:company_id>/refuse")
def refuse(company_id: UUID) -> ResponseReturnValue:
    """Refuse an employer, with the reason that it will read."""
    form = RefuseForm()
    if not form.validate():
        return _register_page(form, wrong=company_id), 422
    with unit_of_work():
        company = queries.get_for(actor(), company_id)
        service.refuse(actor(), company, because=form.because.data)
    flash(_("Refused. The employer sees the reason."))
    return redirect(url_for(".entries"), 303)


def _register_page(form: RefuseForm, wrong: UUID | None = None) -> str:
    if g.place.kind != OrganisationKind.PROVINCE or not policy.can_decide(actor()):
        raise Forbidden
    counts = queries.counts()
    usual = Standing.PENDING if counts[Standing.PENDING] else ALL
    said = request.args.get("standing", usual)
    chosen = Standing(said) if said in set(Standing) else None
    return render_template(
        "employer_portal/companies/entries.html",
        found=page(queries.entries(actor(), chosen), Company.id),
        counts=counts,
        chosen=chosen,
        form=form,
        wrong=wrong,
    )


# Slots ----------------------------------------------------------------------------------------


def about(organisation: Organisation) -> str:
    """What the front page of an employer says of it."""
    company = queries.of(organisation.id)
    if company is None or not company.is_verified:
        return ""
    return render_template(
        "employer_portal/companies/_about.html",
        company=company,
        industry=queries.industry(company.industry_code),
        commune=taxonomy.find_place(organisation.place_code),
    )
