from datetime import date, timedelta
from uuid import uuid4

import pytest

from edu.audit.models import AuditEntry
from edu.db import db, inside, today, unit_of_work
from edu.errors import Forbidden, NotFound
from edu.jobs import run_due
from employer_portal.companies.models import Standing
from employer_portal.contacts import jobs, queries, service
from employer_portal.contacts.models import Contact, ContactState
from employer_portal.needs import service as needs
from employer_portal.needs.models import Closing, NeedKind
from employer_portal.profiles import service as profiles
from employer_portal.profiles.models import Purpose
from tests import factories


@pytest.fixture
def profile(learner, a_profile):
    return a_profile(learner, "weld")


@pytest.fixture
def contact(employer, need, profile):
    with inside(employer.organisation.id), unit_of_work():
        return service.ask(employer.recruiter, need, profile, message=" Mời bạn ")


def inside_of(employer):
    return inside(employer.organisation.id)


def test_a_question_waits_for_the_person(contact, learner):
    assert contact.state == ContactState.ASKED
    assert contact.message == "Mời bạn"
    assert not contact.is_offer
    assert queries.waiting_for(learner.id) == 1


def test_asking_twice_is_asking_once(employer, need, profile, contact):
    with inside_of(employer), unit_of_work():
        assert service.ask(employer.recruiter, need, profile) is contact


def test_only_its_recruiters_ask(employer, need, profile, learner):
    with pytest.raises(Forbidden), inside_of(employer), unit_of_work():
        service.ask(learner, need, profile)


def test_who_took_the_consent_back_cannot_be_asked(employer, need, profile, learner):
    with unit_of_work():
        profiles.withdraw(learner, Purpose.BE_FOUND)

    with pytest.raises(service.NotFindable), inside_of(employer), unit_of_work():
        service.ask(employer.recruiter, need, profile)


def test_what_is_not_open_meets_nobody(an_employer, a_need, profile, learner):
    pending, verified = an_employer(Standing.PENDING), an_employer()
    outlook = a_need(verified, kind=NeedKind.OUTLOOK)

    for employer, need in ((pending, a_need(pending)), (verified, outlook)):
        with pytest.raises(service.NeedNotOpen), inside_of(employer), unit_of_work():
            service.ask(employer.recruiter, need, profile)
        with pytest.raises(service.NeedNotOpen), inside_of(employer), unit_of_work():
            service.offer(learner, need)


def test_the_law_keeps_the_young_from_some_work(employer, need, a_profile):
    day = today()
    young = factories.a_person("Trẻ", birth_date=date(day.year - 17, 1, 1))
    profile = a_profile(young, "weld")

    for act in (
        lambda: service.ask(employer.recruiter, need, profile),
        lambda: service.offer(young, need),
    ):
        with pytest.raises(service.TooYoungForIt), inside_of(employer), unit_of_work():
            act()


def test_a_yes_opens_and_a_no_closes(employer, contact, learner, need, a_profile):
    other = factories.a_person("Khác")
    another = a_profile(other, "weld")
    with inside_of(employer), unit_of_work():
        refused = service.ask(employer.recruiter, need, another)

    with inside_of(employer), unit_of_work():
        service.accept(learner, contact, may_keep=True)
        service.refuse(other, refused)
        service.refuse(learner, contact)  # too late: the yes stands until taken back
        service.accept(other, refused, may_keep=True)

    assert (contact.state, contact.may_keep) == (ContactState.ACCEPTED, True)
    assert (refused.state, refused.may_keep) == (ContactState.REFUSED, False)
    assert queries.waiting_for(learner.id) == 0


def test_a_yes_can_be_taken_back(employer, contact, learner):
    with inside_of(employer), unit_of_work():
        service.accept(learner, contact, may_keep=True)
        service.withdraw(learner, contact)

    assert not contact.is_open
    assert not contact.may_keep


