"""What we ship, installed once and again."""

from dataclasses import replace

import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core import curated
from edu.taxonomy.core.entries import Bilingual, Need, SkillKind
from edu.taxonomy.models import (
    Occupation,
    OccupationSkill,
    Place,
    ProgrammeCode,
    ProgrammeOccupation,
    Release,
    Skill,
    Source,
    Status,
)
from tests.edu.taxonomy.conftest import count, install, needs_of
from tests.edu.taxonomy.esco_files import SOFTWARE


def test_what_we_ship_comes_in_whole(app):
    shipped = curated.read()

    with unit_of_work():
        ours = service.install_curated()

    assert (count(Skill), count(Occupation)) == (len(shipped.skills), len(shipped.occupations))
    assert count(OccupationSkill) == len(shipped.occupation_skills)
    assert count(ProgrammeCode) == len(shipped.programmes)
    assert count(ProgrammeOccupation) == len(shipped.programme_occupations)
    assert count(Place) == len(shipped.provinces) + len(shipped.communes)
    assert ours.release == 1
    assert ours.total("added") == sum(tally.added for tally in ours.tallies.values()) > 2000


def test_a_skill_keeps_what_its_file_says(ours):
    skill = queries.skill_by_code("sk-accounting-software")

    assert skill.label == {"vi": "Sử dụng phần mềm kế toán", "en": "Use accounting software"}
    assert skill.synonyms["vi"] == ["MISA", "Fast Accounting"]
    assert (skill.kind, skill.group_code) == (SkillKind.SKILL, "sg-accounting")
    assert (skill.uri, skill.uri_match) == (SOFTWARE, "exact")


def test_a_programme_keeps_its_level_credits_and_codes(ours, few):
    programme = db.session.scalar(
        sa.select(ProgrammeCode).where(ProgrammeCode.code == "pr-welding-college")
    )

    assert (programme.trade, programme.level, programme.minimum_credits) == ("welding", 5, 60)
    assert (programme.national_code, programme.field_code) == ("6520123", "52")
    assert {aim.is_main for aim in programme.occupations} == {True, False}


def test_installing_twice_changes_nothing(ours, few):
    again = install(few)

    assert again.release is None
    assert again.total("unchanged") == ours.total("added")
    assert count(Release) == 1


def test_a_new_label_changes_one_row_and_keeps_its_id(ours, few):
    shipped = few
    before = queries.skill_by_code(shipped.skills[0].code).id
    renamed = replace(shipped.skills[0], label=Bilingual("Tên mới", "New name"))

    report = install(replace(shipped, skills=(renamed, *shipped.skills[1:])))

    after = queries.skill_by_code(renamed.code)
    assert (after.id, after.label["vi"], after.release) == (before, "Tên mới", 2)
    assert "| ten moi |" in after.search_text
    assert (report.tallies["skill"].changed, report.total("changed")) == (1, 1)


def test_what_is_no_longer_shipped_is_retired_and_may_come_back(ours, few):
    shipped = few
    code = shipped.skills[0].code

    gone = install(replace(shipped, skills=shipped.skills[1:], occupation_skills=()))
    assert gone.tallies["skill"].retired == 1
    assert queries.skill_by_code(code).status is Status.RETIRED

    back = install(shipped)
    assert back.tallies["skill"].changed == 1
    assert queries.skill_by_code(code).status is Status.ACTIVE


def test_relations_follow_the_file(ours, few):
    shipped = few
    first, second, *rest = shipped.occupation_skills
    turned = replace(first, need=Need.OPTIONAL if first.need is Need.ESSENTIAL else Need.ESSENTIAL)

    report = install(replace(shipped, occupation_skills=(turned, *rest)))

    tally = report.tallies["occupation_skill"]
    assert (tally.changed, tally.retired) == (1, 1)
    needs = needs_of(first.occupation)
    assert needs[first.skill] == (turned.need is Need.ESSENTIAL, Source.OURS)
    assert second.skill not in needs
    assert queries.occupation_by_code(first.occupation).release == 2
