"""Public pages: search and browse skills, occupations and trades; a page for each."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from edu.errors import NotFound
from edu.http.session import public
from edu.taxonomy import queries
from edu.taxonomy.forms import FIELD_NAME, MOST, SkillChoice, question
from edu.taxonomy.models import Source, Status
from edu.taxonomy.words import KIND_WORDS, LEVEL_WORDS

bp = Blueprint("taxonomy", __name__, url_prefix="/taxonomy")

SHOWN = 12


@bp.get("")
@public
def show() -> ResponseReturnValue:
    """Search everything, or browse trades and shelves of skills."""
    asked = request.args.get("q", "").strip()[:200]
    if asked:
        return render_template(
            "edu/taxonomy/found.html",
            asked=asked,
            skills=queries.search_skills(asked, SHOWN),
            occupations=queries.search_occupations(asked, SHOWN),
        )
    return render_template(
        "edu/taxonomy/show.html",
        trades=queries.trades(),
        shelves=queries.shelves(source=Source.OURS),
        esco_shelves=queries.shelves(source=Source.ESCO),
    )


@bp.get("/trades/<code>")
@public
def trade(code: str) -> ResponseReturnValue:
    """Show a trade: its levels, the occupations it leads to and the skills they take."""
    found = queries.trade_by_code(code)
    aims = queries.occupations_after(found)
    aimed_at = [aim.occupation_id for aim in aims if aim.is_main]
    return render_template(
        "edu/taxonomy/trade.html",
        trade=found,
        aims=aims,
        skills=queries.skills_behind(aimed_at),
        level_words=LEVEL_WORDS,
    )


@bp.get("/groups/<code>")
@public
def group(code: str) -> ResponseReturnValue:
    """Show a shelf of skills and the shelves within it."""
    found = queries.group_by_code(code)
    return render_template(
        "edu/taxonomy/group.html",
        group=found,
        around=queries.find_group(found.parent_code),
        within=queries.shelves(found.code),
        skills=queries.skills_in(found),
        kind_words=KIND_WORDS,
    )


@bp.get("/skills/find")
@public
def find_skills() -> ResponseReturnValue:
    """Answer the picker as one types: what is ticked and what the words find."""
    name = request.args.get("field", "")
    if not FIELD_NAME.fullmatch(name):
        raise NotFound
    choice = SkillChoice(
        name=name,
        most=request.args.get("most", MOST, type=int),
        asked=question(request.args, name),
        codes=tuple(request.args.getlist(name)[:100]),
    )
    return render_template("edu/taxonomy/_choice.html", choice=choice)


@bp.get("/skills/<code>")
@public
def skill(code: str) -> ResponseReturnValue:
    """Show a skill and the occupations that take it."""
    found = queries.skill_by_code(code)
    return render_template(
        "edu/taxonomy/skill.html",
        skill=found,
        group=queries.find_group(found.group_code),
        needs=queries.occupations_needing(found),
        count=queries.occupations_taking(found),
        kind_words=KIND_WORDS,
        is_retired=found.status is Status.RETIRED,
    )


@bp.get("/occupations/<code>")
@public
def occupation(code: str) -> ResponseReturnValue:
    """Show an occupation: the skills it takes, and the trades that lead to it."""
    found = queries.occupation_by_code(code)
    needs = queries.skills_of(found)
    ours = [need for need in needs if need.source is Source.OURS]
    return render_template(
        "edu/taxonomy/occupation.html",
        occupation=found,
        essential=[need for need in ours if need.is_essential],
        useful=[need for need in ours if not need.is_essential],
        further=[need for need in needs if need.source is not Source.OURS],
        trades=queries.trades_towards(found),
        kind_words=KIND_WORDS,
        is_retired=found.status is Status.RETIRED,
    )
