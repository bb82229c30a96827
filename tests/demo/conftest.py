"""The demo province as it stands in the repository: TOML, CSV and courses of Markdown."""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from courses.authoring.core.course import ImportedCourse
from courses.authoring.core.importer import import_course
from courses.authoring.core.source import FolderSource

Row = dict[str, Any]  # a table as its author wrote it: of the shape that the tests ask for

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "edu/demo/data"
COURSES = ROOT / "courses/demo/data"
NEEDS = ROOT / "employer_portal/demo/data"
RESOURCES = ROOT / "oer_repository/demo/data"
TAXONOMY = ROOT / "edu/taxonomy/data"


def toml(path: Path) -> Row:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)


def codes(name: str) -> dict[str, Row]:
    with (TAXONOMY / name).open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="session")
def skills() -> dict[str, Row]:
    return codes("skills.csv")


@pytest.fixture(scope="session")
def places() -> dict[str, Row]:
    return codes("places_communes_48.csv")


@pytest.fixture(scope="session")
def organisations() -> Row:
    return toml(KERNEL / "organisations.toml")


@pytest.fixture(scope="session")
def organisation_codes(organisations: Row) -> set[str]:
    return {
        organisations["province"]["code"],
        *(row["code"] for row in organisations["college"] + organisations["employer"]),
    }


@pytest.fixture(scope="session")
def departments(organisations: Row) -> dict[str, str]:
    """Code of each department → code of its college."""
    return {
        department["code"]: college["code"]
        for college in organisations["college"]
        for department in college["departments"]
    }


@pytest.fixture(scope="session")
def people() -> dict[str, Row]:
    return {row["key"]: row for row in toml(KERNEL / "people.toml")["person"]}


@pytest.fixture(scope="session")
def guardianships() -> list[Row]:
    return toml(KERNEL / "people.toml")["guardianship"]


@pytest.fixture(scope="session")
def programmes() -> dict[tuple[str, str], Row]:
    """(college, code) → programme."""
    rows = toml(COURSES / "programmes.toml")["programme"]
    return {(row["college"], row["code"]): row for row in rows}


@pytest.fixture(scope="session")
def modules() -> dict[str, Row]:
    files = sorted((COURSES / "outlines").glob("*.toml"))
    rows = [row for file in files for row in toml(file)["module"]]
    found = {row["code"]: row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="session")
def classes() -> Row:
    return toml(COURSES / "classes.toml")


@pytest.fixture(scope="session")
def needs() -> list[Row]:
    return toml(NEEDS / "needs.toml")["need"]


@pytest.fixture(scope="session")
def resources() -> list[Row]:
    return toml(RESOURCES / "resources.toml")["resource"]


@pytest.fixture(scope="session")
def courses() -> dict[str, ImportedCourse]:
    """Module code → its teaching content, as the importer reads it."""
    folders = sorted((COURSES / "modules").iterdir())
    return {folder.name: import_course(FolderSource(folder)) for folder in folders}


@pytest.fixture(scope="session")
def item_skills() -> dict[str, str]:
    """Item → skill, for every item of the demo courses."""
    with (COURSES / "item_skills.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["item"].startswith(f"{row['module'].lower()}-") for row in rows)
    found = {row["item"]: row["skill"] for row in rows}
    assert len(found) == len(rows)
    return found
