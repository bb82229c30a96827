import pyotp
import pytest
import sqlalchemy as sa

from edu.accounts import service
from edu.accounts.models import Person, Role
from edu.db import db, unit_of_work
from tests.factories import a_college, a_person


@pytest.fixture
def run(app):
    def invoke(*arguments):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["people", *arguments])
        db.session.expire_all()
        return result

    return invoke


def first(*more):
    return ("add", "huy@hcm.example", "--name", "Phạm Quốc Huy", "--at", "hcm", *more)


def test_a_new_installation_has_no_account_until_one_is_added(run, app):
    college = a_college("hcm")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0

    result = run(*first("--role", "manager", "--password", "lúa chín vàng đồng"))

    assert result.exit_code == 0
    huy = db.session.scalar(sa.select(Person))
    assert huy.has_role(Role.MANAGER, organisation_id=college.id)


@pytest.mark.parametrize(
    "more", [("--role", "manager", "--password", "matkhau123456"), ("--role", "king")]
)
def test_weak_passwords_and_unknown_roles_are_refused_in_words(run, app, more):
    a_college("hcm")

    result = run(*first(*more))

    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert db.session.scalar(sa.select(Person)) is None


def test_who_lost_the_phone_sets_up_the_second_step_again(run, as_user):
    person = a_person(password="lúa chín vàng đồng")
    secret = pyotp.random_base32()
    with unit_of_work():
        service.turn_on_second_step(person, secret, pyotp.TOTP(secret).now())
    browser = as_user(person)

    assert run("forget-second-step", person.email).exit_code == 0

    assert person.totp_secret == ""
    assert browser.get("/account").status_code == 303
    assert run("forget-second-step", "nobody@x.example").exit_code != 0
