import re
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from edu.accounts import service
from edu.accounts.models import Role, SignIn
from edu.audit.models import AuditEntry
from edu.db import db, unit_of_work, utcnow
from tests.factories import a_college, a_person

PORTAL = "http://portal.test"
PASSWORD = "lúa chín vàng đồng"


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An", password=PASSWORD)


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def cookie_of(client):
    return client.get_cookie("edu", domain="portal.test")


def actions():
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_the_right_password_opens_the_page_that_was_asked_for(client, an):
    asked = client.get("/account?tab=1")
    answer = sign_in(client, an.email, next="/account?tab=1")

    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=/account?tab%3D1"
    assert (answer.status_code, answer.location) == (303, "/account?tab=1")
    assert an.email in client.get("/account").text


def test_case_and_blanks_around_the_address_do_not_matter(client, an):
    assert sign_in(client, f" {an.email.upper()} ").status_code == 303


@pytest.mark.parametrize("password", [PASSWORD + " ", PASSWORD.upper(), PASSWORD[:10], "x"])
def test_the_password_is_compared_letter_for_letter(client, an, password):
    answer = sign_in(client, an.email, password)

    assert answer.status_code == 422
    assert client.get("/account").status_code == 303


def test_an_unknown_address_and_a_wrong_password_look_the_same(client, an):
    wrong = sign_in(client, an.email, "something else!")
    unknown = sign_in(client, "nobody@example.test", "something else!")

    assert wrong.status_code == unknown.status_code == 422
    assert seen(wrong, an.email) == seen(unknown, "nobody@example.test")


def seen(page, email):
    return re.sub(r'nonce="[^"]*"', "", page.text.replace(email, ""))


def test_signing_in_makes_a_new_session_and_forgets_what_was_there_before(client, an):
    with client.session_transaction(base_url=PORTAL) as session:
        session["planted"] = "by somebody else on this computer"
    before = cookie_of(client).value

    sign_in(client, an.email)

    assert cookie_of(client).value != before
    with client.session_transaction(base_url=PORTAL) as session:
        assert "planted" not in session


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(client, an):
    set_cookie = sign_in(client, an.email).headers["Set-Cookie"]

    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie
    assert "Domain=" not in set_cookie


def test_the_old_cookie_is_dead_after_signing_out(client, app, an):
    sign_in(client, an.email)
    stolen = cookie_of(client).value

    answer = client.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = app.test_client()
    thief.set_cookie("edu", stolen, domain="portal.test")
    assert thief.get("/account").status_code == 303


def test_a_closed_account_is_out_at_once(client, an):
    sign_in(client, an.email)
    with unit_of_work():
        an.is_active = False

    assert client.get("/account").status_code == 303
    assert sign_in(client, an.email).status_code == 422


def test_a_session_ends_by_itself(client, an, time_machine_ahead):
    sign_in(client, an.email)

    with time_machine_ahead(service.SESSION_LENGTH + timedelta(minutes=1)):
        assert client.get("/account").status_code == 303


def test_successes_and_failures_are_recorded(client, an):
    sign_in(client, an.email, "not the password")
    sign_in(client, an.email)

    assert actions() == ["account.sign_in_failed", "account.signed_in"]


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "https:evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/ /evil",
    ],
)
def test_next_never_leads_to_another_site(client, an, address):
    assert sign_in(client, an.email, next=address).location == "/"


# ASVS 6.3.1 and 2.4.1 -------------------------------------------------------------------------


def test_an_account_is_closed_to_guessers_for_a_while_even_with_the_right_password(
    client, an, limits
):
    for _ in range(10):
        assert sign_in(client, an.email, "a wrong guess").status_code == 422

    refused = sign_in(client, an.email)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 901
    assert "<h1" in refused.text
    assert sign_in(client, a_person(password=PASSWORD).email).status_code == 303


def test_a_whole_computer_room_may_sign_in_from_one_address(client, limits):
    for _ in range(12):
        person = a_person(password=PASSWORD)
        assert sign_in(client, person.email).status_code == 303
        client.post("/sign-out")


def test_guessing_at_many_accounts_from_one_address_ends_too(client, limits, app):
    answers = [sign_in(client, f"p{n}@x.example", "guess") for n in range(101)]

    assert [a.status_code for a in answers[-2:]] == [422, 429]


# The second step ------------------------------------------------------------------------------


def with_second_step(person):
    secret = pyotp.random_base32()
    with unit_of_work():
        codes = service.turn_on_second_step(person, secret, pyotp.TOTP(secret).now())
        person.totp_last_step = 0
    return secret, codes


