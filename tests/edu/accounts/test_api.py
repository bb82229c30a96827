from datetime import timedelta

import pytest

from edu.accounts import service
from edu.accounts.models import Role
from edu.db import unit_of_work, utcnow
from tests.factories import a_college, a_person


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An", role=Role.TEACHER, at=a_college("hcm"))


def token_for(person, *scopes, expires_at=None):
    with unit_of_work():
        made = service.create_access_token(
            person, name="Test", scopes=list(scopes), expires_at=expires_at
        )
    return {"Authorization": f"Bearer {made}"}


def test_me_says_who_the_token_acts_for_and_nothing_secret(client, an):
    answer = client.get("/api/v1/me", headers=token_for(an, "profile:read"))

    assert answer.json == {
        "id": str(an.id),
        "name": "Nguyễn Văn An",
        "email": an.email,
        "locale": "vi",
        "roles": [{"organisation": "hcm", "role": "teacher"}],
    }


def test_a_browser_session_may_ask_too(as_user, an):
    assert as_user(an).get("/api/v1/me").status_code == 200


def test_a_token_without_the_scope_is_refused_as_a_problem(client, an):
    answer = client.get("/api/v1/me", headers=token_for(an, "read", "write"))

    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "/problems/insufficient-scope"
    assert "profile:read" in answer.json["title"]


@pytest.mark.parametrize(
    "header", ["Bearer ", "Bearer nonsense", "Bearer \u00e9", "Basic YTpi", ""]
)
def test_no_good_token_is_401_as_a_problem_that_names_the_way_in(client, header):
    answer = client.get("/api/v1/me", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_ends_when_it_says_when_it_is_revoked_and_with_its_account(client, an):
    over = token_for(an, "profile:read", expires_at=utcnow() - timedelta(seconds=1))
    good = token_for(an, "profile:read", expires_at=utcnow() + timedelta(days=1))
    assert client.get("/api/v1/me", headers=over).status_code == 401
    assert client.get("/api/v1/me", headers=good).status_code == 200

    with unit_of_work():
        an.is_active = False

    assert client.get("/api/v1/me", headers=good).status_code == 401


def test_a_token_opens_no_page_whatever_its_scopes(client, an):
    everything = token_for(an, "read", "write", "profile:read")

    assert client.get("/account", headers=everything).status_code == 303
    assert client.post("/account/tokens", headers=everything).status_code == 401


def test_a_bad_token_is_not_helped_by_a_good_cookie(as_user, an):
    answer = as_user(an).get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})

    assert answer.status_code == 401
