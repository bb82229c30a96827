import re

import sqlalchemy as sa

from edu.accounts.models import AccessToken
from edu.accounts.queries import digest
from edu.db import db
from tests.factories import a_person

FORM = {"name": "Timetable export", "scopes": ["profile:read"], "days": "30"}


def test_a_token_is_shown_once_works_and_is_stored_as_a_hash_only(as_user, client, app):
    browser = as_user(a_person())

    page = browser.post("/account/tokens", data=FORM).text
    token = re.search(r'<code class="break">([\w-]{43})</code>', page).group(1)

    stored = db.session.scalar(sa.select(AccessToken))
    assert stored.token_hash == digest(token)
    assert token not in browser.get("/account/tokens").text
    header = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/me", headers=header).status_code == 200


def test_a_revoked_token_is_worthless_at_once(as_user, app):
    browser = as_user(a_person())
    page = browser.post("/account/tokens", data=FORM).text
    token = re.search(r'<code class="break">([\w-]{43})</code>', page).group(1)
    row = db.session.scalar(sa.select(AccessToken))

    browser.post(f"/account/tokens/{row.id}/revoke")

    header = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/me", headers=header).status_code == 401


def test_nobody_revokes_another_persons_token(as_user):
    as_user(a_person("Lê Hoa")).post("/account/tokens", data=FORM)
    hers = db.session.scalar(sa.select(AccessToken))

    assert as_user(a_person()).post(f"/account/tokens/{hers.id}/revoke").status_code == 404


def test_only_scopes_on_offer_can_be_chosen(as_user):
    answer = as_user(a_person()).post("/account/tokens", data=FORM | {"scopes": ["everything"]})

    assert answer.status_code == 422
    assert db.session.scalar(sa.select(AccessToken)) is None
