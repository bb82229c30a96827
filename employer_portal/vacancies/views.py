"""The public pages: jobs to search, a job with the way to it."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from edu.accounts.models import Person
from edu.db import today
from edu.http.session import public, visitor
from edu.taxonomy import queries as taxonomy
from edu.tenancy.models import Organisation, OrganisationKind
from employer_portal.companies import queries as employers
from employer_portal.contacts import queries as contacts
from employer_portal.contacts.forms import YesForm
from employer_portal.contacts.models import Contact
from employer_portal.matching import queries as matching
from employer_portal.needs import policy as allowed
from employer_portal.needs import queries as needs
from employer_portal.needs.models import NeedKind, SkillNeed
from employer_portal.profiles import queries as profiles
from employer_portal.vacancies import queries

bp = Blueprint("vacancies", __name__)

COMMUNES_SHOWN = 8


@bp.get("/jobs")
@public
def index() -> ResponseReturnValue:
    """Search jobs; for who is signed in, first those that fit, and why."""
    text = request.args.get("q", "").strip()[:200]
    chosen = {name: request.args[name] for name in queries.FACETS if request.args.get(name)}
    found, hits = queries.search(
        text, {name: (value,) for name, value in chosen.items()}, request.args.get("after")
    )
    person = visitor()
    is_first = not text and not chosen and "after" not in request.args
    counted = {value.value for value in hits.facets.get("commune", ())[:COMMUNES_SHOWN]}
    return render_template(
        "employer_portal/vacancies/index.html",
        found=found,
        hits=hits,
        text=text,
        chosen=chosen,
        kinds={kind.value: kind.label for kind in NeedKind},
        communes=taxonomy.place_names(counted | set(chosen.get("commune", "").split())),
        fits=_fitting(person) if person and is_first else [],
        has_profile=person is not None and profiles.of(person.id) is not None,
    )


@bp.get("/jobs/<uuid:need_id>")
@public
def show(need_id: UUID) -> ResponseReturnValue:
    """A job: what it takes; for who is signed in, what they hold and what closes the gap."""
    need = needs.get_for(visitor(), need_id)
    vacancy = queries.with_names([need])[0]
    is_open = need.is_open_on(today()) and employers.is_verified(need.tenant_id)
    person = visitor()
    fit = matching.fit_for(person, need) if person else None
    return render_template(
        "employer_portal/vacancies/show.html",
        need=need,
        vacancy=vacancy,
        is_open=is_open,
        json_ld=queries.as_json_ld(vacancy) if is_open and need.is_vacancy else None,
        fit=fit,
        way=matching.way_to(fit, person.id) if person and fit and is_open else None,
        contact=_contact(person, need),
        is_old_enough=person is None or _is_old_enough(person, need),
        form=YesForm(formdata=None),
        has_profile=person is not None and profiles.of(person.id) is not None,
    )


def _is_old_enough(person: Person, need: SkillNeed) -> bool:
    return allowed.is_old_enough(person.birth_date, need.minimum_age, today())


def _fitting(person: Person) -> list[tuple[queries.Vacancy, matching.Fit]]:
    fits = matching.suggestions(person)
    return list(zip(queries.with_names(fit.need for fit in fits), fits, strict=True))


def _contact(person: Person | None, need: SkillNeed) -> Contact | None:
    profile = profiles.of(person.id) if person else None
    return contacts.between(need, profile) if profile else None


# Slots ----------------------------------------------------------------------------------------


def at_employer(organisation: Organisation) -> str:
    """On an employer's front page: its open jobs."""
    if organisation.kind != OrganisationKind.EMPLOYER:
        return ""
    found = queries.with_names(needs.open_at(organisation.id))
    return render_template("employer_portal/vacancies/_at_employer.html", found=found)
