from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu.accounts.models import Role
from edu.db import db, inside, unit_of_work
from edu.errors import Forbidden
from employer_portal.feedback import policy, queries, service
from employer_portal.feedback.models import Feedback
from tests import factories


@pytest.fixture
def tell(taxonomy):
    def make(employer, need, *lacked):
        with inside(employer.organisation.id), unit_of_work():
            return service.give(employer.recruiter, need, [taxonomy[name] for name in lacked])

    return make


def test_said_again_it_replaces_what_was_said(employer, need, tell):
    first = tell(employer, need, "weld", "care")
    kept = {entry.skill.code: entry.id for entry in first.lacks}

    again = tell(employer, need, "weld")

    assert again.id == first.id
    assert {entry.skill.code: entry.id for entry in again.lacks} == {"sk-weld": kept["sk-weld"]}


def test_only_recruiters_of_the_employer_speak(employer, need, learner):
    with pytest.raises(Forbidden), inside(employer.organisation.id), unit_of_work():
        service.give(learner, need, [])


def test_a_college_hears_counts_beside_its_modules(an_employer, a_need, tell, college):
    for employer in (an_employer(), an_employer()):
        first, second = a_need(employer), a_need(employer)
        tell(employer, first, "safety", "care")
        tell(employer, second, "safety")

    echo = queries.heard_at(college.organisation.id)

    (heard,) = echo.modules
    assert heard.code == college.module.code
    assert [(one.skill.code, one.employers, one.needs) for one in heard.echoes] == [
        ("sk-safety", 2, 4)
    ]
    assert heard.employers == 2
    assert [(one.skill.code, one.employers, one.needs) for one in echo.untaught] == [
        ("sk-care", 2, 0)
    ]


def test_old_words_are_not_heard_any_more(employer, need, tell, time_machine_ahead):
    tell(employer, need, "weld")
    assert len(queries.missed()) == 1

    with time_machine_ahead(queries.RECENT + timedelta(days=1)):
        assert queries.missed() == {}


def test_one_row_and_the_list_agree_for_everyone(an_employer, a_need, tell, learner, college):
    speaker, other = an_employer(), an_employer()
    feedback = tell(speaker, a_need(speaker), "weld")

    for actor in (speaker.recruiter, other.recruiter, learner, college.teacher):
        listed = set(
            db.session.scalars(
                sa.select(Feedback.id)
                .where(policy.visible_to(actor))
                .execution_options(all_tenants=True)
            )
        )
        assert listed == ({feedback.id} if policy.can_view(actor, feedback) else set())


def test_counts_are_for_the_staff_of_colleges(college, employer, learner):
    manager = factories.a_person("Lê Ngọc", role=Role.MANAGER, at=college.organisation)

    for actor, may in ((manager, True), (college.teacher, True), (learner, False)):
        assert policy.can_read_counts(actor, college.organisation) is may
    assert not policy.can_read_counts(employer.recruiter, employer.organisation)


def test_an_employer_ticks_and_a_college_reads(as_user, employer, need, college):
    browser = as_user(employer.recruiter)
    address = f"{employer.at}/needs/{need.id}/feedback"
    assert "weld skill" in browser.get(address).text

    answer = browser.post(address, data={"asked": ["sk-weld"], "other": ["sk-care", "sk-weld"]})
    assert answer.status_code == 303
    again = browser.get(address).text
    heard = as_user(college.teacher).get(f"/at/{college.organisation.code}/feedback").text

    assert again.count("checked") == 2
    assert "Basic welding" in heard
    assert "care skill" in heard


def test_a_mistake_comes_back_and_looking_is_none(as_user, employer, need):
    browser = as_user(employer.recruiter)
    address = f"{employer.at}/needs/{need.id}/feedback"

    assert browser.post(address, data={"other": ["sk-none"]}).status_code == 422
    assert browser.post(address, data={"other-q": "han", "other-find": "1"}).status_code == 200


def test_a_quiet_college_reads_what_will_be_here(as_user, college):
    page = as_user(college.teacher).get(f"/at/{college.organisation.code}/feedback")

    assert "Nothing heard about your modules yet" in page.text


def test_others_do_not_read_it(as_user, college, learner):
    answer = as_user(learner).get(f"/at/{college.organisation.code}/feedback")

    assert answer.status_code == 403
