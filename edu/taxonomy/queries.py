"""Reads of reference data. Retired entries are found by code and nowhere else.

Nothing here belongs to a tenant, so everything may be read from everywhere.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from edu.db import db
from edu.errors import NotFound
from edu.i18n import LanguageMap, local
from edu.search.core.vietnamese import folded
from edu.taxonomy.core.names import keeps_accents, query_words
from edu.taxonomy.models import (
    ENTRIES,
    Entry,
    Occupation,
    OccupationSkill,
    Place,
    ProgrammeCode,
    ProgrammeField,
    ProgrammeOccupation,
    Release,
    Skill,
    SkillGroup,
    Source,
    Status,
)

E = TypeVar("E", Skill, Occupation, SkillGroup, ProgrammeCode)
C = TypeVar("C", Skill, Occupation)
Labelled = TypeVar("Labelled", bound=Entry)

AT_MOST = 50
WHOLE_NAME = 1  # ranks up to this one: a name is exactly what was typed
CANDIDATES = 4
"""How many times more is read than asked for, so that accents can put the best first."""


# Skills and occupations -----------------------------------------------------------------------


def skill_by_code(code: str) -> Skill:
    """Find a skill, retired or not. Raises NotFound."""
    return _by_code(Skill, code)


def skills_by_codes(codes: Sequence[str]) -> list[Skill]:
    """Find several skills at once, in the order asked for; unknown codes are left out."""
    found = {
        skill.code: skill
        for skill in db.session.scalars(sa.select(Skill).where(Skill.code.in_(codes)))
    }
    return [found[code] for code in dict.fromkeys(codes) if code in found]


def search_skills(text: str, limit: int = 20) -> list[Skill]:
    """Skills that have, for each word typed, a word that begins so; the likeliest first.

    Who types without accents means any; who types them means them, unless nothing has them.
    Whole words come before beginnings of words, our own entries before ESCO's.
    """
    return _search(Skill, text, limit)


def occupation_by_code(code: str) -> Occupation:
    """Find an occupation, retired or not. Raises NotFound."""
    return _by_code(Occupation, code)


def search_occupations(text: str, limit: int = 20) -> list[Occupation]:
    """Occupations, found as `search_skills` finds skills."""
    return _search(Occupation, text, limit)


def skills_of(occupation: Occupation) -> list[OccupationSkill]:
    """What an occupation takes: what is essential first, then what we say ourselves, by name."""
    needs = db.session.scalars(
        sa.select(OccupationSkill)
        .join(OccupationSkill.skill)
        .where(OccupationSkill.occupation_id == occupation.id, Skill.status == Status.ACTIVE)
        .options(contains_eager(OccupationSkill.skill))
    )
    return sorted(
        needs,
        key=lambda need: (
            not need.is_essential,
            need.source is not Source.OURS,
            folded(local(need.skill.label)),
        ),
    )


def occupations_needing(skill: Skill, limit: int = AT_MOST) -> list[OccupationSkill]:
    """Which occupations take a skill: those it is essential for first, ours before ESCO's."""
    needs = db.session.scalars(
        sa.select(OccupationSkill)
        .join(OccupationSkill.occupation)
        .where(OccupationSkill.skill_id == skill.id, Occupation.status == Status.ACTIVE)
        .options(contains_eager(OccupationSkill.occupation))
        .order_by(OccupationSkill.is_essential.desc(), Occupation.source.desc(), Occupation.code)
        .limit(limit)
    )
    return list(needs)


def occupations_taking(skill: Skill) -> int:
    """Count the occupations that take a skill."""
    counted = (
        sa.select(sa.func.count())
        .select_from(OccupationSkill)
        .join(OccupationSkill.occupation)
        .where(OccupationSkill.skill_id == skill.id, Occupation.status == Status.ACTIVE)
    )
    return db.session.scalar(counted) or 0


# Shelves and trades ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Shelf:
    """A group of skills and how many skills stand on it."""

    group: SkillGroup
    skills: int


