"""Bring reference data in: what we ship, the Commission's ESCO, the official lists of places.

Each import compares by fingerprint and touches only what changed. Nothing that others may point
at is deleted: what a list no longer holds is retired. The caller opens the unit of work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from edu.db import db
from edu.taxonomy.core import curated, hierarchy, units, wanted
from edu.taxonomy.core.archive import ArchiveRefused, Refusal
from edu.taxonomy.core.changes import Link, Wanted
from edu.taxonomy.core.curated import Curated
from edu.taxonomy.core.entries import Need, Preparation, SkillKind
from edu.taxonomy.core.esco import (
    EscoArchive,
    EscoGroup,
    EscoOccupation,
    EscoOccupationSkill,
    EscoSkill,
    Relation,
    Table,
)
from edu.taxonomy.core.recognise import FileKind, kind_of
from edu.taxonomy.models import (
    AnyConcept,
    AnyEntry,
    Industry,
    Occupation,
    Place,
    ProgrammeCode,
    ProgrammeField,
    Skill,
    SkillGroup,
    Source,
    Status,
)
from edu.taxonomy.run import AIMS, NEEDS, Progress, Report, Run, silent

C = TypeVar("C", EscoSkill, EscoOccupation)

ESCO_TABLES = (
    Table.SKILLS,
    Table.SKILL_GROUPS,
    Table.OCCUPATIONS,
    Table.OCCUPATION_SKILLS,
    Table.BROADER_SKILLS,
    Table.BROADER_OCCUPATIONS,
)
"""Without one of these the rest would come in with holes."""

__all__ = ["Report", "import_esco", "import_units", "install_curated"]


# What we ship ---------------------------------------------------------------------------------


def install_curated(*, ours: Curated | None = None, progress: Progress = silent) -> Report:
    """Bring our own skills, occupations, programmes and places in. Safe to run again.

    Entries that ESCO enriched keep what it added. Places that an official list has taken over
    stay as that list has them. Raises SheetRefused when the shipped files do not hold together.
    """
    ours = ours or curated.read()
    run = Run(Source.OURS, [f"{name}.csv" for name in curated.COLUMNS], progress)
    run.entries(SkillGroup, [[wanted.of_labelled(each) for each in ours.skill_groups]])
    run.entries(Skill, [[wanted.of_skill(each) for each in ours.skills]])
    run.entries(Occupation, [[wanted.of_occupation(each) for each in ours.occupations]])
    run.entries(ProgrammeField, [[wanted.of_labelled(each) for each in ours.programme_fields]])
    run.entries(ProgrammeCode, [[wanted.of_programme(each) for each in ours.programmes]])
    run.entries(Industry, [[wanted.of_labelled(each) for each in ours.industries]])
    places = [*map(wanted.of_province, ours.provinces), *map(wanted.of_commune, ours.communes)]
    run.entries(Place, [places])
    _link_curated(run, ours)
    return run.finish()


def _link_curated(run: Run, ours: Curated) -> None:
    skills, occupations, programmes = _ids(Skill), _ids(Occupation), _ids(ProgrammeCode)
    needs = [
        ((occupations[each.occupation], skills[each.skill]), each.need is Need.ESSENTIAL)
        for each in ours.occupation_skills
    ]
    own = [occupations[each.code] for each in ours.occupations]
    run.links(NEEDS, [needs], of=own, outranks=True)
    aims = [
        (
            (programmes[each.programme], occupations[each.occupation]),
            each.preparation is Preparation.MAIN,
        )
        for each in ours.programme_occupations
    ]
    run.links(AIMS, [aims])


def _ids(kind: type[AnyEntry]) -> dict[str, UUID]:
    """Our ids by code."""
    return dict(db.session.execute(sa.select(kind.code, kind.id)).all())


# Places ---------------------------------------------------------------------------------------


def import_units(paths: Sequence[Path], *, progress: Progress = silent) -> Report:
    """Bring the official lists of provinces and communes in; they outrank what we ship.

    A list of communes speaks for the provinces that occur in it: what it leaves out there is
    retired. Raises SheetRefused with every mistake.
    """
    run = Run(Source.UNITS, [path.name for path in paths], progress)
    by_kind = {kind_of(path): path for path in paths}
    if path := by_kind.get(FileKind.PROVINCES):
        provinces = units.provinces(path.name, path.read_bytes())
        above = _places_above()
        run.entries(
            Place,
            [[wanted.of_province(each) for each in provinces]],
            name="province",
            outranks=True,
            among=lambda code: not above.get(code),
        )
    if path := by_kind.get(FileKind.COMMUNES):
        above = _places_above()
        of = [code for code, parent in above.items() if not parent]
        communes = units.communes(path.name, path.read_bytes(), of=of)
        spoken_for = {each.province for each in communes}
        run.entries(
            Place,
            [[wanted.of_commune(each) for each in communes]],
            name="commune",
            outranks=True,
            among=lambda code: above[code] in spoken_for,
        )
    return run.finish()


def _places_above() -> dict[str, str]:
    """The province above each place, by code; empty for provinces. Retired ones count too."""
    return dict(db.session.execute(sa.select(Place.code, Place.parent_code)).all())


# ESCO -----------------------------------------------------------------------------------------


def import_esco(
    paths: Sequence[Path],
    *,
    language: str = "en",
    ours: Curated | None = None,
    progress: Progress = silent,
) -> Report:
    """Bring ESCO in from its official archives: of one language, and of relations.

    Ours comes first, so that concepts which mean exactly the same merge into our entries: id,
    code and names stay ours, ESCO adds its names. Raises ArchiveRefused.
    """
    install_curated(ours=ours)
    run = Run(Source.ESCO, [path.name for path in paths], progress)
    with ExitStack() as stack:
        archives = [stack.enter_context(EscoArchive(path, language=language)) for path in paths]
        there = _tables(archives)
        _import_groups_and_skills(run, there, language)
        _import_occupations(run, there[Table.OCCUPATIONS], language)
        related = there[Table.OCCUPATION_SKILLS].occupation_skills()
        run.links(NEEDS, _pairs(run, related))
    return run.finish()


def _tables(archives: Iterable[EscoArchive]) -> dict[Table, EscoArchive]:
    there = {table: archive for archive in archives for table in archive.tables()}
    missing = [table for table in ESCO_TABLES if table not in there]
    if missing:
        raise ArchiveRefused(Refusal.TABLE_MISSING, table=", ".join(missing))
    return there


def _import_groups_and_skills(run: Run, there: Mapping[Table, EscoArchive], language: str) -> None:
    ladder = hierarchy.above(chain.from_iterable(there[Table.BROADER_SKILLS].broader()))
    groups = list(chain.from_iterable(there[Table.SKILL_GROUPS].skill_groups()))
    group_uris = {group.uri for group in groups}

    def group_of(uri: str) -> str:
        return hierarchy.nearest(uri, among=group_uris, ladder=ladder)

    def as_group(group: EscoGroup) -> Wanted:
        return wanted.of_esco_group(group, parent=group_of(group.uri), language=language)

    kinds = _kinds(there.values())

    def as_skill(skill: EscoSkill) -> Wanted:
        return wanted.of_esco_skill(
            skill, group=group_of(skill.uri), kinds=kinds, language=language
        )

    run.entries(SkillGroup, [[as_group(group) for group in groups]])
    ours = _ours_by_uri(Skill)
    merged: list[EscoSkill] = []
    batches = _apart(there[Table.SKILLS].skills(), ours, merged)
    run.entries(Skill, ([as_skill(skill) for skill in batch] for batch in batches))
    run.enrich(
        Skill,
        [
            wanted.of_esco_addition(each, of=ours[each.uri], about=True, language=language)
            for each in merged
        ],
    )


def _import_occupations(run: Run, archive: EscoArchive, language: str) -> None:
    ours = _ours_by_uri(Occupation)
    merged: list[EscoOccupation] = []
    batches = _apart(archive.occupations(), ours, merged)
    run.entries(
        Occupation,
        (
            [wanted.of_esco_occupation(each, language=language) for each in batch]
            for batch in batches
        ),
    )
    run.enrich(
        Occupation,
        [
            wanted.of_esco_addition(each, of=ours[each.uri], about=False, language=language)
            for each in merged
        ],
    )


def _kinds(archives: Iterable[EscoArchive]) -> dict[str, SkillKind]:
    """What the collections say of skills; transversal counts before digital."""
    kinds: dict[str, SkillKind] = {}
    for archive in archives:
        for member in chain.from_iterable(archive.collection_members()):
            kind = wanted.KIND_OF_COLLECTION.get(member.collection)
            if kind and kinds.get(member.skill_uri) is not SkillKind.TRANSVERSAL:
                kinds[member.skill_uri] = kind
    return kinds


def _ours_by_uri(kind: type[AnyConcept]) -> dict[str, str]:
    """Our codes by the address of the concept of ESCO that means exactly the same."""
    rows = sa.select(kind.uri, kind.code).where(
        kind.source == Source.OURS, kind.uri_match == "exact", kind.status == Status.ACTIVE
    )
    return dict(db.session.execute(rows).all())


def _apart(
    batches: Iterable[Sequence[C]], ours: Mapping[str, str], merged: list[C]
) -> Iterator[list[C]]:
    """Pass on what has no twin among ours; what has one is put on the list `merged`."""
    for batch in batches:
        merged.extend(each for each in batch if each.uri in ours)
        yield [each for each in batch if each.uri not in ours]


def _pairs(
    run: Run, batches: Iterable[Sequence[EscoOccupationSkill]]
) -> Iterator[list[tuple[Link, bool]]]:
    """The relations as pairs of our ids; those about something unknown are refused."""
    skills, occupations = _ids_by_uri(Skill), _ids_by_uri(Occupation)
    for batch in batches:
        pairs: list[tuple[Link, bool]] = []
        for each in batch:
            occupation = occupations.get(each.occupation_uri)
            skill = skills.get(each.skill_uri)
            if occupation is None:
                run.refuse(NEEDS.kind.__tablename__, "unknown-occupation", each.occupation_uri)
            elif skill is None:
                run.refuse(NEEDS.kind.__tablename__, "unknown-skill", each.skill_uri)
            else:
                pairs.append(((occupation, skill), each.relation is Relation.ESSENTIAL))
        yield pairs


def _ids_by_uri(kind: type[AnyConcept]) -> dict[str, UUID]:
    """The entry for each concept of ESCO: ours where one means exactly the same."""
    rows = (
        sa.select(kind.uri, kind.id)
        .where(kind.uri_match == "exact", kind.status == Status.ACTIVE)
        .order_by(kind.source)  # "esco" before "nghe-so": the later one stands
    )
    return dict(db.session.execute(rows).all())
