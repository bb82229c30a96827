"""The employer's page of a need: who fits it, and why."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import unit_of_work
from edu.http.session import actor
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies import policy as companies
from employer_portal.companies import queries as employers
from employer_portal.contacts import queries as contacts
from employer_portal.contacts.forms import MessageForm
from employer_portal.matching import queries
from employer_portal.needs import queries as needs
from employer_portal.profiles import queries as profiles

bp = Blueprint("matching", __name__)

SHOWN = 30
NEEDS_SHOWN = 5  # on a front page; the others are one step away


def needs_here(organisation: Organisation, level: int) -> str:
    """Lead an employer to what it looks for, with how many fit; fills `place.staff`."""
    if organisation.kind != OrganisationKind.EMPLOYER or not companies.can_hire(actor()):
        return ""
    published = needs.published_by(organisation.id)[:NEEDS_SHOWN]
    return render_template(
        "employer_portal/matching/_needs_here.html",
        place=organisation,
        level=level,
        found=[(need, queries.count_candidates(actor(), need)) for need in published],
    )


@bp.get("/at/<place>/needs/<uuid:need_id>/candidates")
def candidates(need_id: UUID) -> ResponseReturnValue:
    """Who agreed to be found and fits, the best first, each with the reasons."""
    need = needs.own(actor(), need_id)
    found = queries.best_candidates(actor(), need, SHOWN)
    fits = queries.fits_of([one.profile for one in found], need)
    met = contacts.about(need)
    return render_template(
        "employer_portal/matching/candidates.html",
        need=need,
        is_verified=employers.is_verified(need.tenant_id),
        found=[
            (one, profiles.label_of(one.profile), fit) for one, fit in zip(found, fits, strict=True)
        ],
        total=queries.count_candidates(actor(), need),
        met=met,
        met_by_profile={contact.profile_id: contact for contact in met},
    )


@bp.get("/at/<place>/needs/<uuid:need_id>/candidates/<uuid:profile_id>")
def candidate(need_id: UUID, profile_id: UUID) -> ResponseReturnValue:
    """One candidate, without a name: what is shown and how it fits. Each look is recorded."""
    need = needs.own(actor(), need_id)
    profile = profiles.get_for(actor(), profile_id)
    with unit_of_work():
        audit.record_look(profile.person, actor_id=actor().id)
    return render_template(
        "employer_portal/matching/candidate.html",
        need=need,
        shown=profiles.showcase(profile),
        fit=queries.fits_of([profile], need)[0],
        contact=contacts.between(need, profile),
        form=MessageForm(formdata=None),
    )


# Slots ----------------------------------------------------------------------------------------


def best_job(learner: Person) -> str:
    """On the start page: the job within nearest reach, in one sentence."""
    found = queries.suggestions(learner, limit=1)
    if not found:
        return ""
    fit = found[0]
    employer = tenancy.get(fit.need.tenant_id)
    return render_template("employer_portal/matching/_best.html", fit=fit, employer=employer)
