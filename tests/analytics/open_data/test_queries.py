"""Indicators in the open: nothing in them rests on few people."""

import pytest
import sqlalchemy as sa

from analytics.indicators.models import IndicatorValue
from edu.db import db, today, unit_of_work, utcnow
from tests.factories import a_college


@pytest.fixture
def figures(province, college):
    """`figures(code, …)`: today's value of an indicator and the people behind it, by place."""
    places = {"danang": province, "songhan": college}

    def write(indicator: str, **by_place: tuple[float, int | None]) -> None:
        for code in by_place.keys() - places.keys():
            places[code] = a_college(code)
        with unit_of_work():
            for code, (value, people) in by_place.items():
                db.session.add(
                    IndicatorValue(
                        organisation_id=places[code].id,
                        day=today(),
                        indicator=indicator,
                        indicator_set="nghe-so-2026",
                        value=value,
                        people=people,
                        worked_out_at=utcnow(),
                    )
                )

    return write


def shown(client) -> dict[tuple[str, str], tuple]:
    return {
        (row["organisation"], row["indicator"]): (row["value"], row["hidden"])
        for row in client.get("/open-data/indicators.json").json
    }


def test_what_rests_on_many_is_shown(client, figures):
    figures("learners", danang=(20.0, 20), songhan=(20.0, 20))

    assert set(shown(client).values()) == {(20.0, None)}


def test_fewer_than_five_people_are_not_counted_out(client, figures):
    figures("learners", songhan=(4.0, 4), kythuat=(0.0, 0))

    found = shown(client)
    assert found["songhan", "learners"] == (None, "<5")
    assert found["kythuat", "learners"] == (0.0, None)


def test_a_share_of_few_people_is_hidden_too(client, figures):
    figures("completion", songhan=(0.5, 2))

    assert shown(client)["songhan", "completion"] == (None, "<5")


def test_the_total_does_not_tell_what_is_hidden(client, figures):
    figures("learners", danang=(33.0, 33), songhan=(3.0, 3), kythuat=(30.0, 30))

    found = shown(client)
    assert found["danang", "learners"] == (33.0, None)
    assert found["songhan", "learners"] == (None, "<5")
    assert found["kythuat", "learners"] == (None, "*")


def test_a_total_of_few_people_is_hidden_itself(client, figures):
    figures("learners", danang=(2.0, 2))

    assert shown(client)["danang", "learners"] == (None, "<5")


def test_what_is_not_about_people_is_always_shown(client, figures):
    figures("shared-resources", songhan=(1.0, None))

    assert shown(client)["songhan", "shared-resources"] == (1.0, None)
    assert db.session.scalar(sa.select(sa.func.count(IndicatorValue.id))) == 1
