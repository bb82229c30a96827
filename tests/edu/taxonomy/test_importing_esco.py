"""ESCO beside what we ship: what comes in, what joins ours, what goes again."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core.archive import ArchiveRefused, Refusal
from edu.taxonomy.core.entries import Bilingual, Match, SkillKind
from edu.taxonomy.models import OccupationSkill, Release, Skill, Source, Status
from tests.edu.taxonomy import esco_files
from tests.edu.taxonomy.conftest import count, install, needs_of
from tests.edu.taxonomy.esco_files import ACCOUNTANT, METAL, SOFTWARE, WELD, WELDER


def test_a_concept_that_we_lack_comes_in_under_its_own_code(esco):
    report = esco()

    skill = queries.skill_by_code("esco-weld")
    assert skill.label == {"en": "weld metal"}
    assert skill.synonyms == {"en": ["join metal"]}
    assert skill.about == {"en": "Join."}
    assert (skill.uri, skill.source, skill.kind) == (WELD, Source.ESCO, SkillKind.SKILL)
    assert skill.group_code == "esco-S1.2"
    assert queries.group_by_code("esco-S1.2").parent_code == "esco-S1"
    assert queries.skill_by_code("esco-metal").kind is SkillKind.KNOWLEDGE
    assert queries.occupation_by_code("esco-welder").isco == "7212"
    assert report.tallies["skill"].added == 2


def test_a_concept_that_we_have_adds_names_to_ours(ours, esco):
    before = queries.skill_by_code("sk-accounting-software").id

    report = esco()

    skill = queries.skill_by_code("sk-accounting-software")
    assert skill.id == before
    assert skill.label["vi"] == "Sử dụng phần mềm kế toán"
    assert skill.esco_names == ["use ledgers", "run ledgers"]
    assert skill.about == {"en": "Keep books."}
    assert queries.search_skills("run ledgers") == [skill]
    assert report.tallies["skill (merged)"].added == 1
    assert db.session.scalars(sa.select(Skill).where(Skill.uri == SOFTWARE)).all() == [skill]


def test_our_description_of_an_occupation_stays(esco):
    esco()

    accountant = queries.occupation_by_code("oc-accountant")
    assert accountant.about["vi"].startswith("Tổ chức ghi sổ")
    assert accountant.esco_names == ["accountant", "bookkeeper"]


def test_relations_of_esco_join_ours(esco):
    esco()

    assert needs_of("esco-welder") == {
        "esco-weld": (True, Source.ESCO),
        "esco-metal": (False, Source.ESCO),
    }
    needs = needs_of("oc-accountant")
    assert needs["esco-metal"] == (False, Source.ESCO)
    assert needs["sk-accounting-software"] == (True, Source.OURS)


def test_what_both_say_is_ours(esco):
    esco(needs=[(ACCOUNTANT, "optional", SOFTWARE)])

    assert needs_of("oc-accountant")["sk-accounting-software"] == (True, Source.OURS)


def test_what_esco_said_first_becomes_ours(ours, esco, few):
    shipped = few
    pair = next(
        each
        for each in shipped.occupation_skills
        if (each.occupation, each.skill) == ("oc-accountant", "sk-accounting-software")
    )
    install(
        replace(
            shipped,
            occupation_skills=tuple(each for each in shipped.occupation_skills if each != pair),
        )
    )
    with unit_of_work():
        db.session.add(
            OccupationSkill(
                occupation=queries.occupation_by_code(pair.occupation),
                skill=queries.skill_by_code(pair.skill),
                is_essential=False,
                source=Source.ESCO,
            )
        )

    install(shipped)

    assert needs_of("oc-accountant")[pair.skill] == (True, Source.OURS)


def test_importing_twice_changes_nothing(esco):
    esco()

    again = esco()

    assert again.release is None
    assert again.total("unchanged") == 10


def test_an_import_tells_how_far_it_is(ours, few, tmp_path):
    said = []

    with unit_of_work():
        service.import_esco(
            esco_files.write(tmp_path),
            ours=few,
            progress=lambda name, done: said.append((name, done)),
        )

    assert said == [
        ("skill_group", 2),
        ("skill", 2),
        ("occupation", 1),
        ("occupation_skill", 3),
    ]


def test_a_changed_label_touches_that_concept_alone(esco):
    esco()
    renamed = (WELD, *esco_files.SKILLS[0][1:3], "weld steel", *esco_files.SKILLS[0][4:])

    report = esco(skills=[renamed, *esco_files.SKILLS[1:]])

    assert queries.skill_by_code("esco-weld").label == {"en": "weld steel"}
    assert (report.tallies["skill"].changed, report.total("changed")) == (1, 1)


def test_what_esco_dropped_is_retired_and_its_relations_go(esco):
    esco()

    report = esco(
        skills=esco_files.SKILLS[1:], occupations=esco_files.OCCUPATIONS, needs=esco_files.NEEDS[1:]
    )

    assert queries.skill_by_code("esco-weld").status is Status.RETIRED
    assert report.tallies["skill"].retired == 1
    assert "esco-weld" not in needs_of("esco-welder")
    assert queries.search_skills("join metal") == []


def test_what_esco_no_longer_adds_leaves_ours_as_it_was(esco):
    esco()

    report = esco(skills=esco_files.SKILLS[:2])

    skill = queries.skill_by_code("sk-accounting-software")
    assert (skill.esco_names, skill.esco_fingerprint) == ([], b"")
    assert skill.status is Status.ACTIVE
    assert "ledgers" not in skill.search_text
    assert report.tallies["skill (merged)"].retired == 1


def test_other_names_for_a_concept_of_ours_replace_the_earlier_ones(esco):
    esco()
    other = (*esco_files.SKILLS[2][:3], "use books", *esco_files.SKILLS[2][4:])

    report = esco(skills=[*esco_files.SKILLS[:2], other])

    names = queries.skill_by_code("sk-accounting-software").esco_names
    assert names == ["use books", "run ledgers"]
    assert report.tallies["skill (merged)"].changed == 1


def test_a_changed_entry_of_ours_keeps_what_esco_added(esco, few):
    esco()
    shipped = few
    skills = tuple(
        replace(each, label=Bilingual("Phần mềm", "Software"))
        if each.esco_uri == SOFTWARE
        else each
        for each in shipped.skills
    )

    install(replace(shipped, skills=skills))

    skill = queries.skill_by_code("sk-accounting-software")
    assert skill.esco_names == ["use ledgers", "run ledgers"]
    assert "| run ledgers |" in skill.search_text
    assert skill.search_text.startswith("| phan mem |")


def test_a_concept_we_no_longer_mean_exactly_gets_an_entry_of_its_own(esco, few, tmp_path):
    esco()
    skills = tuple(
        replace(each, esco_match=Match.CLOSE) if each.esco_uri == SOFTWARE else each
        for each in few.skills
    )

    with unit_of_work():
        service.import_esco(esco_files.write(tmp_path), ours=replace(few, skills=skills))

    assert queries.skill_by_code("sk-accounting-software").esco_names == []
    assert queries.skill_by_code(f"esco-{SOFTWARE[-36:]}").label == {"en": "use ledgers"}


def test_collections_say_what_is_transversal_and_digital(esco):
    esco(digital=[WELD, METAL], transversal=[WELD])

    assert queries.skill_by_code("esco-weld").kind is SkillKind.TRANSVERSAL
    assert queries.skill_by_code("esco-metal").kind is SkillKind.KNOWLEDGE


def test_a_digital_skill_is_digital(esco):
    esco(digital=[WELD])

    assert queries.skill_by_code("esco-weld").kind is SkillKind.DIGITAL


def test_relations_about_something_unknown_are_refused_and_named(esco):
    nobody = WELDER.replace("welder", "nobody")
    nothing = WELD.replace("weld", "nothing")

    report = esco(
        needs=[
            (nobody, "essential", WELD),
            (nobody, "essential", METAL),
            (WELDER, "optional", nothing),
        ]
    )

    assert report.tallies["occupation_skill"].refused == 3
    assert report.refusals == [
        ("occupation_skill", "unknown-occupation", nobody),
        ("occupation_skill", "unknown-skill", nothing),
    ]


def test_what_comes_twice_counts_once(esco):
    report = esco(
        skills=[*esco_files.SKILLS, esco_files.SKILLS[0]],
        needs=[*esco_files.NEEDS, (WELDER, "optional", WELD)],
    )

    assert report.tallies["skill"].refused == 1
    assert report.tallies["occupation_skill"].refused == 1
    assert needs_of("esco-welder")["esco-weld"] == (True, Source.ESCO)


def test_without_the_archive_of_relations_nothing_comes_in(app, tmp_path):
    words, _relations = esco_files.write(tmp_path)

    with pytest.raises(ArchiveRefused) as refused, unit_of_work():
        service.import_esco([words])

    assert refused.value.code is Refusal.TABLE_MISSING
    assert count(Skill) == 0


def test_an_archive_that_breaks_off_leaves_nothing_behind(app, tmp_path):
    paths = esco_files.write(tmp_path, needs=[*esco_files.NEEDS, (WELDER, "perhaps", WELD)])

    with pytest.raises(ArchiveRefused), unit_of_work():
        service.import_esco(paths)

    assert (count(Skill), count(Release)) == (0, 0)
