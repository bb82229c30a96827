from datetime import date

import pyotp
import pytest
import sqlalchemy as sa

from edu.accounts import service
from edu.accounts.models import Person, SignIn
from edu.audit.models import AuditEntry
from edu.db import db, unit_of_work
from tests.factories import a_person

PASSWORD = "lúa chín vàng đồng"


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An", password=PASSWORD)


def test_what_a_person_says_of_themselves_is_kept(as_user, an):
    form = {
        "name": "  Nguyễn  Văn Ân ",
        "phone": "0905 123 456",
        "birth_date": "2004-03-09",
        "locale": "en",
    }

    answer = as_user(an).post("/account", data=form)

    assert answer.status_code == 303
    assert (an.name, an.phone, an.birth_date) == (
        "Nguyễn Văn Ân",
        "0905 123 456",
        date(2004, 3, 9),
    )
    renamed = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "account.renamed"))
    assert renamed.details == {"old": "Nguyễn Văn An", "new": "Nguyễn Văn Ân"}


def test_fields_that_are_not_on_the_form_are_ignored(as_user, an):
    before = (an.email, an.password_hash, an.id)
    form = {
        "name": "Nguyễn Văn An",
        "locale": "vi",
        "email": "admin@example.test",
        "is_active": "",
        "password_hash": "x",
        "role": "admin",
        "id": "00000000-0000-0000-0000-000000000000",
        "memberships-0-role": "admin",
        "totp_secret": "AAAA",
        "email_verified_at": "",
    }

    answer = as_user(an).post("/account", data=form)

    assert answer.status_code == 303
    db.session.refresh(an)
    assert (an.email, an.password_hash, an.id) == before
    assert an.is_active
    assert an.memberships == []
    assert an.totp_secret == ""


@pytest.mark.parametrize("day", ["1890-01-01", "2999-01-01", "yesterday"])
def test_an_impossible_birthday_comes_back_with_its_field_marked(as_user, an, day):
    answer = as_user(an).post("/account", data={"name": "A", "locale": "vi", "birth_date": day})

    assert answer.status_code == 422
    assert 'id="birth_date-error"' in answer.text


def test_a_new_password_needs_the_old_one_and_ends_every_other_session(as_user, app, an):
    phone, desk = as_user(an), as_user(an)

    wrong = desk.post("/account/password", data={"current": "?", "password": "sông Hàn mùa hè"})
    right = desk.post(
        "/account/password", data={"current": PASSWORD, "password": "sông Hàn mùa hè"}
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert phone.get("/account").status_code == 303
    assert desk.get("/account").status_code == 200
    assert service.check_password(an.email, "sông Hàn mùa hè") is an
    assert service.check_password(an.email, PASSWORD) is None


@pytest.mark.parametrize("weak", ["ngắn", "matkhau123456", "Nguyễn Văn An 2004", "x" * 129])
def test_a_weak_password_is_refused_at_its_field(as_user, an, weak):
    answer = as_user(an).post("/account/password", data={"current": PASSWORD, "password": weak})

    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert service.check_password(an.email, PASSWORD) is an


def test_a_password_of_128_letters_is_kept_whole(as_user, an):
    long = "".join(chr(ord("a") + n % 23) for n in range(128))

    as_user(an).post("/account/password", data={"current": PASSWORD, "password": long})

    assert service.check_password(an.email, long) is an
    assert service.check_password(an.email, long[:-1]) is None


# Devices --------------------------------------------------------------------------------------


def test_a_device_can_be_signed_out_from_another(as_user, an):
    phone, desk = as_user(an), as_user(an)
    ids = list(db.session.scalars(sa.select(SignIn.id).order_by(SignIn.id)))

    page = desk.get("/account/devices").text
    desk.post(f"/account/devices/{ids[0]}/end")

    assert page.count('class="row"') == 2
    assert phone.get("/account").status_code == 303
    assert desk.get("/account").status_code == 200


def test_somebody_elses_device_cannot_be_found(as_user, an):
    as_user(a_person("Lê Hoa"))
    hers = db.session.scalar(sa.select(SignIn.id))

    assert as_user(an).post(f"/account/devices/{hers}/end").status_code == 404


def test_signing_out_everywhere_ends_this_device_too(as_user, an):
    phone, desk = as_user(an), as_user(an)

    answer = desk.post("/account/devices/end-all")

    assert "Clear-Site-Data" in answer.headers
    assert phone.get("/account").status_code == desk.get("/account").status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 0


# The second step ------------------------------------------------------------------------------


def turned_on(browser):
    browser.get("/account/second-step")
    with browser.session_transaction(base_url="http://portal.test") as session:
        secret = session["new_totp_secret"]
    return browser.post("/account/second-step", data={"code": pyotp.TOTP(secret).now()})


def test_a_learner_may_turn_the_second_step_on_and_off(as_user, an):
    browser = as_user(an)

    on = turned_on(browser)
    state = browser.get("/account/second-step")
    wrong = browser.post("/account/second-step/off", data={"current": "?"})
    off = browser.post("/account/second-step/off", data={"current": PASSWORD})

    assert on.status_code == 200
    assert "10" in state.text
    assert (wrong.status_code, off.status_code) == (422, 303)
    assert db.session.get(Person, an.id).totp_secret == ""


def test_new_codes_for_paper_replace_the_old_ones(as_user, an):
    browser = as_user(an)
    old = turned_on(browser).text

    new = browser.post("/account/second-step/codes", data={"current": PASSWORD})

    assert new.status_code == 200
    first_old = old.split('<code class="nowrap">')[1].split("<")[0]
    assert first_old not in new.text
    with pytest.raises(service.WrongCode), unit_of_work():
        service.pass_second_step(an, first_old)


def test_the_key_of_the_second_step_is_stored_only_once_it_works(as_user, an):
    browser = as_user(an)
    browser.get("/account/second-step")

    refused = browser.post("/account/second-step", data={"code": "000000"})

    assert refused.status_code == 422
    assert db.session.get(Person, an.id).totp_secret == ""
