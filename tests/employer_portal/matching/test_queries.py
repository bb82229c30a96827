from datetime import date, timedelta

from courses.catalogue.models import ClassState
from courses.enrolment import service as enrolments
from edu.db import inside, today, unit_of_work
from employer_portal.companies.models import Standing
from employer_portal.matching import queries
from tests import factories


def test_a_learner_sees_vacancies_by_own_certificates_without_any_consent(learner, college, a_need):
    near = a_need()
    college.certify(learner, "sk-weld", "sk-safety")

    fits = queries.suggestions(learner)

    assert [fit.need.id for fit in fits] == [near.id]
    assert {skill.code for skill in fits[0].held} == {"sk-weld", "sk-safety"}
    assert [skill.code for skill in fits[0].missing] == ["sk-draw"]
    assert fits[0].essential_missing == []


def test_better_fits_come_first_and_no_more_than_asked(learner, college, a_need, taxonomy):
    half = a_need(skills=[(taxonomy["weld"], True), (taxonomy["care"], True)])
    whole = a_need(skills=[(taxonomy["weld"], True)])
    college.certify(learner, "sk-weld")

    assert [fit.need.id for fit in queries.suggestions(learner)] == [whole.id, half.id]
    assert len(queries.suggestions(learner, limit=1)) == 1


def test_without_any_skill_there_is_nothing_to_suggest(learner, need):
    assert queries.suggestions(learner) == []


def test_wishes_and_the_law_narrow_a_learners_list(college, a_need, a_profile):
    a_need(place_code="20275")
    day = today()
    elsewhere = factories.a_person("Xa")
    young = factories.a_person("Trẻ", birth_date=date(day.year - 17, 1, 1))
    for person in (elsewhere, young):
        college.certify(person, "sk-weld")
    a_profile(elsewhere, places=["20200"])

    assert queries.suggestions(elsewhere) == []
    assert queries.suggestions(young) == []


def test_needs_of_employers_not_verified_are_not_suggested(learner, college, an_employer, a_need):
    a_need(an_employer(Standing.PENDING))
    college.certify(learner, "sk-weld")

    assert queries.suggestions(learner) == []


def test_the_cost_of_a_learners_list_does_not_grow_with_learners(
    learner, college, a_need, a_profile, count_queries
):
    a_need()
    college.certify(learner, "sk-weld")
    queries.suggestions(learner)
    with count_queries() as few:
        queries.suggestions(learner)
    for number in range(5):
        a_profile(factories.a_person(f"Người {number}"), "weld")
    with count_queries() as many:
        queries.suggestions(learner)

    assert len(many) == len(few)


def test_the_gap_leads_to_a_class_that_can_be_joined(learner, college, need):
    way = queries.way_to(queries.fit_for(learner, need), learner.id)

    assert way.best.module.id == college.module.id
    assert way.best.group.path == f"/at/{college.organisation.code}/classes/{college.group.id}"
    assert not way.best.is_begun
    assert {skill.code for skill in way.best.proves} == {"sk-weld", "sk-safety"}
    assert [lesson.module.id for lesson in way.whole] == [college.module.id]
    assert way.credits == 3


def test_a_module_without_a_class_is_still_named(learner, college, need):
    with inside(college.organisation.id), unit_of_work():
        college.group.state = ClassState.CLOSED

    way = queries.way_to(queries.fit_for(learner, need), learner.id)

    assert way.best.module.id == college.module.id
    assert way.best.group is None


def test_a_class_that_one_is_in_is_the_way_one_is_on(learner, college, need):
    with inside(college.organisation.id), unit_of_work():
        college.group.is_open = True
        enrolments.enrol(college.group, learner)
        college.group.is_open = False
        college.group.starts_on = today() - timedelta(days=9)

    way = queries.way_to(queries.fit_for(learner, need), learner.id)

    assert way.best.group.id == college.group.id
    assert way.best.is_begun


def test_where_nothing_is_missing_or_taught_there_is_no_way(learner, college, a_need, taxonomy):
    untaught = a_need(skills=[(taxonomy["care"], True)])
    assert queries.way_to(queries.fit_for(learner, untaught), learner.id) is None

    held = a_need(skills=[(taxonomy["weld"], True)])
    college.certify(learner, "sk-weld")
    assert queries.way_to(queries.fit_for(learner, held), learner.id) is None


def test_weights_follow_the_taxonomy(taxonomy):
    weights = queries.weights()

    assert weights["sk-weld"] > 1
    assert set(weights) == {"sk-weld", "sk-safety", "sk-draw", "sk-care"}
