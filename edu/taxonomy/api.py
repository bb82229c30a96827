"""JSON about reference data: autocomplete, and a feed of changes. Open to everybody."""

from flask import Blueprint
from spectree import Response

from edu.http.api import api
from edu.http.errors import Problem
from edu.http.session import public
from edu.taxonomy import feed, queries
from edu.taxonomy.schemas import (
    ChangeOut,
    ChangesIn,
    ChangesOut,
    OccupationOut,
    OccupationsOut,
    SearchIn,
    SkillOut,
    SkillsOut,
)

bp = Blueprint("taxonomy_api", __name__, url_prefix="/api/v1/taxonomy")


@bp.get("/skills")
@api.validate(resp=Response(HTTP_200=SkillsOut, HTTP_422=Problem), tags=["taxonomy"])
@public
def skills(query: SearchIn) -> SkillsOut:
    """Find skills by the beginnings of words in any of their names, accents or not."""
    found = queries.search_skills(query.q, query.limit)
    return SkillsOut(items=[SkillOut.of(skill) for skill in found])


@bp.get("/skills/<code>")
@api.validate(resp=Response(HTTP_200=SkillOut, HTTP_404=Problem), tags=["taxonomy"])
@public
def skill(code: str) -> SkillOut:
    """Show a skill by its code, also a retired one."""
    return SkillOut.of(queries.skill_by_code(code))


@bp.get("/occupations")
@api.validate(resp=Response(HTTP_200=OccupationsOut, HTTP_422=Problem), tags=["taxonomy"])
@public
def occupations(query: SearchIn) -> OccupationsOut:
    """Find occupations by the beginnings of words in any of their names, accents or not."""
    found = queries.search_occupations(query.q, query.limit)
    return OccupationsOut(items=[OccupationOut.of(occupation) for occupation in found])


@bp.get("/occupations/<code>")
@api.validate(resp=Response(HTTP_200=OccupationOut, HTTP_404=Problem), tags=["taxonomy"])
@public
def occupation(code: str) -> OccupationOut:
    """Show an occupation by its code, also a retired one."""
    return OccupationOut.of(queries.occupation_by_code(code))


@bp.get("/changes")
@api.validate(resp=Response(HTTP_200=ChangesOut, HTTP_422=Problem), tags=["taxonomy"])
@public
def changes(query: ChangesIn) -> ChangesOut:
    """List entries of every list in the order of their last change, from a cursor on."""
    found = feed.changes(query.since, query.limit)
    cursor = found[-1].cursor if found else query.since
    return ChangesOut(items=[ChangeOut.of(entry) for entry in found], cursor=cursor)
