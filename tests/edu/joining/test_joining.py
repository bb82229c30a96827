import re
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import EmailToken, Person
from edu.db import db, unit_of_work
from tests.factories import a_person

PASSWORD = "lúa chín vàng đồng"
FORM = {"name": "Lê Thị Hoa", "email": "Hoa@Song.Example", "password": PASSWORD, "birth_date": ""}


def path_in(letter):
    return re.search(r"http://portal\.test(/\S+)", letter.text).group(1)


def people():
    return list(db.session.scalars(sa.select(Person)))


# Joining --------------------------------------------------------------------------------------


def test_joining_proving_the_address_and_signing_in(client, letters):
    joined = client.post("/join", data=FORM)
    (letter,) = letters()
    link = path_in(letter)
    looked = client.get(link)
    proved = client.post(link, data={"current": PASSWORD})

    assert (joined.status_code, joined.location) == (303, "/join/sent")
    assert letter.to == "hoa@song.example"
    assert looked.status_code == 200
    assert (proved.status_code, proved.location) == (303, "/")
    assert client.get("/account").status_code == 200


def test_until_then_the_account_does_not_open(client, letters):
    client.post("/join", data=FORM)

    answer = client.post("/sign-in", data={"email": FORM["email"], "password": PASSWORD})

    assert answer.location == "/join/sent"
    assert client.get("/account").status_code == 303
    letters()
    client.post("/join/again")
    assert len(letters()) == 2


def test_a_link_works_once_and_only_the_newest_does(client, app, letters):
    client.post("/join", data=FORM)
    first = path_in(letters()[0])
    client.post("/sign-in", data={"email": FORM["email"], "password": PASSWORD})
    client.post("/join/again")
    second = path_in(letters()[1])

    assert client.get(first).status_code == 410
    assert client.post(second, data={"current": PASSWORD}).status_code == 303
    assert app.test_client().get(second).status_code == 410


def test_a_link_ends_after_an_hour(client, letters, time_machine_ahead):
    client.post("/join", data=FORM)
    link = path_in(letters()[0])

    with time_machine_ahead(timedelta(minutes=61)):
        assert client.get(link).status_code == 410
        assert client.post(link, data={"current": PASSWORD}).status_code == 410


def test_an_account_opened_for_a_stranger_is_not_brought_to_life_by_the_strangers_click(
    client, letters
):
    client.post("/join", data=FORM)
    link = path_in(letters()[0])

    answer = client.post(link, data={"current": "what the stranger would type"})

    assert answer.status_code == 422
    assert people()[0].email_verified_at is None


def test_an_address_that_has_an_account_looks_the_same_from_outside(client, letters):
    owner = a_person("Lê Hoa", password=PASSWORD)

    answer = client.post("/join", data=FORM | {"email": owner.email, "name": "Mallory"})
    (letter,) = letters()

    assert (answer.status_code, answer.location) == (303, "/join/sent")
    assert letter.subject == "Bạn đã có tài khoản"
    assert [p.name for p in people()] == ["Lê Hoa"]


