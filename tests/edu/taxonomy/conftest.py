"""Reference data for the tests of the taxonomy's doors."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from edu.db import db, unit_of_work
from edu.taxonomy import queries, service
from edu.taxonomy.core import curated
from edu.taxonomy.core.curated import Curated
from tests.edu.taxonomy import esco_files

WHOLE = curated.read()
TRADES = {"welding", "business-accounting"}


@pytest.fixture(scope="session")
def few() -> Curated:
    """Welding and accounting out of what we ship: enough to test with, and ten times faster."""
    programmes = tuple(each for each in WHOLE.programmes if each.trade in TRADES)
    aims = _of(WHOLE.programme_occupations, "programme", programmes)
    occupations = tuple(
        each for each in WHOLE.occupations if each.code in {aim.occupation for aim in aims}
    )
    needs = _of(WHOLE.occupation_skills, "occupation", occupations)
    skills = tuple(each for each in WHOLE.skills if each.code in {need.skill for need in needs})
    return replace(
        WHOLE,
        skills=skills,
        occupations=occupations,
        occupation_skills=needs,
        programmes=programmes,
        programme_occupations=aims,
    )


def _of(rows, column, entries):
    codes = {entry.code for entry in entries}
    return tuple(row for row in rows if getattr(row, column) in codes)


@pytest.fixture
def ours(app, few):
    """A few trades of what Nghề Số ships are installed."""
    return install(few)


@pytest.fixture
def esco(app, few, tmp_path: Path):
    """`esco(skills=…, needs=…)` imports small archives; by default a welder and an accountant."""

    def import_them(**parts):
        with unit_of_work():
            return service.import_esco(esco_files.write(tmp_path, **parts), ours=few)

    return import_them


"""Ask and change the stored reference data in one line."""


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