def shelves(parent_code: str = "", *, source: Source | None = None) -> list[Shelf]:
    """The groups of skills in a group, or the outermost ones, by name."""
    counts = (
        sa.select(Skill.group_code, sa.func.count().label("skills"))
        .where(Skill.status == Status.ACTIVE)
        .group_by(Skill.group_code)
        .subquery()
    )
    rows = (
        sa.select(SkillGroup, sa.func.coalesce(counts.c.skills, 0))
        .join(counts, counts.c.group_code == SkillGroup.code, isouter=True)
        .where(SkillGroup.parent_code == parent_code, SkillGroup.status == Status.ACTIVE)
    )
    if source:
        rows = rows.where(SkillGroup.source == source)
    found = [Shelf(group, count) for group, count in db.session.execute(rows)]
    return sorted(found, key=lambda shelf: folded(local(shelf.group.label)))


def group_by_code(code: str) -> SkillGroup:
    """Find a group of skills. Raises NotFound."""
    return _by_code(SkillGroup, code)


def find_group(code: str) -> SkillGroup | None:
    """Find a group of skills, if there is one with this code."""
    return db.session.scalar(sa.select(SkillGroup).where(SkillGroup.code == code))


def skills_in(group: SkillGroup) -> list[Skill]:
    """The skills that stand right in a group, by name."""
    rows = sa.select(Skill).where(Skill.group_code == group.code, Skill.status == Status.ACTIVE)
    return _by_label(db.session.scalars(rows))


@dataclass(frozen=True)
class Trade:
    """A trade that is taught, at one level or at several."""

    code: str
    label: LanguageMap
    field_code: str
    levels: tuple[ProgrammeCode, ...]


def trades() -> list[tuple[ProgrammeField, list[Trade]]]:
    """The trades by field of education, both by name; a field without a trade is left out."""
    by_field: dict[str, list[Trade]] = {}
    for trade in _trades(sa.true()):
        by_field.setdefault(trade.field_code, []).append(trade)
    fields = db.session.scalars(
        sa.select(ProgrammeField).where(ProgrammeField.code.in_(list(by_field)))
    )
    return [(field, by_field[field.code]) for field in _by_label(fields)]


def trade_by_code(code: str) -> Trade:
    """Find a trade and the levels at which it is taught, the lowest first. Raises NotFound."""
    found = _trades(ProgrammeCode.trade == code)
    if not found:
        raise NotFound
    return found[0]


def occupations_after(trade: Trade) -> list[ProgrammeOccupation]:
    """The occupations a trade prepares for, each once: those it aims at first, then by name."""
    aims = db.session.scalars(
        sa.select(ProgrammeOccupation)
        .join(ProgrammeOccupation.occupation)
        .where(
            ProgrammeOccupation.programme_id.in_([level.id for level in trade.levels]),
            Occupation.status == Status.ACTIVE,
        )
        .options(contains_eager(ProgrammeOccupation.occupation))
        .order_by(ProgrammeOccupation.is_main)  # the aimed-at come last and so stand
    )
    each_once = {aim.occupation_id: aim for aim in aims}
    return sorted(
        each_once.values(),
        key=lambda aim: (not aim.is_main, folded(local(aim.occupation.label))),
    )


def trades_towards(occupation: Occupation) -> list[Trade]:
    """The trades that prepare for an occupation, by name."""
    return _trades(
        ProgrammeCode.id.in_(
            sa.select(ProgrammeOccupation.programme_id).where(
                ProgrammeOccupation.occupation_id == occupation.id
            )
        )
    )


def skills_behind(occupation_ids: Collection[UUID], limit: int = 12) -> list[Skill]:
    """The skills that most of these occupations take as essential, of our own list."""
    rows = db.session.scalars(
        sa.select(Skill)
        .join(OccupationSkill, OccupationSkill.skill_id == Skill.id)
        .where(
            OccupationSkill.occupation_id.in_(occupation_ids),
            OccupationSkill.is_essential,
            OccupationSkill.source == Source.OURS,
            Skill.status == Status.ACTIVE,
        )
        .group_by(Skill.id)
        .order_by(sa.func.count().desc(), Skill.code)
        .limit(limit)
    )
    return list(rows)


# Places ---------------------------------------------------------------------------------------


def places() -> list[Place]:
    """The provinces and municipalities, by name."""
    return children("")


def children(code: str) -> list[Place]:
    """The communes, wards and special zones of a province, by name."""
    rows = sa.select(Place).where(Place.parent_code == code, Place.status == Status.ACTIVE)
    return _by_label(db.session.scalars(rows))


