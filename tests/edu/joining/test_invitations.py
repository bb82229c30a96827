import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu.accounts.models import Person, Role
from edu.db import db, inside, unit_of_work
from edu.joining import service
from edu.joining.models import Invitation
from tests.factories import a_college, a_person

PASSWORD = "lúa chín vàng đồng"


@pytest.fixture
def college(app):
    return a_college("hcm")


@pytest.fixture
def manager(college):
    return a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)


@pytest.fixture
def invited(college, manager, letters):
    """`invited(email, role)` gives the link of the invitation."""

    def invite(email, role=Role.LEARNER):
        with inside(college.id), unit_of_work():
            service.invite(email, role, actor=manager)
        return re.search(r"http://portal\.test(/\S+)", letters()[-1].text).group(1)

    return invite


def test_a_newcomer_opens_an_account_with_the_address_proved(client, invited, college):
    link = invited("hoa@song.example")

    page = client.get(link)
    answer = client.post(link, data={"name": "Lê Thị Hoa", "password": PASSWORD})

    assert "Phạm Quốc Huy" in page.text
    assert answer.location == "/at/hcm/"
    hoa = db.session.scalar(sa.select(Person).where(Person.email == "hoa@song.example"))
    assert hoa.email_verified_at is not None
    assert hoa.has_role(Role.LEARNER, organisation_id=college.id)


def test_invited_staff_set_up_the_second_step_first(client, invited):
    link = invited("thay@song.example", Role.TEACHER)

    answer = client.post(link, data={"name": "Trần Văn Thầy", "password": PASSWORD})

    assert answer.location == "/account/second-step"


def test_who_has_an_account_accepts_with_it(as_user, client, invited, college):
    an = a_person()
    link = invited(an.email)

    stranger = client.get(link)
    accepted = as_user(an).post(link)

    assert "/sign-in?next=" in stranger.text
    assert accepted.status_code == 303
    db.session.expire_all()
    assert an.has_role(Role.LEARNER, organisation_id=college.id)


def test_an_account_cannot_be_opened_over_one_that_exists(client, invited):
    an = a_person()
    link = invited(an.email)

    answer = client.post(link, data={"name": "Mallory", "password": PASSWORD})

    assert answer.status_code == 422
    assert not an.memberships


def test_nobody_else_can_use_the_invitation(as_user, invited, college):
    link = invited("hoa@song.example", Role.MANAGER)
    mallory = a_person("Mallory")

    answer = as_user(mallory).post(link)

    assert answer.status_code == 403
    assert not mallory.memberships


def test_an_invitation_works_once_and_for_a_week(app, client, invited, time_machine_ahead):
    link = invited("hoa@song.example")
    client.post(link, data={"name": "Lê Thị Hoa", "password": PASSWORD})
    assert app.test_client().get(link).status_code == 410

    link = invited("ly@song.example")
    with time_machine_ahead(timedelta(days=8)):
        assert app.test_client().get(link).status_code == 410


def test_an_invitation_that_was_taken_back_is_worthless(client, as_user, invited, manager):
    link = invited("ly@song.example")
    row = db.session.scalar(
        sa.select(Invitation)
        .where(Invitation.email == "ly@song.example")
        .execution_options(all_tenants=True)
    )
    browser = as_user(manager)
    assert browser.post(f"/at/hcm/invitations/{row.id}/take-back").status_code == 303
    assert client.get(link).status_code == 410


def test_the_link_does_not_work_under_another_organisation(client, invited):
    a_college("khac")
    link = invited("hoa@song.example")

    assert client.get(link.replace("/at/hcm/", "/at/khac/")).status_code == 410


def test_inviting_again_sends_a_new_letter_for_the_same_invitation(client, invited):
    first = invited("hoa@song.example")
    second = invited("hoa@song.example")

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    rows = sa.select(sa.func.count(Invitation.id)).execution_options(all_tenants=True)
    assert db.session.scalar(rows) == 1
