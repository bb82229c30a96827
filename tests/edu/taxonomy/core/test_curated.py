import pytest

from edu.taxonomy.core import curated
from edu.taxonomy.core.entries import (
    Bilingual,
    CodeSource,
    Commune,
    CommuneKind,
    Industry,
    Level,
    Match,
    Need,
    Occupation,
    OccupationSkill,
    Preparation,
    Programme,
    ProgrammeField,
    ProgrammeOccupation,
    Province,
    ProvinceKind,
    Skill,
    SkillGroup,
    SkillKind,
    Synonyms,
)
from edu.taxonomy.core.sheets import Rule, SheetRefused

URI = "http://data.europa.eu/esco/skill/0a1b2c3d-1111-2222-3333-444455556666"

LINES = {
    "skill_groups": ["sg-metal,Kim loại,Metal"],
    "skills": [
        "sk-files,digital,sg-metal,Quản lý tệp,Manage files,lưu tệp,,,,TT02-2025/1.3",
        f"sk-weld,skill,sg-metal,Hàn hồ quang,Arc welding,hàn điện|hàn que,,{URI},close,",
    ],
    "occupations": ["oc-welder,7212,7212,Thợ hàn,Welder,thợ sắt,,Hàn kim loại.,Joins metal.,,"],
    "occupation_skills": ["oc-welder,sk-weld,essential"],
    "programme_fields": ["52,Kỹ thuật,Engineering"],
    "programmes": [
        "pr-weld-5,weld,intermediate,4,5520123,circular-26-2020,52,Hàn,Welding,nghề hàn,,35",
        "pr-weld-6,weld,college,5,,to-be-confirmed,52,Hàn,Welding,nghề hàn,,60",
    ],
    "programme_occupations": ["pr-weld-5,oc-welder,main"],
    "industries": ["C,Công nghiệp chế biến,Manufacturing"],
    "places_provinces": ["48,Đà Nẵng,Da Nang,municipality"],
    "places_communes_48": ["20200,48,Hòa Khánh,Hoa Khanh,ward"],
}


@pytest.fixture
def folder(tmp_path):
    for name, lines in LINES.items():
        write(tmp_path, name, lines)
    return tmp_path


