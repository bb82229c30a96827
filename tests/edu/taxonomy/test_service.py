from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core import curated
from edu.taxonomy.core.archive import ArchiveRefused, Refusal
from edu.taxonomy.core.entries import Bilingual, Match, Need, SkillKind
from edu.taxonomy.core.sheets import SheetRefused
from edu.taxonomy.models import (
    Occupation,
    OccupationSkill,
    Place,
    PlaceKind,
    ProgrammeCode,
    ProgrammeOccupation,
    Release,
    Skill,
    Source,
    Status,
)
from tests.edu.taxonomy import esco_files
from tests.edu.taxonomy.esco_files import ACCOUNTANT, METAL, SOFTWARE, WELD, WELDER

DATA = Path(__file__).parents[4] / "shared" / "data"

PROVINCES = "code,name,name_en,type\n48,Đà Nẵng,Da Nang,Thành phố\n56,Khánh Hòa,Khanh Hoa,Tỉnh\n"
COMMUNES = (
    "code,name,name_en,type,province_code\n"
    "20194,Hải Vân,Hai Van,Phường,48\n"
    "99999,Làng Mới,New Village,Xã,48\n"
)


def install(ours):
    with unit_of_work():
        return service.install_curated(ours=ours)


def count(kind):
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


def needs_of(code):
    occupation = queries.occupation_by_code(code)
    return {
        need.skill.code: (need.is_essential, need.source) for need in queries.skills_of(occupation)
    }


# What we ship ---------------------------------------------------------------------------------


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


# ESCO -----------------------------------------------------------------------------------------


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


# Places ---------------------------------------------------------------------------------------


def units(tmp_path, **files):
    paths = []
    for name, text in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, "utf-8")
    with unit_of_work():
        return service.import_units(paths)


def test_official_lists_take_over_what_we_ship(ours, tmp_path):
    report = units(tmp_path, communes=COMMUNES, provinces=PROVINCES)

    assert queries.place_by_code("99999").kind is PlaceKind.COMMUNE
    assert queries.place_by_code("20194").source is Source.UNITS
    assert report.tallies["commune"].as_counts() == {
        "added": 1, "changed": 1, "retired": 93, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    assert report.tallies["province"].retired == 32
    assert [place.code for place in queries.children("48")] == ["20194", "99999"]


def test_a_list_of_provinces_alone_leaves_communes_alone(ours, tmp_path):
    report = units(tmp_path, provinces=PROVINCES)

    assert report.tallies["province"].changed == 2
    assert len(queries.children("48")) == 94


def test_official_lists_twice_change_nothing_and_ours_do_not_come_back(ours, tmp_path, few):
    units(tmp_path, provinces=PROVINCES, communes=COMMUNES)

    assert units(tmp_path, provinces=PROVINCES, communes=COMMUNES).release is None
    assert install(few).release is None
    assert queries.place_by_code("20197").status is Status.RETIRED


def test_communes_of_provinces_that_a_list_leaves_out_stay(ours, tmp_path):
    other = "code,name,name_en,type,province_code\n22333,Bắc Nha Trang,Bac Nha Trang,Phường,56\n"

    report = units(tmp_path, communes=other)

    assert report.tallies["commune"].retired == 0
    assert len(queries.children("48")) == 94


def test_a_list_with_mistakes_is_refused_whole(ours, tmp_path):
    with pytest.raises(SheetRefused):
        units(tmp_path, provinces=PROVINCES + "57,,,\n", communes=COMMUNES)

    assert queries.place_by_code("20194").source is Source.OURS


# The real thing -------------------------------------------------------------------------------


@pytest.mark.samples
@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")
def test_all_of_esco_and_all_places_come_in(app):
    paths = sorted((DATA / "esco").glob("*.zip"))

    with unit_of_work():
        report = service.import_esco(paths)
    with unit_of_work():
        places = service.import_units(sorted((DATA / "vn_units").glob("*.csv")))

    came = report.tallies
    assert came["skill"].added + came["skill (merged)"].added == 13_896
    assert came["occupation"].added + came["occupation (merged)"].added == 3_007
    needs = came["occupation_skill"]
    assert needs.added + needs.unchanged + needs.refused == 123_855
    assert needs.refused == 67
    assert places.tallies["commune"].added + places.tallies["commune"].changed == 3_321
    assert len(queries.places()) == 34
