from uuid import uuid4

import pytest
import sqlalchemy as sa

from edu.db import db, inside, unit_of_work
from edu.errors import NotFound
from employer_portal.contacts import policy, queries, service
from employer_portal.contacts.models import Contact
from tests import factories


@pytest.fixture
def contact(employer, need, learner, a_profile):
    profile = a_profile(learner, "weld")
    with inside(employer.organisation.id), unit_of_work():
        return service.ask(employer.recruiter, need, profile)


def test_one_row_and_the_list_agree_for_everyone(employer, contact, learner, officer, an_employer):
    for actor in (learner, officer, employer.recruiter, an_employer().recruiter):
        listed = set(
            db.session.scalars(
                sa.select(Contact.id)
                .where(policy.visible_to(actor))
                .execution_options(all_tenants=True)
            )
        )
        assert listed == ({contact.id} if policy.can_view(actor, contact) else set())


def test_hidden_and_absent_look_the_same(contact, officer):
    for contact_id in (contact.id, uuid4()):
        with pytest.raises(NotFound):
            queries.get_for(officer, contact_id)


def test_the_name_is_seen_only_while_a_yes_stands(employer, contact, learner):
    other = factories.a_person("Khác")
    assert policy.can_see_person(learner, contact)
    assert not policy.can_see_person(employer.recruiter, contact)

    with inside(employer.organisation.id), unit_of_work():
        service.accept(learner, contact, may_keep=False)
    assert policy.can_see_person(employer.recruiter, contact)
    assert not policy.can_see_person(other, contact)

    with inside(employer.organisation.id), unit_of_work():
        service.withdraw(learner, contact)
    assert not policy.can_see_person(employer.recruiter, contact)