def write(folder, name, lines):
    header = ",".join(curated.COLUMNS[name].split())
    (folder / f"{name}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def problems_with(folder, name, *lines):
    write(folder, name, lines)
    with pytest.raises(SheetRefused) as refusal:
        curated.read(folder)
    return [
        (each.file, each.line, each.column, each.rule, each.value)
        for each in refusal.value.problems
    ]


def test_a_folder_is_read_into_rows(folder):
    weld = Skill(
        code="sk-weld",
        kind=SkillKind.SKILL,
        group="sg-metal",
        label=Bilingual("Hàn hồ quang", "Arc welding"),
        synonyms=Synonyms(vi=("hàn điện", "hàn que")),
        esco_uri=URI,
        esco_match=Match.CLOSE,
        framework="",
    )
    files = Skill(
        code="sk-files",
        kind=SkillKind.DIGITAL,
        group="sg-metal",
        label=Bilingual("Quản lý tệp", "Manage files"),
        synonyms=Synonyms(vi=("lưu tệp",)),
        esco_uri="",
        esco_match=None,
        framework="TT02-2025/1.3",
    )
    welder = Occupation(
        code="oc-welder",
        isco="7212",
        vsco="7212",
        label=Bilingual("Thợ hàn", "Welder"),
        synonyms=Synonyms(vi=("thợ sắt",)),
        description=Bilingual("Hàn kim loại.", "Joins metal."),
        esco_uri="",
        esco_match=None,
    )
    intermediate = Programme(
        code="pr-weld-5",
        trade="weld",
        level=Level.INTERMEDIATE,
        vqf=4,
        national_code="5520123",
        code_source=CodeSource.CIRCULAR,
        field="52",
        label=Bilingual("Hàn", "Welding"),
        synonyms=Synonyms(vi=("nghề hàn",)),
        minimum_credits=35,
    )

    read = curated.read(folder)

    assert read.skills == (files, weld)
    assert read.occupations == (welder,)
    assert read.programmes[0] == intermediate
    assert read.programmes[1].national_code == ""
    assert read.skill_groups == (SkillGroup("sg-metal", Bilingual("Kim loại", "Metal")),)
    assert read.occupation_skills == (OccupationSkill("oc-welder", "sk-weld", Need.ESSENTIAL),)
    assert read.programme_fields == (ProgrammeField("52", Bilingual("Kỹ thuật", "Engineering")),)
    assert read.programme_occupations == (
        ProgrammeOccupation("pr-weld-5", "oc-welder", Preparation.MAIN),
    )
    assert read.industries == (Industry("C", Bilingual("Công nghiệp chế biến", "Manufacturing")),)
    assert read.provinces == (
        Province("48", Bilingual("Đà Nẵng", "Da Nang"), ProvinceKind.MUNICIPALITY),
    )
    assert read.communes == (
        Commune("20200", "48", Bilingual("Hòa Khánh", "Hoa Khanh"), CommuneKind.WARD),
    )


def test_a_file_that_is_not_there_is_named_with_all_that_depends_on_it(folder):
    (folder / "occupations.csv").unlink()

    with pytest.raises(SheetRefused) as refusal:
        curated.read(folder)

    assert [(each.file, each.line, each.rule) for each in refusal.value.problems] == [
        ("occupations.csv", 0, Rule.FILE_MISSING),
        ("occupation_skills.csv", 2, Rule.UNKNOWN_CODE),
        ("programme_occupations.csv", 2, Rule.UNKNOWN_CODE),
    ]


def test_a_reference_to_nothing_is_named_by_file_line_and_column(folder):
    found = problems_with(
        folder,
        "occupation_skills",
        "oc-welder,sk-dance,optional",
        "oc-welder,sk-weld,essential",
        "oc-worker,sk-weld,essential",
    )

    assert found == [
        ("occupation_skills.csv", 2, "skill", Rule.UNKNOWN_CODE, "sk-dance"),
        ("occupation_skills.csv", 4, "occupation", Rule.UNKNOWN_CODE, "oc-worker"),
    ]


def test_an_occupation_names_a_skill_once(folder):
    line = "oc-welder,sk-weld,essential"

    assert problems_with(folder, "occupation_skills", line, line) == [
        ("occupation_skills.csv", 3, "skill", Rule.DUPLICATE, "sk-weld"),
    ]


@pytest.mark.parametrize(
    ("column", "rule", "value", "line"),
    [
        ("label_vi", Rule.EMPTY, "", f"sk-weld,skill,sg-metal,,Welding,,,{URI},exact,"),
        ("kind", Rule.NOT_A_CHOICE, "talent", "sk-weld,talent,sg-metal,Hàn,Weld,,,,,"),
        ("group", Rule.UNKNOWN_CODE, "sg-wood", "sk-weld,skill,sg-wood,Hàn,Weld,,,,,"),
        ("code", Rule.FORM, "weld", "weld,skill,sg-metal,Hàn,Weld,,,,,"),
        (
            "esco_uri",
            Rule.FORM,
            "http://a.test/",
            "sk-a,skill,sg-metal,A,A,,,http://a.test/,exact,",
        ),
        ("esco_match", Rule.CONTRADICTION, "exact", "sk-weld,skill,sg-metal,Hàn,Weld,,,,exact,"),
        ("esco_match", Rule.CONTRADICTION, "", f"sk-weld,skill,sg-metal,Hàn,Weld,,,{URI},,"),
        ("esco_match", Rule.NOT_A_CHOICE, "near", f"sk-w,skill,sg-metal,Hàn,W,,,{URI},near,"),
        ("framework", Rule.FORM, "TT02-2025/7.1", "sk-a,digital,sg-metal,A,A,,,,,TT02-2025/7.1"),
        ("framework", Rule.CONTRADICTION, "", "sk-weld,digital,sg-metal,Hàn,Weld,,,,,"),
        ("synonyms_vi", Rule.SAID_TWICE, "hàn", "sk-weld,skill,sg-metal,Hàn,Weld,hàn,,,,"),
    ],
)
def test_a_skill_that_cannot_be_is_refused(folder, column, rule, value, line):
    (folder / "occupation_skills.csv").write_text("occupation,skill,relation\n")

    assert problems_with(folder, "skills", line) == [("skills.csv", 2, column, rule, value)]


def test_an_occupation_has_the_same_code_in_both_lists(folder):
    line = "oc-welder,7212,7213,Thợ hàn,Welder,,,Hàn.,Welds.,,"

    assert problems_with(folder, "occupations", line) == [
        ("occupations.csv", 2, "vsco", Rule.CONTRADICTION, "7213")
    ]


def test_a_manager_may_have_another_vietnamese_code_or_none(folder):
    manager = "oc-welder,1411,,Quản lý khách sạn,Hotel manager,,,Quản lý.,Manages.,,"
    write(folder, "occupations", [manager])

    assert curated.read(folder).occupations[0].vsco == ""


@pytest.mark.parametrize(
    ("column", "rule", "value", "line"),
    [
        (
            "national_code",
            Rule.CONTRADICTION,
            "6520123",
            "pr-weld-5,weld,intermediate,4,6520123,to-be-confirmed,52,Hàn,Welding,,,35",
        ),
        (
            "national_code",
            Rule.CONTRADICTION,
            "5480123",
            "pr-weld-5,weld,intermediate,4,5480123,to-be-confirmed,52,Hàn,Welding,,,35",
        ),
        (
            "code_source",
            Rule.CONTRADICTION,
            "circular-26-2020",
            "pr-weld-5,weld,intermediate,4,,circular-26-2020,52,Hàn,Welding,,,35",
        ),
        (
            "code_source",
            Rule.CONTRADICTION,
            "none",
            "pr-weld-5,weld,intermediate,4,5520123,none,52,Hàn,Welding,,,35",
        ),
        (
            "vqf",
            Rule.FORM,
            "9",
            "pr-weld-5,weld,intermediate,9,5520123,to-be-confirmed,52,Hàn,Welding,,,35",
        ),
        (
            "min_credits",
            Rule.NOT_A_NUMBER,
            "many",
            "pr-weld-5,weld,intermediate,4,5520123,to-be-confirmed,52,Hàn,Welding,,,many",
        ),
    ],
)
def test_a_programme_that_cannot_be_is_refused(folder, column, rule, value, line):
    assert problems_with(folder, "programmes", line) == [("programmes.csv", 2, column, rule, value)]


def test_a_trade_has_one_programme_at_a_level(folder):
    line = "pr-weld-{},weld,college,5,,to-be-confirmed,52,{},{},,,60"

    found = problems_with(
        folder,
        "programmes",
        line.format("5", "Hàn", "Welding"),
        line.format("6", "Hàn ống", "Pipe welding"),
    )

    assert found == [("programmes.csv", 3, "level", Rule.DUPLICATE, "college")]


def test_labels_are_said_once_and_rows_stand_in_order(folder):
    found = problems_with(folder, "industries", "D,Công nghiệp,Industry", "C,công nghiệp,Power")

    assert found == [
        ("industries.csv", 3, "code", Rule.UNSORTED, "C"),
        ("industries.csv", 3, "label_vi", Rule.DUPLICATE, "công nghiệp"),
    ]
