import io
import zipfile
from pathlib import Path

import pytest

from edu.taxonomy.core.archive import ArchiveRefused, Refusal
from edu.taxonomy.core.esco import (
    Broader,
    CollectionMember,
    EscoArchive,
    EscoGroup,
    EscoOccupation,
    EscoOccupationSkill,
    EscoSkill,
    Relation,
    SkillType,
    Table,
)

ESCO = Path(__file__).parents[5] / "shared" / "data" / "esco"

WELD = "http://data.europa.eu/esco/skill/weld"
METAL = "http://data.europa.eu/esco/skill/metal"
WELDER = "http://data.europa.eu/esco/occupation/welder"
ISCO = "http://data.europa.eu/esco/isco/C7212"

SKILLS = f"""conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,description
{WELD},skill/competence,sector-specific,weld metal,"join metal
weld metal
weld  steel",released," Join parts.
 Mind the sparks. "
{METAL},,cross-sector,metal,,released,
"""
OCCUPATIONS = f"""code,conceptUri,iscoGroup,preferredLabel,altLabels,status,description
7212.1,{WELDER},7212,welder,weld operator | fitter-welder,released,Welders weld.
"""
GROUPS = f"""conceptUri,code,preferredLabel,description
{ISCO},7212,Welders and flame cutters,They weld and cut.
"""
RELATIONS = f"""occupationUri,relationType,skillType,skillUri
{WELDER},essential,skill/competence,{WELD}
{WELDER},optional,knowledge,{METAL}
"""
BROADER_OCCUPATIONS = f"""conceptType,conceptUri,broaderType,broaderUri
Occupation,{WELDER},ISCOGroup,{ISCO}
"""
BROADER_SKILLS = f"""conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,{WELD},KnowledgeSkillCompetence,{METAL}
"""
GREEN = f"""conceptUri,preferredLabel
{METAL},metal
"""

CLASSIFICATION = {
    "skills_en.csv": SKILLS,
    "occupations_en.csv": OCCUPATIONS,
    "ISCOGroups_en.csv": GROUPS,
    "skillGroups_en.csv": GROUPS,
    "greenSkillsCollection_en.csv": GREEN,
}
RELATION_TABLES = {
    "occupationSkillRelations.csv": RELATIONS,
    "broaderRelationsOccPillar.csv": BROADER_OCCUPATIONS,
    "broaderRelationsSkillPillar.csv": BROADER_SKILLS,
}


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    buffer.seek(0)
    return buffer


def all_of(batches):
    return [each for batch in batches for each in batch]


def refusal_of(members, read, language=""):
    with (
        pytest.raises(ArchiveRefused) as refusal,
        EscoArchive(zipped(members), language=language) as archive,
    ):
        all_of(read(archive))
    return refusal.value.code, refusal.value.values


def test_concepts_are_read_whatever_the_order_of_columns():
    with EscoArchive(zipped(CLASSIFICATION)) as archive:
        skills, occupations = all_of(archive.skills()), all_of(archive.occupations())
        groups, skill_groups = all_of(archive.isco_groups()), all_of(archive.skill_groups())

    assert archive.language == "en"
    assert skills == [
        EscoSkill(
            uri=WELD,
            type=SkillType.SKILL,
            reuse="sector-specific",
            label="weld metal",
            synonyms=("join metal", "weld  steel"),
            description="Join parts.\nMind the sparks.",
            status="released",
        ),
        EscoSkill(METAL, SkillType.UNSAID, "cross-sector", "metal", (), "", "released"),
    ]
    assert occupations == [
        EscoOccupation(
            uri=WELDER,
            code="7212.1",
            isco="7212",
            label="welder",
            synonyms=("weld operator", "fitter-welder"),
            description="Welders weld.",
            status="released",
        )
    ]
    assert groups == [EscoGroup(ISCO, "7212", "Welders and flame cutters", "They weld and cut.")]
    assert skill_groups == groups


def test_relations_are_read():
    with EscoArchive(zipped(RELATION_TABLES)) as archive:
        relations, broader = all_of(archive.occupation_skills()), all_of(archive.broader())

    assert archive.language == ""
    assert relations == [
        EscoOccupationSkill(WELDER, WELD, Relation.ESSENTIAL),
        EscoOccupationSkill(WELDER, METAL, Relation.OPTIONAL),
    ]
    assert broader == [
        Broader(WELDER, "Occupation", ISCO, "ISCOGroup"),
        Broader(WELD, "KnowledgeSkillCompetence", METAL, "KnowledgeSkillCompetence"),
    ]


