"""How what must stay secret is made and kept (ASVS 11.4.2, 11.5.1, 14.2.1)."""

import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import AccessToken, SignIn
from edu.db import db, unit_of_work
from edu.settings import Settings
from tests.factories import a_person


def test_passwords_are_kept_as_argon2id_with_at_least_the_work_owasp_asks_for(app):
    person = a_person(password="lúa chín vàng đồng")

    assert person.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_tokens_have_256_random_bits_and_only_their_hash_is_kept(app):
    person = a_person()
    with unit_of_work():
        made = {accounts.start_session(person) for _ in range(20)}
        made |= {accounts.create_access_token(person, name="x", scopes=[]) for _ in range(20)}

    assert len(made) == 40
    assert all(len(token) >= 43 for token in made)
    kept = {row for kind in (SignIn, AccessToken) for row in db.session.scalars(sa.select(kind))}
    assert all(len(row.token_hash) == 32 for row in kept)
    assert not any(token.encode() in row.token_hash for row in kept for token in made)


def test_the_signing_key_is_made_once_for_each_installation_and_closed_to_others(tmp_path):
    first = Settings(home=tmp_path / "a").secret()
    again = Settings(home=tmp_path / "a").secret()
    other = Settings(home=tmp_path / "b").secret()

    assert first == again != other
    assert len(first) >= 43
    assert (tmp_path / "a" / "secret.key").stat().st_mode & 0o077 == 0


def test_secrets_do_not_show_where_settings_are_printed():
    settings = Settings(secret_key="hush-hush", metrics_token="hush-hush")

    assert "hush" not in repr(settings)


@pytest.mark.parametrize("field", ["password", "token", "secret"])
def test_no_form_sends_secrets_in_its_address(client, app, field):
    for path in ("/sign-in", "/join", "/forgot-password"):
        page = client.get(path).text
        forms = page.split("<form")[1:]
        assert not any('method="get"' in f.split(">")[0] and f'name="{field}' in f for f in forms)
