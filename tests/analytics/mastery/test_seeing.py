"""A learner sees what is known of them; a parent with consent does; nobody else."""

import pytest
import sqlalchemy as sa

from analytics.mastery import policy, queries
from analytics.mastery.models import SkillAbility
from edu.accounts import queries as accounts
from edu.accounts.models import Guardianship, GuardianshipState, Role
from edu.db import db, unit_of_work, utcnow
from edu.errors import NotFound
from edu.jobs import run_due
from tests.courses.classroom import answer, enrol
from tests.factories import a_person


@pytest.fixture
def practised(room, an):
    """An has answered two questions about brazing."""
    place = enrol(room, an)
    for question in (1, 2):
        answer(room, place, question=question)
    run_due()
    return place


def follows(guardian, learner, state=GuardianshipState.CONSENTED) -> Guardianship:
    with unit_of_work():
        tie = Guardianship(guardian=guardian, learner=learner, state=state, decided_at=utcnow())
        db.session.add(tie)
    return tie


def test_my_skills_say_how_sure_they_are(as_user, an, practised):
    page = as_user(an).get("/skills?lang=vi")

    assert page.status_code == 200
    assert "Hàn ống đồng" in page.text
    assert "2" in page.text


def test_the_page_of_one_skill_shows_every_answer(as_user, an, practised):
    page = as_user(an).get("/skills/brazing?lang=en")

    assert page.status_code == 200
    assert "What your last 2 answers told." in page.text


def test_without_answers_there_is_a_way_on(as_user, an):
    browser = as_user(an)

    page = browser.get("/skills?lang=en")

    assert "Nothing is known yet" in page.text
    assert browser.get("/skills/brazing").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/skills").status_code == 303


def test_somebody_elses_page_shows_nothing_of_mine(as_user, practised, brazing):
    ben = a_person("Lê Văn Bền")

    assert "Hàn ống đồng" not in as_user(ben).get("/skills?lang=vi").text
    assert as_user(ben).get("/skills/brazing").status_code == 404


def test_a_parent_with_consent_sees_the_childs_skills(as_user, an, practised):
    mother = a_person("Trần Thị Mẹ")
    tie = follows(mother, an)

    page = as_user(mother).get(f"/children/{tie.id}?lang=vi")

    assert "Hàn ống đồng" in page.text


def test_a_parent_without_consent_has_no_page(as_user, an, practised):
    mother = a_person("Trần Thị Mẹ")
    tie = follows(mother, an, GuardianshipState.REQUESTED)

    assert as_user(mother).get(f"/children/{tie.id}").status_code == 404


def test_the_rule_for_one_and_the_rule_for_many_agree(room, an, practised, brazing):
    college = room.college
    people = {
        "learner": an,
        "consented": a_person("Mẹ"),
        "asked": a_person("Cha"),
        "withdrawn": a_person("Dì"),
        "teacher": room.teacher,
        "manager": a_person("Quản lý", role=Role.MANAGER, at=college),
        "admin": a_person("Kỹ thuật", role=Role.ADMIN, at=college),
        "classmate": a_person("Bạn", role=Role.LEARNER, at=college),
    }
    follows(people["consented"], an)
    follows(people["asked"], an, GuardianshipState.REQUESTED)
    follows(people["withdrawn"], an, GuardianshipState.WITHDRAWN)

    seeing = set()
    for name, person in people.items():
        guards = accounts.is_guardian_of(person, an.id)
        listed = db.session.scalars(
            sa.select(SkillAbility.person_id).where(policy.visible_to(person))
        ).all()
        assert policy.can_view(person, an, guards=guards) == (an.id in listed)
        assert bool(queries.known_to(person, an)) == (an.id in listed)
        if listed:
            seeing.add(name)

    assert seeing == {"learner", "consented"}


def test_a_curve_is_hidden_as_if_it_were_not_there(room, an, practised, brazing):
    with pytest.raises(NotFound):
        queries.curve_for(room.teacher, an, brazing.id)

    assert len(queries.curve_for(an, an, brazing.id)) == 2
    assert len(queries.curve_for(an, an, brazing.id, limit=1)) == 1
