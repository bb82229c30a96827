"""The reference data that we wrote and ship: `edu/taxonomy/data/*.csv`, read and checked whole.

Codes are ours and never change meaning; labels are Vietnamese and English. Everything must hold
together (see `data/README.md` for the columns): a mistake anywhere refuses everything, and the
refusal names each mistake by file, line and column.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from edu.taxonomy.core import sheets
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
from edu.taxonomy.core.sheets import Row, Rule, Sheet, SheetRefused

SHIPPED = Path(__file__).parents[1] / "data"

COLUMNS = {
    "skill_groups": "code label_vi label_en",
    "skills": (
        "code kind group label_vi label_en synonyms_vi synonyms_en esco_uri esco_match framework"
    ),
    "occupations": (
        "code isco08 vsco label_vi label_en synonyms_vi synonyms_en"
        " description_vi description_en esco_uri esco_match"
    ),
    "occupation_skills": "occupation skill relation",
    "programme_fields": "code label_vi label_en",
    "programmes": (
        "code trade level vqf national_code code_source field"
        " label_vi label_en synonyms_vi synonyms_en min_credits"
    ),
    "programme_occupations": "programme occupation relation",
    "industries": "code label_vi label_en",
    "places_provinces": "code label_vi label_en kind",
    "places_communes_48": "code province label_vi label_en kind",
}

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
GROUP_CODE = re.compile(f"sg-{SLUG}")
SKILL_CODE = re.compile(f"sk-{SLUG}")
OCCUPATION_CODE = re.compile(f"oc-{SLUG}")
PROGRAMME_CODE = re.compile(f"pr-{SLUG}")
TRADE = re.compile(SLUG)
ISCO_CODE = re.compile("[0-9]{4}")
NATIONAL_CODE = re.compile("[56][0-9]{6}")
FIELD_CODE = re.compile("[0-9]{2}")
INDUSTRY_CODE = re.compile("[A-U]")
PROVINCE_CODE = re.compile("[0-9]{2}")
COMMUNE_CODE = re.compile("[0-9]{5}")
# Circular 02/2025/TT-BGDĐT: six domains of 3, 6, 4, 4, 4 and 3 components.
FRAMEWORK = re.compile(r"TT02-2025/(?:[16]\.[1-3]|2\.[1-6]|[345]\.[1-4])")
ESCO_URI = re.compile(
    r"http://data\.europa\.eu/esco/(?:skill|occupation|isced-f|isco)/[0-9A-Za-z-]+"
)

NATIONAL_FIRST_DIGIT = {Level.INTERMEDIATE: "5", Level.COLLEGE: "6"}
GROUP_OF_MANAGERS = "1"
LEVELS_OF_VQF = range(1, 9)


@dataclass(frozen=True, slots=True)
class Curated:
    """All shipped reference data, each kind in the order of its codes."""

    skill_groups: tuple[SkillGroup, ...]
    skills: tuple[Skill, ...]
    occupations: tuple[Occupation, ...]
    occupation_skills: tuple[OccupationSkill, ...]
    programme_fields: tuple[ProgrammeField, ...]
    programmes: tuple[Programme, ...]
    programme_occupations: tuple[ProgrammeOccupation, ...]
    industries: tuple[Industry, ...]
    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]


def read(folder: Path = SHIPPED) -> Curated:
    """The reference data in a folder; the shipped one by default.

    Raises SheetRefused with every mistake found, in the order of files and lines.
    """
    files = {name: _sheet(folder, name) for name in COLUMNS}
    curated = Curated(
        skill_groups=tuple(map(_skill_group, files["skill_groups"].rows)),
        skills=tuple(map(_skill, files["skills"].rows)),
        occupations=tuple(map(_occupation, files["occupations"].rows)),
        occupation_skills=tuple(map(_occupation_skill, files["occupation_skills"].rows)),
        programme_fields=tuple(map(_programme_field, files["programme_fields"].rows)),
        programmes=tuple(map(_programme, files["programmes"].rows)),
        programme_occupations=tuple(
            map(_programme_occupation, files["programme_occupations"].rows)
        ),
        industries=tuple(map(_industry, files["industries"].rows)),
        provinces=tuple(map(_province, files["places_provinces"].rows)),
        communes=tuple(map(_commune, files["places_communes_48"].rows)),
    )
    _check_keys(files)
    _check_references(files)
    problems = [problem for sheet in files.values() for problem in sheet.problems]
    if problems:
        order = {sheet.file: index for index, sheet in enumerate(files.values())}
        raise SheetRefused(sorted(problems, key=lambda each: (order[each.file], each.line)))
    return curated


def _sheet(folder: Path, name: str) -> Sheet:
    path = folder / f"{name}.csv"
    if not path.is_file():
        sheet = Sheet(path.name)
        sheet.note(0, "", Rule.FILE_MISSING)
        return sheet
    return sheets.read(path.name, path.read_bytes(), COLUMNS[name].split())


def _skill_group(row: Row) -> SkillGroup:
    return SkillGroup(code=row.formed("code", GROUP_CODE), label=_label(row))


def _skill(row: Row) -> Skill:
    kind = row.choice("kind", SkillKind)
    framework = row.formed("framework", FRAMEWORK, required=False)
    if bool(framework) != (kind is SkillKind.DIGITAL):
        row.note("framework", Rule.CONTRADICTION, framework)
    uri, match = _esco(row)
    return Skill(
        code=row.formed("code", SKILL_CODE),
        kind=kind,
        group=row.text("group"),
        label=_label(row),
        synonyms=_synonyms(row),
        esco_uri=uri,
        esco_match=match,
        framework=framework,
    )


def _occupation(row: Row) -> Occupation:
    isco = row.formed("isco08", ISCO_CODE)
    vsco = row.formed("vsco", ISCO_CODE, required=isco[:1] != GROUP_OF_MANAGERS)
    # Decision 34/2020 follows ISCO-08 to the fourth digit, but for leaders and managers.
    if isco != vsco and isco[:1] != GROUP_OF_MANAGERS:
        row.note("vsco", Rule.CONTRADICTION, vsco)
    uri, match = _esco(row)
    return Occupation(
        code=row.formed("code", OCCUPATION_CODE),
        isco=isco,
        vsco=vsco,
        label=_label(row),
        synonyms=_synonyms(row),
        description=Bilingual(vi=row.text("description_vi"), en=row.text("description_en")),
        esco_uri=uri,
        esco_match=match,
    )


def _occupation_skill(row: Row) -> OccupationSkill:
    return OccupationSkill(
        occupation=row.text("occupation"),
        skill=row.text("skill"),
        need=row.choice("relation", Need),
    )


def _programme_field(row: Row) -> ProgrammeField:
    return ProgrammeField(code=row.formed("code", FIELD_CODE), label=_label(row))


def _programme(row: Row) -> Programme:
    level = row.choice("level", Level)
    field = row.formed("field", FIELD_CODE)
    national_code = row.formed("national_code", NATIONAL_CODE, required=False)
    source = row.choice("code_source", CodeSource)
    if national_code and national_code[:3] != NATIONAL_FIRST_DIGIT.get(level, "") + field:
        row.note("national_code", Rule.CONTRADICTION, national_code)
    if (source is CodeSource.CIRCULAR and not national_code) or (
        source is CodeSource.NONE and national_code
    ):
        row.note("code_source", Rule.CONTRADICTION, source)
    vqf = row.number("vqf")
    if vqf not in LEVELS_OF_VQF:
        row.note("vqf", Rule.FORM, str(vqf))
    return Programme(
        code=row.formed("code", PROGRAMME_CODE),
        trade=row.formed("trade", TRADE),
        level=level,
        vqf=vqf,
        national_code=national_code,
        code_source=source,
        field=field,
        label=_label(row),
        synonyms=_synonyms(row),
        minimum_credits=row.number("min_credits"),
    )


def _programme_occupation(row: Row) -> ProgrammeOccupation:
    return ProgrammeOccupation(
        programme=row.text("programme"),
        occupation=row.text("occupation"),
        preparation=row.choice("relation", Preparation),
    )


def _industry(row: Row) -> Industry:
    return Industry(code=row.formed("code", INDUSTRY_CODE), label=_label(row))


def _province(row: Row) -> Province:
    return Province(
        code=row.formed("code", PROVINCE_CODE),
        label=_label(row),
        kind=row.choice("kind", ProvinceKind),
    )


def _commune(row: Row) -> Commune:
    return Commune(
        code=row.formed("code", COMMUNE_CODE),
        province=row.text("province"),
        label=_label(row),
        kind=row.choice("kind", CommuneKind),
    )


def _label(row: Row) -> Bilingual:
    return Bilingual(vi=row.text("label_vi"), en=row.text("label_en"))


def _synonyms(row: Row) -> Synonyms:
    return Synonyms(
        vi=row.listed("synonyms_vi", besides=row.cells["label_vi"]),
        en=row.listed("synonyms_en", besides=row.cells["label_en"]),
    )


def _esco(row: Row) -> tuple[str, Match | None]:
    uri = row.formed("esco_uri", ESCO_URI, required=False)
    if bool(uri) != bool(row.cells["esco_match"]):
        row.note("esco_match", Rule.CONTRADICTION, row.cells["esco_match"])
        return uri, None
    return uri, row.choice("esco_match", Match) if uri else None


def _check_keys(files: dict[str, Sheet]) -> None:
    pairs = {"occupation_skills", "programme_occupations"}
    for name, sheet in files.items():
        key = COLUMNS[name].split()[:2] if name in pairs else ["code"]
        sheet.check_unique(*key)
        sheet.check_sorted(*key)
    for name in files.keys() - pairs:
        for label in ("label_vi", "label_en"):
            # A trade has the same name at each of its levels.
            files[name].check_unique(*(["level"] if name == "programmes" else []), label)
    files["programmes"].check_unique("trade", "level")


def _check_references(files: dict[str, Sheet]) -> None:
    codes = {
        name: {row.cells["code"] for row in sheet.rows}
        for name, sheet in files.items()
        if "code" in COLUMNS[name].split()
    }
    files["skills"].check_known("group", codes["skill_groups"])
    files["occupation_skills"].check_known("occupation", codes["occupations"])
    files["occupation_skills"].check_known("skill", codes["skills"])
    files["programmes"].check_known("field", codes["programme_fields"])
    files["programme_occupations"].check_known("programme", codes["programmes"])
    files["programme_occupations"].check_known("occupation", codes["occupations"])
    files["places_communes_48"].check_known("province", codes["places_provinces"])
