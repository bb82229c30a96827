from datetime import date
from uuid import uuid4

import pytest

from edu.db import db, inside, today, unit_of_work
from edu.jobs import Job, run_due
from employer_portal.companies import service as companies
from employer_portal.companies.models import Standing
from employer_portal.matching import jobs, queries, service, subscribers
from employer_portal.matching.models import Candidate
from employer_portal.needs import service as needs
from employer_portal.needs.models import Closing, NeedKind
from employer_portal.profiles import service as profiles
from employer_portal.profiles.events import ProfileChanged
from employer_portal.profiles.models import Purpose
from tests import factories


def scores(need) -> dict[str, float]:
    db.session.expire_all()
    rows = db.session.query(Candidate).filter_by(need_id=need.id)
    return {row.profile.person.name: round(row.score, 3) for row in rows}


@pytest.fixture
def welder(college, a_profile):
    """Proves both essential skills."""
    person = factories.a_person("Thợ")
    certificate = college.certify(person, "sk-weld", "sk-safety")
    a_profile(person, certificates=[certificate])
    return person


def test_people_and_needs_meet_whichever_comes_first(a_need, welder, college, a_profile):
    need = a_need()
    assert list(scores(need)) == ["Thợ"]

    late = factories.a_person("Sau")
    a_profile(late, certificates=[college.certify(late, "sk-weld", "sk-safety")])

    assert set(scores(need)) == {"Thợ", "Sau"}
    assert len(set(scores(need).values())) == 1


def test_a_word_alone_is_not_enough_and_others_are_no_candidates(a_need, a_profile):
    a_profile(factories.a_person("Nói"), "draw")
    a_profile(factories.a_person("Khác"), "care")

    assert scores(a_need()) == {}


def test_the_score_is_the_same_from_both_sides(a_need, welder, college):
    need = a_need()
    by_profile = scores(need)

    with inside(need.tenant_id), unit_of_work():
        assert service.match_need(need) == 1

    assert scores(need) == by_profile


def test_who_takes_the_consent_back_is_gone_at_once(employer, a_need, welder):
    need = a_need()
    with inside(need.tenant_id):
        assert queries.count_candidates(employer.recruiter, need) == 1

    with unit_of_work():
        profiles.withdraw(welder, Purpose.BE_FOUND)

    with inside(need.tenant_id):  # before any job has run
        assert queries.best_candidates(employer.recruiter, need, 10) == []
        assert queries.count_candidates(employer.recruiter, need) == 0
    run_due()
    assert scores(need) == {}


def test_a_deleted_profile_leaves_no_candidate(a_need, welder):
    need = a_need()

    with unit_of_work():
        profiles.delete(welder)
    run_due()

    assert scores(need) == {}


def test_a_closed_need_has_no_candidates(employer, a_need, welder):
    need = a_need()

    with inside(need.tenant_id), unit_of_work():
        needs.close(employer.recruiter, need, Closing.FILLED)
    run_due()

    assert scores(need) == {}


def test_nobody_is_matched_for_an_employer_not_verified(an_employer, a_need, welder, officer):
    employer = an_employer(Standing.PENDING)
    need = a_need(employer)
    assert scores(need) == {}

    with unit_of_work():
        companies.verify(officer, employer.company)
    run_due()
    assert list(scores(need)) == ["Thợ"]

    with unit_of_work():
        companies.refuse(officer, employer.company, because="không có")
    run_due()
    assert scores(need) == {}


def test_an_outlook_has_no_candidates(a_need, welder):
    assert scores(a_need(kind=NeedKind.OUTLOOK)) == {}


def test_wishes_about_place_and_contract_are_kept(a_need, college, a_profile):
    far, part = factories.a_person("Xa"), factories.a_person("Bán thời gian")
    for person, wish in ((far, {"places": ["20200"]}), (part, {"contracts": ["part-time"]})):
        a_profile(person, certificates=[college.certify(person, "sk-weld", "sk-safety")], **wish)

    assert scores(a_need(place_code="20275")) == {}
    assert set(scores(a_need(place_code="20200"))) == {"Xa"}


def test_the_law_keeps_the_young_from_some_work(a_need, college, a_profile):
    day = today()
    young = factories.a_person("Trẻ", birth_date=date(day.year - 17, 1, 1))
    a_profile(young, certificates=[college.certify(young, "sk-weld", "sk-safety")])

    assert scores(a_need()) == {}
    light = a_need(minimum_age=16)
    assert set(scores(light)) == {"Trẻ"}
    with inside(light.tenant_id), unit_of_work():
        assert service.match_need(light) == 1
    with unit_of_work():
        assert service.match_profile(young.id) == 1


def test_many_changes_are_one_matching(app, learner):
    for _ in range(3):
        subscribers.profile_changed(ProfileChanged(person_id=learner.id))

    assert [job.key for job in db.session.query(Job)] == [str(learner.id)]


def test_what_is_gone_meanwhile_is_no_error(app, employer):
    jobs.match_need(employer.organisation.id, uuid4())
    jobs.match_profile(uuid4())


def test_matching_twice_changes_nothing(a_need, welder):
    need = a_need()
    before = scores(need)

    jobs.match_need(need.tenant_id, need.id)
    jobs.match_profile(welder.id)

    assert scores(need) == before
