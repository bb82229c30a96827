"""JSON about jobs: public to read, and posted by recruiters' machines."""

from uuid import UUID

from flask import Blueprint, Response, jsonify
from spectree import Response as Responses

from edu.db import unit_of_work
from edu.errors import Invalid, NotFound
from edu.http.api import api, idempotent
from edu.http.errors import Problem
from edu.http.paging import page
from edu.http.session import actor, public
from edu.i18n import lazy
from edu.taxonomy import queries as taxonomy
from edu.taxonomy.models import Occupation, Skill
from employer_portal.needs import queries as needs
from employer_portal.needs import service
from employer_portal.needs.models import SkillNeed
from employer_portal.vacancies import queries
from employer_portal.vacancies.schemas import JobOut, JobsIn, JobsOut, NeedIn, NeedOut

bp = Blueprint("vacancies_api", __name__, url_prefix="/api/v1")


@bp.get("/jobs")
@api.validate(resp=Responses(HTTP_200=JobsOut, HTTP_422=Problem), tags=["jobs"])
@public
def jobs(query: JobsIn) -> JobsOut:  # noqa: ARG001 - read by paging, named for the description
    """List the open vacancies of every employer, the newest first."""
    found = page(needs.vacancies().execution_options(all_tenants=True), SkillNeed.id)
    return JobsOut(
        items=[JobOut.of(one) for one in queries.with_names(found.items)], after=found.after
    )


@bp.get("/jobs/<uuid:need_id>")
@api.validate(resp=Responses(HTTP_200=JobOut, HTTP_404=Problem), tags=["jobs"])
@public
def job(need_id: UUID) -> JobOut:
    """Show an open vacancy."""
    found = needs.by_ids([need_id]).get(need_id)
    if found is None:
        raise NotFound
    return JobOut.of(queries.with_names([found])[0])


@bp.post("/at/<place>/needs")
@api.validate(
    resp=Responses(HTTP_201=NeedOut, HTTP_401=Problem, HTTP_403=Problem, HTTP_422=Problem),
    tags=["jobs"],
)
@idempotent
def post(json: NeedIn) -> Response:
    """Post a need of an employer for which the token's person recruits."""
    with unit_of_work():
        need = service.draft(actor(), _text(json))
        if json.publish:
            service.publish(actor(), need)
    answer = jsonify(NeedOut.of(need).model_dump(mode="json"))
    answer.status_code = 201
    return answer


def _text(said: NeedIn) -> service.NeedText:
    essential = [(skill, True) for skill in _skills("essential", said.essential)]
    optional = [(skill, False) for skill in _skills("optional", said.optional)]
    return service.NeedText(
        title=said.title,
        about=said.about,
        occupation=_occupation(said.occupation),
        skills=[*essential, *optional],
        kind=said.kind,
        place_code=said.place,
        openings=said.openings,
        contract=said.contract,
        pay_from=said.pay_from,
        pay_to=said.pay_to,
        minimum_age=said.minimum_age,
        valid_until=said.valid_until,
    )


def _occupation(code: str) -> Occupation:
    try:
        return taxonomy.occupation_by_code(code)
    except NotFound:
        unknown = lazy("There is no occupation with this code.")
        raise Invalid(fields={"occupation": unknown}) from None


def _skills(field: str, codes: list[str]) -> list[Skill]:
    found = taxonomy.skills_by_codes(codes)
    if len(found) < len(set(codes)):
        raise Invalid(fields={field: lazy("There is no skill with one of these codes.")})
    return found