@pytest.mark.parametrize(
    "act",
    [
        lambda who, it: service.accept(who, it, may_keep=False),
        service.refuse,
        service.withdraw,
    ],
)
def test_nobody_answers_for_somebody_else(employer, contact, act):
    with pytest.raises(NotFound), inside_of(employer), unit_of_work():
        act(employer.recruiter, contact)


def test_coming_forward_needs_no_consent_to_be_found(employer, need, learner, a_profile):
    a_profile(learner, "weld", agrees=False)

    with inside_of(employer), unit_of_work():
        contact = service.offer(learner, need, message="Tôi ở gần", may_keep=True)
        assert service.offer(learner, need) is contact

    assert contact.is_offer
    assert contact.is_open
    assert contact.may_keep


def test_coming_forward_answers_a_question(employer, contact, need, learner):
    with inside_of(employer), unit_of_work():
        service.offer(learner, need)

    assert contact.state == ContactState.ACCEPTED


def test_coming_forward_needs_something_to_show(employer, need, learner):
    with pytest.raises(profiles.NothingToShow), inside_of(employer), unit_of_work():
        service.offer(learner, need)


def test_the_employer_says_what_came_of_it_after_a_yes(employer, contact, learner):
    with pytest.raises(NotFound), inside_of(employer), unit_of_work():
        service.conclude(employer.recruiter, contact, hired=True)
    with inside_of(employer), unit_of_work():
        service.accept(learner, contact, may_keep=False)
    with pytest.raises(Forbidden), inside_of(employer), unit_of_work():
        service.conclude(learner, contact, hired=True)

    with inside_of(employer), unit_of_work():
        service.conclude(employer.recruiter, contact, hired=False)
        assert contact.state == ContactState.NOT_HIRED
        service.conclude(employer.recruiter, contact, hired=True)
    assert contact.state == ContactState.HIRED


def test_who_was_not_hired_is_forgotten_thirty_days_after_closing(
    employer, need, a_profile, time_machine_ahead
):
    silent, kept, hired = (factories.a_person(name) for name in ("Ai", "Bi", "Chi"))
    for person in (silent, kept, hired):
        a_profile(person, "weld")
        with inside_of(employer), unit_of_work():
            contact = service.offer(person, need, may_keep=person is kept)
            if person is hired:
                service.conclude(employer.recruiter, contact, hired=True)
    with inside_of(employer), unit_of_work():
        needs.close(employer.recruiter, need, Closing.FILLED)
    run_due()

    def left() -> set[str]:
        run_due()
        db.session.expire_all()
        with inside_of(employer):
            return {contact.profile.person.name for contact in queries.about(need)}

    with time_machine_ahead(timedelta(days=29)):
        assert left() == {"Ai", "Bi", "Chi"}
    with time_machine_ahead(timedelta(days=31)):
        assert left() == {"Bi", "Chi"}
    with time_machine_ahead(timedelta(days=366)):
        assert left() == {"Chi"}
    forgotten = db.session.query(AuditEntry).filter_by(action="contact.forgotten").all()
    assert [entry.details["people"] for entry in forgotten] == [1, 1]


def test_nothing_is_forgotten_while_a_need_is_open_or_freshly_closed(employer, need, contact):
    with inside_of(employer), unit_of_work():
        assert service.forget(need) == 0
        needs.close(employer.recruiter, need, Closing.WITHDRAWN)
        assert service.forget(need) == 0
    assert db.session.query(Contact).execution_options(all_tenants=True).count() == 1


def test_nobody_to_forget_writes_no_log(employer, need, time_machine_ahead):
    with inside_of(employer), unit_of_work():
        needs.close(employer.recruiter, need, Closing.WITHDRAWN)
    with time_machine_ahead(timedelta(days=31)), inside_of(employer), unit_of_work():
        assert service.forget(need) == 0


def test_a_deleted_profile_takes_its_contacts_along(employer, need, contact, learner):
    with unit_of_work():
        profiles.delete(learner)

    with inside_of(employer):
        assert queries.about(need) == []


def test_a_need_that_is_gone_has_nobody_to_forget(employer):
    jobs.forget(employer.organisation.id, uuid4())
