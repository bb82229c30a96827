"""A profile follows what is known of its owner, if the owner agreed."""

from datetime import timedelta

import pytest

from edu.db import db, pretend, unit_of_work, utcnow
from edu.jobs import run_due
from employer_portal.matching.core.match import Evidence
from employer_portal.profiles import queries
from employer_portal.profiles import service as profiles
from employer_portal.profiles.models import Purpose
from employer_portal.profiles.service import Choice
from tests.courses.classroom import RIGHT, answer, enrol


@pytest.fixture
def profile(an):
    with unit_of_work():
        return profiles.show(an, Choice(headline="Thợ lạnh"))


def agree(person) -> None:
    with unit_of_work():
        profiles.agree(person, Purpose.SHOW_MASTERY)
    run_due()


def answer_well(room, place) -> None:
    for question in (1, 2, 1, 2):
        answer(room, place, RIGHT, question=question)
    run_due()


def shown(person) -> list[str]:
    db.session.expire_all()
    return [
        entry.skill.code
        for entry in queries.of(person.id).skills
        if entry.evidence == Evidence.MASTERY
    ]


def test_agreeing_shows_what_is_known_at_once(room, an, profile):
    answer_well(room, enrol(room, an))

    agree(an)

    assert shown(an) == ["brazing"]


def test_new_answers_follow_soon(room, an, profile):
    agree(an)
    answer_well(room, enrol(room, an))
    assert shown(an) == []

    with pretend(utcnow() + timedelta(minutes=11)):
        run_due()

    assert shown(an) == ["brazing"]


def test_without_consent_nothing_is_shown(room, an, profile):
    answer_well(room, enrol(room, an))

    with pretend(utcnow() + timedelta(minutes=11)):
        run_due()

    assert shown(an) == []