def test_the_second_step_is_asked_for_after_the_password(client, an):
    secret, _codes = with_second_step(an)

    first = sign_in(client, an.email, next="/account")
    nothing_yet = client.get("/account")
    second = client.post("/sign-in/code", data={"code": pyotp.TOTP(secret).now()})

    assert first.location == "/sign-in/code"
    assert nothing_yet.status_code == 303
    assert (second.status_code, second.location) == (303, "/account")
    assert client.get("/account").status_code == 200


def test_a_code_works_once(client, app, an):
    secret, _codes = with_second_step(an)
    code = pyotp.TOTP(secret).now()
    sign_in(client, an.email)
    client.post("/sign-in/code", data={"code": code})

    other = app.test_client()
    sign_in(other, an.email)

    assert other.post("/sign-in/code", data={"code": code}).status_code == 422


def test_a_code_on_paper_works_once_and_however_it_is_typed(client, app, an):
    _secret, codes = with_second_step(an)
    sign_in(client, an.email)
    first = client.post("/sign-in/code", data={"code": codes[3].upper().replace("-", " ")})

    other = app.test_client()
    sign_in(other, an.email)
    second = other.post("/sign-in/code", data={"code": codes[3]})

    assert (first.status_code, second.status_code) == (303, 422)
    assert "account.recovery_code_used" in actions()


def test_without_the_password_there_is_no_second_step(client, an):
    secret, _codes = with_second_step(an)

    assert client.get("/sign-in/code").status_code == 303
    assert client.post("/sign-in/code", data={"code": pyotp.TOTP(secret).now()}).status_code == 401


def test_who_dawdles_between_the_steps_begins_again(client, an, time_machine_ahead):
    with_second_step(an)
    sign_in(client, an.email)

    with time_machine_ahead(timedelta(minutes=11)):
        assert client.get("/sign-in/code").location.startswith("/sign-in?")


def test_codes_cannot_be_guessed_either_whatever_next_says(client, an, limits):
    with_second_step(an)
    for n in range(10):
        sign_in(client, an.email, next=f"/account?{n}")
        assert client.post("/sign-in/code", data={"code": f"{n:06}"}).status_code == 422

    assert client.post("/sign-in/code", data={"code": "111111"}).status_code == 429


@pytest.fixture
def teacher(app):
    return a_person("Trần Thị Bình", role=Role.TEACHER, at=a_college("hcm"), password=PASSWORD)


def test_staff_without_a_second_step_are_led_to_set_it_up_and_get_nowhere_else(client, teacher):
    answer = sign_in(client, teacher.email, next="/at/hcm/")

    assert answer.location == "/account/second-step"
    assert client.get("/account").status_code == 303
    page = client.get("/account/second-step").text
    assert "<svg" in page

    with client.session_transaction(base_url=PORTAL) as session:
        secret = session["new_totp_secret"]
    wrong = client.post("/account/second-step", data={"code": "000000"})
    right = client.post("/account/second-step", data={"code": pyotp.TOTP(secret).now()})

    assert wrong.status_code == 422
    assert right.status_code == 200
    assert right.text.count('<code class="nowrap">') == 10
    assert 'href="/at/hcm/"' in right.text
    assert client.get("/account").status_code == 200


def test_a_second_step_that_exists_cannot_be_replaced_with_the_password_alone(client, an):
    with_second_step(an)
    sign_in(client, an.email)

    assert client.get("/account/second-step").status_code == 303
    assert client.post("/account/second-step", data={"code": "000000"}).status_code == 401


def test_in_the_demo_staff_may_skip_it_and_are_told_so(client, teacher, demo):
    answer = sign_in(client, teacher.email)

    assert answer.location == "/"
    assert "without the second step" in client.get("/").text


def test_a_staff_role_given_later_asks_for_the_second_step_too(client, an):
    college = a_college()
    sign_in(client, an.email)
    with unit_of_work():
        service.grant(an, Role.TEACHER, college)

    assert client.get("/account").status_code == 303
    assert sign_in(client, an.email).location == "/account/second-step"


def test_last_use_of_a_device_is_kept_to_the_hour(client, an, time_machine_ahead):
    sign_in(client, an.email)
    with time_machine_ahead(timedelta(hours=2)):
        client.get("/account")
        seen = db.session.scalar(sa.select(SignIn.seen_at))
        assert utcnow() - seen < timedelta(minutes=1)
