import json
import re
from datetime import date

import pytest

from edu.db import inside, today, unit_of_work
from edu.jobs import run_due
from edu.search import current
from employer_portal.companies.models import Standing
from employer_portal.contacts import service as contacts
from employer_portal.needs import service as needs
from employer_portal.needs.models import Closing, NeedKind
from tests import factories


@pytest.fixture(autouse=True)
def empty_index(app):
    current.index().rebuild([])


@pytest.fixture
def indexed(a_need):
    def make(*args, **said):
        need = a_need(*args, **said)
        run_due()
        return need

    return make


def test_jobs_are_found_without_accents(client, indexed):
    indexed(title={"vi": "Thợ hàn khung thép"})
    indexed(title={"vi": "Lễ tân khách sạn"}, about={"vi": "Ca đêm"})

    found = client.get("/jobs?q=tho han khung").text

    assert "Thợ hàn khung thép" in found
    assert "Lễ tân" not in found


def test_many_employers_cost_no_more_queries_than_one(client, an_employer, indexed, count_queries):
    indexed(an_employer())
    with count_queries() as one:
        client.get("/jobs")

    names = [indexed(an_employer()).tenant_id for _each in range(2)]
    with count_queries() as many:
        page = client.get("/jobs").text

    assert page.count("MAG welder") >= len(names)
    assert len(many) == len(one), [each for each in many if each not in one]


def test_kind_and_commune_narrow_and_can_be_undone(client, indexed):
    indexed(title={"vi": "Việc ở An Hải"}, place_code="20275")
    indexed(title={"vi": "Thực tập Hòa Khánh"}, place_code="20200", kind=NeedKind.INTERNSHIP)

    narrowed = client.get("/jobs?offered=internship").text
    there = client.get("/jobs?commune=20275").text

    assert "Thực tập Hòa Khánh" in narrowed
    assert "Việc ở An Hải" not in narrowed
    assert "1 job found" in narrowed
    assert 'aria-current="true">Internship' in narrowed
    assert "Việc ở An Hải" in there
    assert "Thực tập" not in there.split("<main")[1].split('class="grid"')[1]


def test_only_open_vacancies_of_verified_employers_are_listed(client, an_employer, indexed):
    indexed(an_employer(Standing.PENDING), title={"vi": "Của ai đó"})
    indexed(an_employer(), title={"vi": "Dự báo"}, kind=NeedKind.OUTLOOK)

    page = client.get("/jobs").text

    assert "Của ai đó" not in page
    assert "Dự báo" not in page
    assert "No job is open here now" in page


def test_a_closed_job_leaves_the_list(client, employer, indexed):
    need = indexed(title={"vi": "Sắp đóng"})
    with inside(employer.organisation.id), unit_of_work():
        needs.close(employer.recruiter, need, Closing.FILLED)
    run_due()

    assert "Sắp đóng" not in client.get("/jobs").text
    page = client.get(f"/jobs/{need.id}").text
    assert "Not open any more" in page
    assert "application/ld+json" not in page


def test_nothing_found_offers_a_way_on(client, taxonomy):
    page = client.get("/jobs?q=zzz").text

    assert "Show all jobs" in page


def test_a_job_tells_search_engines_what_it_is(client, province, indexed, employer):
    need = indexed(pay_from=10_000_000, pay_to=16_000_000, place_code="20275")

    page = client.get(f"/jobs/{need.id}?lang=vi").text
    said = json.loads(re.search(r"ld\+json[^>]*>(.*?)</script>", page, re.DOTALL)[1])

    assert said["title"] == need.title["vi"]
    assert said["hiringOrganization"]["name"] == employer.organisation.name["vi"]
    assert said["baseSalary"]["value"]["maxValue"] == 16_000_000
    assert said["jobLocation"]["address"]["addressRegion"] == "Đà Nẵng"


def test_a_stranger_is_asked_to_sign_in(client, indexed):
    page = client.get(f"/jobs/{indexed().id}").text

    assert "Sign in to see which of the skills you hold" in page
    assert "How near you are" not in page


def test_a_learner_reads_what_is_missing_and_what_closes_the_gap(
    as_user, learner, college, indexed
):
    college.certify(learner, "sk-weld")
    need = indexed()

    page = as_user(learner).get(f"/jobs/{need.id}").text

    assert "1 of 3" in page
    assert "safety skill" in page.split("Missing")[1]
    assert "Basic welding" in page
    assert f"/at/{college.organisation.code}/classes/{college.group.id}" in page
    assert "3 credits" in page


def test_who_shows_a_profile_can_come_forward(as_user, learner, a_profile, indexed, employer):
    need = indexed()
    browser = as_user(learner)
    assert "Choose what to show" in browser.get(f"/jobs/{need.id}").text

    a_profile(learner, "weld", agrees=False)
    assert "I am interested" in browser.get(f"/jobs/{need.id}").text

    with inside(employer.organisation.id), unit_of_work():
        contacts.offer(learner, need)
    assert "The employer sees who you are" in browser.get(f"/jobs/{need.id}").text


def test_who_is_too_young_is_told_and_not_asked(as_user, indexed, a_profile):
    day = today()
    young = factories.a_person("Trẻ", birth_date=date(day.year - 17, 1, 1))
    a_profile(young, "weld")

    page = as_user(young).get(f"/jobs/{indexed().id}").text

    assert "from the age of 18" in page
    assert "I am interested" not in page


def test_the_learners_list_says_why(as_user, learner, college, indexed):
    indexed()
    college.certify(learner, "sk-weld")
    browser = as_user(learner)

    page, home = browser.get("/jobs").text, browser.get("/").text

    assert "For you" in page
    assert "1 of 3 skills held" in page
    assert "Missing: safety skill" in page
    assert "Missing first of all: safety skill" in home
    assert "For you" not in browser.get("/jobs?q=han").text


@pytest.mark.parametrize(
    ("proven", "sentence"),
    [
        (["sk-weld", "sk-safety"], "nothing essential is missing"),
        (["sk-weld", "sk-safety", "sk-draw"], "exactly what you can prove"),
    ],
)
def test_the_start_page_says_how_near(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, learner, college, indexed, proven, sentence
):
    indexed()
    college.certify(learner, *proven)

    assert sentence in as_user(learner).get("/").text


def test_without_skills_the_page_asks_for_them(as_user, learner, indexed):
    indexed()
    browser = as_user(learner)

    assert "Say what you can do" in browser.get("/jobs").text
    assert "A job within reach" not in browser.get("/").text


def test_an_employers_front_page_lists_its_jobs(client, an_employer, indexed, college):
    employer, idle = an_employer(), an_employer()
    indexed(employer, title={"vi": "Thợ hàn ở xưởng"})

    assert "Thợ hàn ở xưởng" in client.get(f"{employer.at}/").text
    assert "Nobody is looked for right now" in client.get(f"{idle.at}/").text
    assert "Open jobs" not in client.get(f"/at/{college.organisation.code}/").text


def test_a_draft_is_not_there_for_others(client, a_need):
    assert client.get(f"/jobs/{a_need(is_published=False).id}").status_code == 404


def test_the_index_can_be_built_anew(client, indexed):
    indexed(title={"vi": "Còn đây"})

    current.searchables.rebuild(current.index())

    assert "Còn đây" in client.get("/jobs").text
