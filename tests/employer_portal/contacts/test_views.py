import pytest

from edu.audit.models import AuditEntry
from edu.db import db
from employer_portal.contacts.models import Contact, ContactState


@pytest.fixture
def profile(learner, a_profile):
    return a_profile(learner, "weld", headline="Tay nghề chắc")


def the_contact() -> Contact:
    db.session.expire_all()
    return db.session.query(Contact).execution_options(all_tenants=True).one()


def ask(as_user, employer, need, profile, message="Mời bạn đến xưởng"):
    address = f"{employer.at}/needs/{need.id}/candidates/{profile.id}/ask"
    return as_user(employer.recruiter).post(address, data={"message": message})


def test_from_question_to_hire(as_user, employer, need, profile, learner):
    assert ask(as_user, employer, need, profile).status_code == 303
    recruiter, person = as_user(employer.recruiter), as_user(learner)
    contact = the_contact()

    assert "would like to meet you" in person.get("/").text
    assert "Mời bạn đến xưởng" in person.get("/jobs/contacts").text
    assert recruiter.get(f"{employer.at}/contacts/{contact.id}").status_code == 404
    person.post(f"/jobs/contacts/{contact.id}/accept", data={"may_keep": "y"})
    page = recruiter.get(f"{employer.at}/contacts/{contact.id}").text
    assert learner.name in page
    assert learner.email in page
    recruiter.post(f"{employer.at}/contacts/{contact.id}/conclude", data={"hired": "yes"})

    assert the_contact().state == ContactState.HIRED
    assert the_contact().may_keep
    looked = db.session.query(AuditEntry).filter_by(action="person.viewed").all()
    assert [entry.subject_id for entry in looked] == [learner.id]


def test_a_message_that_is_too_long_is_left_out(as_user, employer, need, profile):
    ask(as_user, employer, need, profile, message="x" * 700)

    assert the_contact().message == ""


@pytest.mark.parametrize(
    ("answer", "state"), [("refuse", ContactState.REFUSED), ("withdraw", ContactState.WITHDRAWN)]
)
def test_the_person_decides(  # noqa: PLR0913, PLR0917 - fixtures
    as_user, employer, need, profile, learner, answer, state
):
    ask(as_user, employer, need, profile)

    reply = as_user(learner).post(f"/jobs/contacts/{the_contact().id}/{answer}")

    assert reply.status_code == 303
    assert the_contact().state == state


def test_there_are_no_other_answers(as_user, employer, need, profile, learner):
    ask(as_user, employer, need, profile)

    reply = as_user(learner).post(f"/jobs/contacts/{the_contact().id}/perhaps")

    assert reply.status_code == 404


def test_a_learner_comes_forward(as_user, employer, need, profile, learner):
    browser = as_user(learner)

    answer = browser.post(f"/jobs/{need.id}/offer", data={"message": "Tôi ở gần"})

    assert answer.location == "/jobs/contacts"
    assert the_contact().is_offer
    assert "You said yes" in browser.get("/jobs/contacts").text
    page = as_user(employer.recruiter).get(f"{employer.at}/contacts/{the_contact().id}")
    assert "Tôi ở gần" in page.text


def test_an_offer_that_is_too_long_goes_back(as_user, need, profile, learner):
    answer = as_user(learner).post(f"/jobs/{need.id}/offer", data={"message": "x" * 700})

    assert answer.location == f"/jobs/{need.id}"


def test_without_contacts_the_page_says_how_to_begin(as_user, learner):
    page = as_user(learner).get("/jobs/contacts").text

    assert "Look at jobs" in page
