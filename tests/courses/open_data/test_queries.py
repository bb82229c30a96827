"""Programmes, modules and open classes as anyone may download them."""

from datetime import date, timedelta

import pytest

from courses.catalogue.models import ClassState
from edu.db import inside, today, unit_of_work
from tests.courses.classroom import a_class, a_curriculum, a_module, a_skill
from tests.factories import a_college


@pytest.fixture
def college(app):
    return a_college("songhan")


def rows(client, code: str) -> list[dict]:
    return client.get(f"/open-data/{code}.json").json


def test_programmes_in_force_at_every_college(client, college):
    a_module(college)
    a_module(a_college("kythuat"))
    a_curriculum(college, code="draft")

    found = rows(client, "programmes")

    assert {row["college"] for row in found} == {"songhan", "kythuat"}
    assert "draft" not in {row["programme"] for row in found}
    assert found[0]["title_vi"] == "Điện lạnh"
    assert found[0]["valid_from"] == date(2026, 1, 1).isoformat()


def test_modules_with_a_line_for_each_outcome(client, college):
    a_module(college, [a_skill("brazing"), a_skill("charging")], code="DL1")
    a_module(college, code="DL2")

    found = rows(client, "modules")

    assert [(row["module"], row["skill"]) for row in found] == [
        ("DL1", "brazing"),
        ("DL1", "charging"),
        ("DL2", None),
    ]
    assert found[0]["outcome_vi"] == "Hàn ống đồng"


def test_an_outcome_without_a_skill_is_told_all_the_same(client, college):
    module = a_module(college, [a_skill("brazing")])
    with inside(college.id), unit_of_work():
        module.outcomes[0].skill = None

    assert rows(client, "modules")[0]["skill"] is None


def test_open_classes_that_have_not_ended(client, college):
    shown = a_class(college)
    closed, members_only = a_class(college), a_class(college)
    a_class(college, starts_on=today() - timedelta(days=300))
    with inside(college.id), unit_of_work():
        closed.group.state = ClassState.CLOSED
        members_only.group.is_open = False

    (found,) = rows(client, "open-classes")

    assert found["class"] == shown.group.code
    assert found["page"] == f"http://portal.test/at/songhan/classes/{shown.group.id}"


def test_a_college_that_closed_is_no_longer_listed(client, college):
    a_class(college)
    with unit_of_work():
        college.is_active = False

    assert rows(client, "programmes") == rows(client, "modules") == []
    assert rows(client, "open-classes") == []