def find_place(code: str) -> Place | None:
    """Find a place of either tier, retired or not; None where no place has the code."""
    return db.session.scalar(sa.select(Place).where(Place.code == code))


def place_names(codes: Iterable[str]) -> dict[str, LanguageMap]:
    """Give the names of several places at once, by code; codes of no place are left out."""
    rows = db.session.execute(sa.select(Place.code, Place.label).where(Place.code.in_(set(codes))))
    return {row.code: row.label for row in rows}


# What there is --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stock:
    """How many entries of a list one source wrote."""

    list: str
    source: Source
    active: int
    retired: int


def inventory() -> list[Stock]:
    """Count every list by source."""
    found: list[Stock] = []
    for kind in ENTRIES:
        active = sa.func.sum(sa.case((kind.status == Status.ACTIVE, 1), else_=0))
        rows = sa.select(kind.source, active, sa.func.count()).group_by(kind.source)
        found += [
            Stock(kind.__tablename__, source, in_use, count - in_use)
            for source, in_use, count in db.session.execute(rows.order_by(kind.source))
        ]
    return found


def releases(limit: int = 10) -> list[Release]:
    """List the last imports that changed something, the latest first."""
    rows = sa.select(Release).order_by(Release.number.desc()).limit(limit)
    return list(db.session.scalars(rows))


# What they share ------------------------------------------------------------------------------


def _by_code(kind: type[E], code: str) -> E:
    found = db.session.scalar(sa.select(kind).where(kind.code == code))
    if found is None:
        raise NotFound
    return found


def _search(kind: type[C], text: str, limit: int) -> list[C]:
    words = query_words(text)
    if not words:
        return []
    phrase = " ".join(words)
    rank = _rank(kind, phrase)
    rows = (
        sa.select(kind, rank)
        .where(
            kind.status == Status.ACTIVE,
            *(kind.search_text.like(f"% {word}%") for word in words),
        )
        .order_by(rank, kind.source.desc(), sa.func.length(kind.search_text), kind.code)
        .limit(min(limit, AT_MOST) * CANDIDATES)
    )
    found = list(db.session.execute(rows).all())
    found.sort(key=lambda pair: (pair[1] > WHOLE_NAME, not _labelled(pair[0], phrase)))
    concepts = [concept for concept, _rank in found]
    as_typed = [concept for concept in concepts if keeps_accents(text, concept.names)]
    return (as_typed or concepts)[:limit]


def _labelled(concept: Skill | Occupation, phrase: str) -> bool:
    """Whether a label, not only a synonym, holds these whole words; LIKE cannot tell them apart."""
    return any(f" {phrase} " in f" {folded(label)} " for label in concept.label.values())


def _rank(kind: type[C], phrase: str) -> sa.Case[int]:
    """How well the names fit: whole words before beginnings, the label before other names."""
    best_first = (
        [f"| {phrase} |%"],
        [f"%| {phrase} |%"],
        [f"| {phrase} %"],
        [f"%| {phrase} %", f"% {phrase} |%"],
        [f"% {phrase} %"],
        [f"| {phrase}%"],
        [f"%| {phrase}%"],
        [f"% {phrase}%"],
    )
    fits = [
        (sa.or_(*(kind.search_text.like(pattern) for pattern in patterns)), place)
        for place, patterns in enumerate(best_first)
    ]
    return sa.case(*fits, else_=len(best_first))


def _trades(condition: sa.ColumnElement[bool]) -> list[Trade]:
    rows = db.session.scalars(
        sa.select(ProgrammeCode)
        .where(condition, ProgrammeCode.status == Status.ACTIVE)
        .order_by(ProgrammeCode.level)
    )
    by_trade: dict[str, list[ProgrammeCode]] = {}
    for programme in rows:
        by_trade.setdefault(programme.trade, []).append(programme)
    found = [
        Trade(code, levels[-1].label, levels[-1].field_code, tuple(levels))
        for code, levels in by_trade.items()
    ]
    return sorted(found, key=lambda trade: folded(local(trade.label)))


def _by_label(entries: Iterable[Labelled]) -> list[Labelled]:
    return sorted(entries, key=lambda entry: folded(local(entry.label)))
