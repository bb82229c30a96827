"""The key of the second step is never in the database as it is; secrets can be changed, and lost.

ASVS 11.5.1, 13.3.1: a copy of the database is no copy of the second step.
"""

from base64 import b32decode
from contextlib import contextmanager

import pyotp
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from edu.accounts import service
from edu.accounts.models import Person
from edu.cli import seal_anew
from edu.db import db, unit_of_work
from edu.settings import in_force, use
from tests.factories import a_person

PASSWORD = "lúa chín vàng đồng"


@contextmanager
def secrets(present, *former):
    """The installation's secret is changed; earlier ones are told to it, or not."""
    before = in_force()
    use(
        before.model_copy(
            update={
                "secret_key": SecretStr(present),
                "former_secret_keys": SecretStr(", ".join(former)),
            }
        )
    )
    try:
        yield
    finally:
        use(before)


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An", password=PASSWORD)


def turn_on(person):
    key = pyotp.random_base32()
    with unit_of_work():
        codes = service.turn_on_second_step(person, key, pyotp.TOTP(key).now())
        person.totp_last_step = 0
    return key, codes


def passes(person, key):
    with unit_of_work():
        person.totp_last_step = 0
        service.pass_second_step(person, pyotp.TOTP(key).now())


def in_the_database(person):
    return db.session.execute(
        sa.select(sa.cast(Person.totp_secret, sa.String)).where(Person.id == person.id)
    ).scalar_one()


def test_the_database_never_holds_the_key(an):
    key, _codes = turn_on(an)

    kept = in_the_database(an)

    assert kept
    for shape in (key, key.lower(), b32decode(key).hex(), b32decode(key).decode("latin-1")):
        assert shape not in kept
    passes(an, key)


def test_one_persons_sealed_key_is_no_use_in_anothers_row(an):
    key, _codes = turn_on(an)
    victim = a_person()
    turn_on(victim)
    with unit_of_work():
        victim.totp_secret = an.totp_secret

    with pytest.raises(service.PhoneForgotten):
        passes(victim, key)


def test_after_a_change_of_the_secret_phones_still_work_while_the_former_one_is_told(an):
    with secrets("the first secret"):
        key, _codes = turn_on(an)

    with secrets("the second secret", "an older one", "the first secret"):
        passes(an, key)


def test_sealed_anew_the_former_secret_can_be_forgotten(an, app):
    with secrets("the first secret"):
        key, _codes = turn_on(an)
    with secrets("the second secret", "the first secret"):
        said = app.test_cli_runner().invoke(seal_anew)
        db.session.expire_all()

    assert said.exit_code == 0
    assert "Second steps: 1 sealed with the present secret." in said.output
    with secrets("the second secret"):
        passes(an, key)


def test_keys_that_nobody_can_read_are_named_and_left(an, app):
    with secrets("the first secret"):
        key, _codes = turn_on(an)
    with secrets("the second secret"):
        said = app.test_cli_runner().invoke(seal_anew)
        db.session.expire_all()

    assert said.exit_code == 1
    assert f"Second steps: no known secret opens that of {an.email}." in said.output
    assert "EDU_FORMER_SECRET_KEYS" in said.output
    with secrets("the first secret"):
        passes(an, key)


def test_who_runs_a_site_whose_secret_was_lost_lets_people_in_by_paper(client, an):
    with secrets("the first secret"):
        key, codes = turn_on(an)

    with secrets("a secret made anew"):
        client.post("/sign-in", data={"email": an.email, "password": PASSWORD})
        by_phone = client.post("/sign-in/code", data={"code": pyotp.TOTP(key).now()})
        shut = client.get("/account")
        by_paper = client.post("/sign-in/code", data={"code": codes[0]})
        inside = client.get("/account/second-step")
        client.post("/account/second-step/off", data={"current": PASSWORD})
        again, _codes = turn_on(an)
        passes(an, again)

    assert by_phone.status_code == 422
    assert "codes on paper" in by_phone.text
    assert shut.status_code == 303  # a key that cannot be read is a lock, not an open door
    assert (by_paper.status_code, inside.status_code) == (303, 200)


def test_a_changed_secret_keeps_people_signed_in_while_the_former_one_is_told(app, an, monkeypatch):
    browser = app.test_client().signed_in(an)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "the second secret")

    assert browser.get("/account").status_code == 200


def test_addresses_of_files_signed_before_still_open():
    from edu.storage import service as storage

    with secrets("the first secret"):
        address = storage.public_url("ab12", media_type="image/png", name="x.png")
    token = address.split("/files/")[1].split("/")[0]

    with secrets("the second secret", "the first secret"):
        assert storage.read_token(token) == ("ab12", "image/png")
