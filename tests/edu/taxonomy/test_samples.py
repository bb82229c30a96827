"""The real ESCO and the real list of places."""

from pathlib import Path

import pytest

from edu.db import unit_of_work
from edu.taxonomy import queries, service

DATA = Path(__file__).parents[4] / "shared" / "data"


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
