"""Small archives of ESCO for tests, shaped as the Commission's: one of words, one of relations."""

import csv
import io
import zipfile
from pathlib import Path

PREFIX = "http://data.europa.eu/esco/"
SOFTWARE = f"{PREFIX}skill/a0d79341-8398-4019-ad1b-27888ec35aaa"  # our sk-accounting-software
ACCOUNTANT = f"{PREFIX}occupation/eda0d957-3c3c-4139-b89a-a18bc9e18897"  # our oc-accountant
WELD = f"{PREFIX}skill/weld"
METAL = f"{PREFIX}skill/metal"
WELDER = f"{PREFIX}occupation/welder"
GROUP = f"{PREFIX}skill/S1.2"
OUTER = f"{PREFIX}skill/S1"

SKILLS = [
    (WELD, "skill/competence", "sector-specific", "weld metal", "join metal", "released", "Join."),
    (METAL, "knowledge", "cross-sector", "metals", "", "released", ""),
    (SOFTWARE, "skill/competence", "", "use ledgers", "run ledgers", "released", "Keep books."),
]
OCCUPATIONS = [
    (WELDER, "7212.1", "7212", "welder", "fitter-welder", "released", "Welders weld."),
    (ACCOUNTANT, "2411.1", "2411", "accountant", "bookkeeper", "released", "Accountants count."),
]
NEEDS = [(WELDER, "essential", WELD), (WELDER, "optional", METAL), (ACCOUNTANT, "optional", METAL)]
GROUPS = [(OUTER, "S1", "make", ""), (GROUP, "S1.2", "join", "")]
ABOVE = [(WELD, METAL), (METAL, GROUP), (GROUP, OUTER), (SOFTWARE, OUTER)]

PARTS = {
    "skills": SKILLS,
    "occupations": OCCUPATIONS,
    "needs": NEEDS,
    "groups": GROUPS,
    "above": ABOVE,
    "digital": (),
    "transversal": (),
}


def write(folder: Path, **parts) -> list[Path]:
    """Write both archives and give their paths; `parts` stand in for the tables above."""
    parts = PARTS | parts
    words = {
        "skills_en": (
            "conceptUri skillType reuseLevel preferredLabel altLabels status description",
            parts["skills"],
        ),
        "occupations_en": (
            "conceptUri code iscoGroup preferredLabel altLabels status description",
            parts["occupations"],
        ),
        "skillGroups_en": ("conceptUri code preferredLabel description", parts["groups"]),
        "digitalSkillsCollection_en": ("conceptUri", [(uri,) for uri in parts["digital"]]),
        "transversalSkillsCollection_en": ("conceptUri", [(uri,) for uri in parts["transversal"]]),
        "greenSkillsCollection_en": ("conceptUri", [(METAL,)]),
    }
    relations = {
        "occupationSkillRelations": ("occupationUri relationType skillUri", parts["needs"]),
        "broaderRelationsSkillPillar": (
            "conceptUri conceptType broaderUri broaderType",
            [(low, "Concept", high, "Concept") for low, high in parts["above"]],
        ),
        "broaderRelationsOccPillar": ("conceptUri conceptType broaderUri broaderType", []),
    }
    return [_zip(folder / "words.zip", words), _zip(folder / "relations.zip", relations)]


def _zip(path: Path, tables) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, (columns, rows) in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows([columns.split(), *rows])
            archive.writestr(f"{name}.csv", text.getvalue())
    return path
