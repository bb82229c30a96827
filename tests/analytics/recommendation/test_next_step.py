"""What the start page says to do next, and why."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from analytics.recommendation import queries, service
from analytics.recommendation.models import Recommended
from courses.enrolment.models import EnrolmentState
from courses.programmes.models import Outcome, Prerequisite
from edu.db import db, inside, pretend, unit_of_work, utcnow
from edu.jobs import run_due
from tests.courses.classroom import (
    RIGHT,
    WRONG,
    a_class,
    a_skill,
    answer,
    enrol,
    finish_lesson,
    open_lesson,
)
from tests.factories import a_college, a_person

REASONS = (
    "unit-begun",
    "next-in-plan",
    "new-skill",
    "prerequisites-solid",
    "almost-solid",
    "improving",
    "not-yet-solid",
    "review-due",
)


def logged(person) -> list[Recommended]:
    db.session.expire_all()
    return list(
        db.session.scalars(
            sa.select(Recommended)
            .where(Recommended.person_id == person.id)
            .order_by(Recommended.id)
        )
    )


def decide(person) -> Recommended | None:
    with unit_of_work():
        return service.decide(queries.situation_of(person.id))


def test_who_studies_nothing_is_shown_the_way_to_the_courses(as_user, an):
    page = as_user(an).get("/?lang=en")

    assert "Nothing is waiting for you" in page.text
    assert logged(an) == []
    assert decide(an) is None


def test_the_first_lesson_is_recommended_because_it_opens_a_skill(as_user, room, an):
    enrol(room, an)

    page = as_user(an).get("/?lang=en")

    assert "Lesson 1" in page.text
    assert "It opens a new skill for you: “Brazing”." in page.text
    assert f"/classes/{room.group.id}/units/{room.units[0].id}" in page.text


def test_a_lesson_that_is_begun_comes_first(as_user, room, an):
    place = enrol(room, an)
    open_lesson(room, place)

    page = as_user(an).get("/?lang=en")

    assert "You have begun this lesson" in page.text
    assert logged(an)[0].reason == "unit-begun"
    assert logged(an)[0].propensity == 1


def test_opening_the_page_again_neither_chooses_nor_logs_again(as_user, room, an):
    enrol(room, an)
    browser = as_user(an)

    first, second = browser.get("/?lang=en").text, browser.get("/?lang=en").text

    assert len(logged(an)) == 1
    assert logged(an)[0].activity.split("/")[2] in first
    assert logged(an)[0].activity.split("/")[2] in second


def test_choosing_twice_on_one_occasion_gives_the_first_choice(room, an):
    enrol(room, an)

    assert decide(an).id == decide(an).id


def test_a_new_answer_makes_a_new_occasion(room, an):
    place = enrol(room, an)
    first = decide(an)

    answer(room, place)
    run_due()

    assert decide(an).occasion != first.occasion


def test_a_new_day_makes_a_new_occasion(room, an):
    enrol(room, an)
    first = decide(an)

    with pretend(utcnow() + timedelta(days=1)):
        assert decide(an).occasion != first.occasion


def test_what_is_logged_can_be_judged_later(room, an, brazing):
    place = enrol(room, an)
    answer(room, place, WRONG)
    run_due()

    made = decide(an)

    assert made.policy == queries.POLICY.id
    assert 0 < made.propensity <= 1
    assert made.activity in queries.situation_of(an.id).options


def test_weak_skills_are_offered_for_practice(room, an, brazing):
    place = enrol(room, an)
    for response in (WRONG, WRONG, RIGHT):
        answer(room, place, response)
    run_due()

    options = queries.situation_of(an.id).options

    assert f"practice/{room.group.id}/{brazing.id}" in options


def test_practice_leads_to_the_question_page(as_user, room, an, brazing):
    """Whichever of the two is drawn, its page opens."""
    place = enrol(room, an)
    answer(room, place, WRONG)
    run_due()
    browser = as_user(an)

    home = browser.get("/?lang=en").text

    assert (
        browser.get(f"/at/songhan/classes/{room.group.id}/practice/{brazing.id}").status_code == 200
    )
    assert "Lesson 1" in home


def test_mastered_skills_rest_and_come_back_for_review(college, an, brazing):
    room = a_class(college, [brazing], lessons=3, questions=10)
    place = enrol(room, an)
    for lesson in (1, 2):
        finish_lesson(room, place, lesson)
    run_due()
    assert {a.kind for a in queries.situation_of(an.id).options.values()} == {"next-unit"}

    with pretend(utcnow() + timedelta(days=9)):
        options = queries.situation_of(an.id).options

    review = options[f"review/{room.group.id}/{brazing.id}"]
    assert 1 < review.overdue_days < 3


def test_a_lesson_on_a_mastered_skill_stays_on_the_way(college, an, brazing):
    room = a_class(college, [brazing], lessons=3, questions=10)
    place = enrol(room, an)
    for lesson in (1, 2):
        finish_lesson(room, place, lesson)
    run_due()

    made = decide(an)

    assert made.reason == "next-in-plan"
    assert made.activity == f"next-unit/{room.group.id}/{room.units[2].id}"


def test_answers_not_counted_yet_offer_no_practice(room, an):
    answer(room, enrol(room, an), WRONG)

    assert {a.kind for a in queries.situation_of(an.id).options.values()} == {"next-unit"}


def test_a_class_without_questions_has_lessons_all_the_same(as_user, college, an):
    room = a_class(college, questions=0)
    enrol(room, an)

    assert "It is the next lesson on your way" in as_user(an).get("/?lang=en").text


def test_classes_of_two_colleges_are_weighed_together(room, an, charging):
    other = a_class(a_college("kythuat"), [charging])
    enrol(room, an)
    enrol(other, an)

    places = {step.place for step in queries.situation_of(an.id).steps.values()}

    assert places == {"songhan", "kythuat"}


# What comes before what -----------------------------------------------------------------------


@pytest.fixture
def later(college, charging, room):
    """A class of a module that asks for the module of `room` first."""
    later = a_class(college, [charging])
    with inside(college.id), unit_of_work():
        db.session.add(Prerequisite(module_id=later.module.id, required_id=room.module.id))
        db.session.add(
            Outcome(module_id=room.module.id, position=9, text={"vi": "Không gắn kỹ năng"})
        )
    return later


def skill_of(person, skill):
    return queries.situation_of(person.id).skills[str(skill.id)]


def test_what_a_module_builds_on_comes_before_its_skills(later, an, brazing, charging):
    enrol(later, an)

    assert skill_of(an, charging).requires == (str(brazing.id),)
    assert skill_of(an, brazing).requires == ()


def test_the_earlier_module_is_recommended_before_the_one_that_builds_on_it(
    room, later, an, brazing
):
    enrol(later, an)
    weak = enrol(room, an)
    for _ in range(3):
        answer(room, weak, WRONG)
    run_due()

    made = decide(an)

    assert made.activity.split("/")[1] == str(room.group.id)


def test_a_shaky_foundation_is_not_called_solid(room, later, an):
    place = enrol(room, an)
    for _ in range(6):
        answer(room, place, WRONG)
    with inside(room.college.id), unit_of_work():
        place.state = EnrolmentState.WITHDRAWN
    enrol(later, an)
    run_due()

    made = decide(an)

    assert made.activity.split("/")[1] == str(later.group.id)  # the only way there is
    assert made.reason == "next-in-plan"


def test_a_solid_foundation_is_named_as_the_reason(as_user, college, an, brazing, charging):
    room = a_class(college, [brazing], lessons=2, questions=2)
    later = a_class(college, [charging])
    with inside(college.id), unit_of_work():
        db.session.add(Prerequisite(module_id=later.module.id, required_id=room.module.id))
    place = enrol(room, an)
    for lesson in (1, 2):
        finish_lesson(room, place, lesson)
    enrol(later, an)
    run_due()

    page = as_user(an).get("/?lang=en").text

    assert logged(an)[0].reason == "prerequisites-solid"
    assert "You are ready for “Charging R32”" in page


def test_a_completed_module_is_asked_for_no_more(room, later, an, charging):
    place = enrol(room, an)
    with inside(room.college.id), unit_of_work():
        place.state = EnrolmentState.COMPLETED
    enrol(later, an)

    assert skill_of(an, charging).requires == ()


def test_ten_classes_cost_as_many_queries_as_one(college, an, count_queries):
    skills = [a_skill() for _ in range(10)]
    first = a_class(college, skills[:1])
    answer(first, enrol(first, an), WRONG)
    run_due()
    with count_queries() as alone:
        queries.situation_of(an.id)

    for skill in skills[1:]:
        room = a_class(college, [skill])
        answer(room, enrol(room, an), WRONG)
    run_due()
    with count_queries() as many:
        situation = queries.situation_of(an.id)

    assert len(situation.options) == 20
    assert len(many) == len(alone) <= 13


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_its_sentence(built_app, code, language):
    from flask import get_template_attribute

    with built_app.test_request_context(f"/?lang={language}"):
        sentence = get_template_attribute("analytics/recommendation/_reasons.html", "sentence")
        said = str(sentence(code, {"correct": 3, "answered": 4}, "Hàn", "Cơ sở"))

    assert said.endswith(".")
    assert "%" not in said
    if code in {"almost-solid", "not-yet-solid"}:
        assert "3" in said
        assert "4" in said
        assert "Hàn" in said
    if code == "next-in-plan":
        assert "Cơ sở" in said


def test_every_reason_that_can_be_given_has_a_sentence():
    """The kinds of activity offered here lead to these codes and no other."""
    from analytics.recommendation.core.activity import Activity, Kind, Skill
    from analytics.recommendation.core.reasons import reason_for

    pasts = [(), (0.0,), (1.0,), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0, 0.0, 0.0)]
    codes = {
        reason_for(
            Activity("x", kind, skill=skill),
            Skill(mastery, past, requires=requires) if skill else None,
        ).code
        for requires in ((), ("earlier",))
        for kind in (Kind.CONTINUE, Kind.NEXT_UNIT, Kind.PRACTICE, Kind.REVIEW)
        for skill in (None, "s")
        for mastery in (0.1, 0.4)
        for past in pasts
    }

    assert codes == set(REASONS)


def test_two_people_choose_each_for_themselves(room, an):
    ben = a_person("Lê Văn Bền")
    for learner in (an, ben):
        enrol(room, learner)
        decide(learner)

    assert len(logged(an)) == len(logged(ben)) == 1
