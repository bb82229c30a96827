"""Skills and occupations as open data, whatever their number."""

import pytest

from edu.db import db, unit_of_work
from edu.taxonomy.models import Occupation, OccupationSkill, Skill, Status


@pytest.fixture
def welder(app):
    with unit_of_work():
        brazing = Skill(code="brazing", label={"vi": "Hàn ống đồng", "en": "Brazing"})
        old = Skill(code="forging", label={"vi": "Rèn"}, status=Status.RETIRED)
        welder = Occupation(code="welder", label={"vi": "Thợ hàn", "en": "Welder"}, isco="7212")
        db.session.add_all([brazing, old, welder])
        db.session.flush()
        db.session.add_all(
            OccupationSkill(occupation_id=welder.id, skill_id=skill.id, is_essential=True)
            for skill in (brazing, old)
        )
    return welder


def test_skills_with_their_state(client, welder):
    rows = client.get("/open-data/skills.json").json

    assert [(row["code"], row["label_vi"], row["label_en"], row["status"]) for row in rows] == [
        ("brazing", "Hàn ống đồng", "Brazing", "active"),
        ("forging", "Rèn", None, "retired"),
    ]


def test_occupations_with_the_skills_in_use(client, welder):
    assert client.get("/open-data/occupation-skills.json").json == [
        {
            "occupation": "welder",
            "label_vi": "Thợ hàn",
            "label_en": "Welder",
            "isco": "7212",
            "skill": "brazing",
            "is_essential": True,
        }
    ]