def test_while_nobody_proved_the_address_the_last_to_join_wins(client, letters):
    client.post("/join", data=FORM | {"password": "the squatter's words"})
    client.post("/join", data=FORM)
    link = path_in(letters()[-1])

    assert client.post(link, data={"current": "the squatter's words"}).status_code == 422
    assert client.post(link, data={"current": PASSWORD}).status_code == 303
    assert len(people()) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "hoa"),
        ("email", "hoa@"),
        ("email", "hoa@x.example\nBcc: all@x.example"),
        ("email", "<script>@x.example"),
        ("password", "matkhau123"),
        ("password", "Lê Thị Hoa!!"),
        ("birth_date", "31/02/2004"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, field, value):
    answer = client.post("/join", data=FORM | {field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert people() == []


def test_nobody_makes_themselves_anything_by_extra_fields(client):
    client.post(
        "/join", data=FORM | {"role": "admin", "email_verified_at": "2026-01-01", "id": "1"}
    )

    (person,) = people()
    assert person.memberships == []
    assert person.email_verified_at is None


def test_letters_to_one_address_are_few(client, limits):
    for _ in range(5):
        client.post("/join", data=FORM)

    refused = client.post("/join", data=FORM)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


# A forgotten password -------------------------------------------------------------------------


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An", password="the old password")


def test_a_forgotten_password_is_replaced_by_the_link_and_every_session_ends(
    client, as_user, an, letters
):
    elsewhere = as_user(an)
    asked = client.post("/forgot-password", data={"email": an.email.upper()})
    link = path_in(letters()[0])
    looked = client.get(link)
    reset = client.post(link, data={"password": PASSWORD})

    assert asked.location == "/join/sent"
    assert looked.status_code == 200
    assert reset.location == "/sign-in"
    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 303, "a link signs nobody in"
    assert accounts.check_password(an.email, PASSWORD) is an
    assert client.post(link, data={"password": "yet another one!"}).status_code == 410


def test_an_unknown_address_gets_no_letter_and_the_same_answer(client, letters):
    answer = client.post("/forgot-password", data={"email": "nobody@x.example"})

    assert answer.location == "/join/sent"
    assert letters() == []


def test_a_new_password_does_not_open_the_second_step(client, an, letters):
    secret = pyotp.random_base32()
    with unit_of_work():
        accounts.turn_on_second_step(an, secret, pyotp.TOTP(secret).now())
    client.post("/forgot-password", data={"email": an.email})
    client.post(path_in(letters()[0]), data={"password": PASSWORD})

    answer = client.post("/sign-in", data={"email": an.email, "password": PASSWORD})

    assert answer.location == "/sign-in/code"
    assert client.get("/account").status_code == 303


def test_a_weak_new_password_leaves_the_link_alive(client, an, letters):
    client.post("/forgot-password", data={"email": an.email})
    link = path_in(letters()[0])

    assert client.post(link, data={"password": "matkhau123456"}).status_code == 422
    assert client.post(link, data={"password": PASSWORD}).status_code == 303


def test_the_database_never_holds_a_token_that_works(client, an, letters):
    client.post("/forgot-password", data={"email": an.email})
    (letter,) = letters()
    row = db.session.scalar(sa.select(EmailToken))

    assert client.get(f"/reset-password/{row.token_hash.hex()}").status_code == 410
    assert len(path_in(letter).rpartition("/")[2]) >= 43  # 256 bits in base 64


def test_a_link_for_one_purpose_does_not_serve_another(client, an, letters):
    client.post("/forgot-password", data={"email": an.email})
    token = path_in(letters()[0]).rpartition("/")[2]

    assert client.post(f"/confirm/{token}", data={"current": "x"}).status_code == 410


def test_a_closed_account_is_not_opened_by_a_link(client, an, letters):
    client.post("/forgot-password", data={"email": an.email})
    link = path_in(letters()[0])
    with unit_of_work():
        an.is_active = False

    assert client.post(link, data={"password": PASSWORD}).status_code == 410


def test_the_owner_of_an_address_takes_over_an_account_that_somebody_else_opened(client, letters):
    client.post("/join", data=FORM | {"password": "the squatter's words"})
    letters()
    client.post("/forgot-password", data={"email": FORM["email"]})
    client.post(path_in(letters()[-1]), data={"password": PASSWORD})

    squatter = client.post(
        "/sign-in", data={"email": FORM["email"], "password": "the squatter's words"}
    )
    owner = client.post("/sign-in", data={"email": FORM["email"], "password": PASSWORD})

    assert (squatter.status_code, owner.location) == (422, "/")


def test_a_link_sent_to_a_former_address_resets_nothing(client, an, letters):
    client.post("/forgot-password", data={"email": an.email})
    link = path_in(letters()[0])
    with unit_of_work():
        an.email = "moi@x.example"

    assert client.post(link, data={"password": PASSWORD}).status_code == 410


# Another address ------------------------------------------------------------------------------


def test_a_new_address_counts_once_it_is_proved(as_user, an, letters):
    browser = as_user(an)
    old = an.email
    form = {"current": "the old password", "email": "an.moi@x.example"}

    asked = browser.post("/account/email", data=form)
    (letter,) = letters()

    assert asked.status_code == 303
    assert letter.to == "an.moi@x.example"
    assert an.email == old
    browser.post(path_in(letter), data={"current": "the old password"})
    db.session.expire_all()
    assert an.email == "an.moi@x.example"


def test_the_address_of_somebody_else_is_not_given_away(as_user, an, letters):
    other = a_person("Lê Hoa")

    answer = as_user(an).post(
        "/account/email", data={"current": "the old password", "email": other.email}
    )
    (letter,) = letters()

    assert answer.status_code == 303
    assert letter.to == other.email
    assert "/confirm/" not in letter.text


def test_an_address_taken_in_the_meantime_is_refused(as_user, an, letters, client):
    as_user(an).post(
        "/account/email", data={"current": "the old password", "email": "moi@x.example"}
    )
    link = path_in(letters()[0])
    with unit_of_work():
        accounts.create_person(name="Hoa", email="moi@x.example")

    assert client.post(link, data={"current": "the old password"}).status_code == 422