def test_collections_that_are_there_give_their_members():
    with EscoArchive(zipped(CLASSIFICATION)) as archive:
        members = all_of(archive.collection_members())

    assert members == [CollectionMember(Table.GREEN, METAL)]


def test_batches_are_as_long_as_asked():
    with EscoArchive(zipped(CLASSIFICATION)) as archive:
        lengths = [len(batch) for batch in archive.skills(batch=1)]

    assert lengths == [1, 1]


def test_a_newer_archive_holds_everything_in_a_folder_and_names_the_language_everywhere():
    names = {f"v1.2/{Path(name).stem.removesuffix('_en')}_vi.csv" for name in CLASSIFICATION}
    names |= {f"v1.2/{Path(name).stem}_vi.csv" for name in RELATION_TABLES}

    with EscoArchive(zipped(dict.fromkeys(names, SKILLS) | {"v1.2/read-me.txt": ""})) as archive:
        tables, language = archive.tables(), archive.language

    assert language == "vi"
    assert tables == {
        Table.SKILLS,
        Table.OCCUPATIONS,
        Table.ISCO_GROUPS,
        Table.SKILL_GROUPS,
        Table.GREEN,
        Table.OCCUPATION_SKILLS,
        Table.BROADER_OCCUPATIONS,
        Table.BROADER_SKILLS,
    }


def test_one_language_is_chosen_among_several():
    translated = SKILLS.replace("weld metal", "hàn kim loại")
    members = {"skills_en.csv": SKILLS, "skills_vi.csv": translated, **RELATION_TABLES}

    with EscoArchive(zipped(members), language="vi") as archive:
        labels = [skill.label for skill in all_of(archive.skills())]
        relations = all_of(archive.occupation_skills())

    assert labels == ["hàn kim loại", "metal"]
    assert len(relations) == 2


def test_a_language_asked_for_does_no_harm_where_tables_have_none():
    with EscoArchive(zipped(RELATION_TABLES), language="vi") as archive:
        assert len(all_of(archive.occupation_skills())) == 2


def test_a_language_that_is_not_there_is_refused():
    assert refusal_of(CLASSIFICATION, EscoArchive.skills, "vi") == (
        Refusal.LANGUAGE_MISSING,
        {"language": "vi", "there": "en"},
    )


def test_several_languages_are_refused_until_one_is_chosen():
    members = {"skills_en.csv": SKILLS, "skills_vi.csv": SKILLS}

    assert refusal_of(members, EscoArchive.skills) == (
        Refusal.SEVERAL_LANGUAGES,
        {"there": "en, vi"},
    )


def test_an_archive_of_something_else_is_refused():
    code, values = refusal_of({"word/document.xml": "<w/>"}, EscoArchive.skills)

    assert code is Refusal.TABLE_MISSING
    assert "skills" in values["table"]


def test_a_table_of_the_other_archive_is_missed_by_name():
    assert refusal_of(RELATION_TABLES, EscoArchive.skills) == (
        Refusal.TABLE_MISSING,
        {"table": "skills"},
    )


@pytest.mark.parametrize(
    ("wrong", "values"),
    [
        (SKILLS.replace(WELD, "weld"), {"line": 2, "value": "weld"}),
        (
            SKILLS.replace(",,cross", ",talent,cross"),
            {"line": 6, "column": "skillType", "value": "talent"},
        ),
        (
            SKILLS.replace(",metal,,", ",,,"),
            {"line": 6, "column": "preferredLabel", "value": ""},
        ),
    ],
)
def test_a_value_that_is_not_escos_is_refused_by_line(wrong, values):
    code, found = refusal_of({"skills_en.csv": wrong}, EscoArchive.skills)

    assert code is Refusal.VALUE
    assert found == {"file": "skills_en.csv", **values}


@pytest.mark.samples
@pytest.mark.skipif(not ESCO.is_dir(), reason="shared/data/esco is not on this machine")
def test_the_whole_of_esco_is_read():
    with EscoArchive(ESCO / "ESCO_v1.1.1_en_csv.zip") as archive:
        counts = [
            sum(map(len, batches))
            for batches in (
                archive.skills(),
                archive.occupations(),
                archive.isco_groups(),
                archive.collection_members(),
            )
        ]
    with EscoArchive(ESCO / "ESCO_v1.1.1_relations_csv.zip") as archive:
        counts += [sum(map(len, batches)) for batches in (archive.occupation_skills(),)]
        counts += [sum(map(len, archive.broader()))]

    assert counts == [13_896, 3_007, 619, 2_279, 123_855, 24_273]
