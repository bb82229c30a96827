from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from employer_portal.companies.models import Standing
from employer_portal.contacts import service as contacts
from employer_portal.needs import service as needs
from employer_portal.needs.models import Closing, NeedKind


def test_candidates_are_listed_with_reasons_and_without_names(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, employer, need, learner, college, a_profile
):
    certificate = college.certify(learner, "sk-weld", "sk-safety")
    profile = a_profile(learner, "draw", certificates=[certificate], headline="Tay nghề chắc")
    browser = as_user(employer.recruiter)

    listed = browser.get(f"{employer.at}/needs/{need.id}/candidates").text
    one = browser.get(f"{employer.at}/needs/{need.id}/candidates/{profile.id}").text

    assert "Tay nghề chắc" in listed
    assert "draw skill" in listed.split("Partly")[1]
    assert "proven" in one
    assert "Basic welding" in one
    for page in (listed, one):
        assert learner.name not in page
        assert learner.email not in page
    looked = db.session.query(AuditEntry).filter_by(action="person.viewed").all()
    assert [entry.subject_id for entry in looked] == [learner.id]


def test_the_page_follows_the_contact(as_user, employer, need, learner, a_profile):
    profile = a_profile(learner, "weld", "safety")
    address = f"{employer.at}/needs/{need.id}/candidates"
    browser = as_user(employer.recruiter)
    with inside(employer.organisation.id), unit_of_work():
        contact = contacts.ask(employer.recruiter, need, profile)
    assert "You asked on" in browser.get(f"{address}/{profile.id}").text

    with inside(employer.organisation.id), unit_of_work():
        contacts.accept(learner, contact, may_keep=False)
    assert "See who it is" in browser.get(f"{address}/{profile.id}").text
    assert learner.name in browser.get(address).text

    with inside(employer.organisation.id), unit_of_work():
        contacts.withdraw(learner, contact)
    assert "took a yes back" in browser.get(f"{address}/{profile.id}").text
    assert learner.name not in browser.get(address).text


def test_the_page_says_why_nobody_is_there(as_user, an_employer, a_need, employer):
    pending = an_employer(Standing.PENDING)
    waiting, outlook = a_need(pending), a_need(employer, kind=NeedKind.OUTLOOK)
    closed, draft = a_need(employer), a_need(employer, is_published=False)
    with inside(employer.organisation.id), unit_of_work():
        needs.close(employer.recruiter, closed, Closing.WITHDRAWN)

    def page(of, need):
        address = f"{of.at}/needs/{need.id}/candidates"
        return as_user(of.recruiter).get(address).text

    assert "Not published yet" in page(pending, waiting)
    assert "An outlook has no candidates" in page(employer, outlook)
    assert "Tell the colleges" in page(employer, closed)
    assert "Publish" in page(employer, draft)


def test_others_do_not_get_in(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, employer, need, learner, a_profile, an_employer
):
    profile = a_profile(learner, "weld")
    other = an_employer()

    for person, at in (
        (learner, employer.at),
        (other.recruiter, employer.at),
        (other.recruiter, other.at),
    ):
        browser = as_user(person)
        assert browser.get(f"{at}/needs/{need.id}/candidates").status_code == 404
        assert browser.get(f"{at}/needs/{need.id}/candidates/{profile.id}").status_code == 404


def test_a_list_costs_the_same_however_many_fit(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, employer, need, a_profile, count_queries, college
):
    from tests import factories

    browser = as_user(employer.recruiter)
    address = f"{employer.at}/needs/{need.id}/candidates"

    def join(number):
        person = factories.a_person(f"Người {number}")
        a_profile(person, certificates=[college.certify(person, "sk-weld", "sk-safety")])

    join(0)
    browser.get(address)
    with count_queries() as few:
        browser.get(address)
    for number in range(1, 5):
        join(number)
    with count_queries() as many:
        browser.get(address)

    assert len(many) <= len(few)


def test_a_recruiters_start_page_leads_to_who_fits(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, employer, an_employer, need, learner, college, a_profile
):
    a_profile(learner, certificates=[college.certify(learner, "sk-weld", "sk-safety")])
    other = an_employer(Standing.VERIFIED)

    page = as_user(employer.recruiter).get("/?lang=en").text
    theirs = as_user(other.recruiter).get("/?lang=en").text

    assert f"{employer.at}/needs/{need.id}/candidates" in page
    assert "1 person fits" in page
    assert "You are not looking for anybody yet" in theirs
    assert str(need.id) not in theirs
