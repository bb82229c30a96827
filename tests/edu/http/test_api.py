import re
from contextvars import Context

import pytest
import sqlalchemy as sa
from flask import g, jsonify, request
from sqlalchemy.exc import IntegrityError

from edu.accounts import service as accounts
from edu.accounts.models import AccessToken, Person
from edu.db import db, unit_of_work
from edu.http.api import RUNNING, IdempotencyKey, idempotent
from edu.http.session import actor
from tests.factories import a_person

KEY = {"Idempotency-Key": "3f2c"}


@pytest.fixture
def an(app):
    return a_person("Nguyễn Văn An")


def tokens_of(person):
    wanted = sa.select(sa.func.count()).where(AccessToken.person_id == person.id)
    return db.session.scalar(wanted)


@idempotent
def note():
    """A view that stores a row at each call, or breaks."""
    name = request.json["name"]
    if name == "broken":
        raise ValueError(name)
    with unit_of_work():
        accounts.create_access_token(actor(), name=name, scopes=[])
    return jsonify({"name": name}), 201


@pytest.fixture
def noting(app, an):
    """`noting(body, **headers)` posts to that view."""

    def ask(body, person_id, headers):
        with app.test_request_context("/api/v1/notes", method="POST", json=body, headers=headers):
            g.person = db.session.get(Person, person_id)
            try:
                return app.make_response(note())
            except Exception as error:  # noqa: BLE001 - as the app does around every view
                return app.make_response(app.handle_user_exception(error))

    def post(body, as_person=an, **headers):
        db.session.rollback()
        return Context().run(ask, body, as_person.id, headers)

    return post


def test_without_a_key_each_request_counts(noting, an):
    noting({"name": "a"})
    noting({"name": "a"})

    assert tokens_of(an) == 2


def test_a_repeated_request_gets_the_first_answer_and_changes_nothing(noting, an):
    first = noting({"name": "a"}, **KEY)
    second = noting({"name": "a"}, **KEY)

    assert (
        (first.status_code, first.json) == (second.status_code, second.json) == (201, {"name": "a"})
    )
    assert tokens_of(an) == 1


def test_the_key_with_another_request_is_refused(noting, an):
    noting({"name": "a"}, **KEY)

    answer = noting({"name": "b"}, **KEY)

    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/idempotency-key-reused"
    assert tokens_of(an) == 1


def test_two_people_may_choose_the_same_key(noting, an):
    other = a_person("Lê Hoa")

    noting({"name": "a"}, **KEY)
    noting({"name": "b"}, as_person=other, **KEY)

    assert tokens_of(an) == tokens_of(other) == 1


def test_while_the_first_is_running_the_second_is_told_so(noting, an):
    noting({"name": "a"}, **KEY)
    with unit_of_work():
        db.session.scalars(sa.select(IdempotencyKey)).one().status = RUNNING

    answer = noting({"name": "a"}, **KEY)

    assert answer.status_code == 409
    assert tokens_of(an) == 1


def test_a_request_that_failed_may_be_tried_again(noting, an):
    assert noting({"name": "broken"}, **KEY).status_code == 500

    assert noting({"name": "a"}, **KEY).status_code == 201


def test_a_key_is_a_hundred_letters_at_most(noting):
    answer = noting({"name": "a"}, **{"Idempotency-Key": "k" * 101})

    assert answer.status_code == 422


def test_the_database_refuses_a_second_row_for_the_key(app, an):
    with pytest.raises(IntegrityError), unit_of_work():
        for _ in range(2):
            db.session.add(
                IdempotencyKey(person_id=an.id, key="a", request_hash=b"", status=0, body=b"")
            )


# Problems -------------------------------------------------------------------------------------


def test_everything_wrong_under_api_is_a_problem(client):
    for path, status in (("/api/v1/me", 401), ("/api/v1/nothing", 404), ("/api/", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
        assert set(answer.json) == {"type", "title", "status", "detail", "errors"}
    assert client.delete("/api/v1/me").content_type == "application/problem+json"


def test_the_description_is_openapi_3_1_and_names_the_errors(client):
    description = client.get("/api/v1/openapi.json").json

    assert description["openapi"] == "3.1.0"
    me = description["paths"]["/api/v1/me"]["get"]
    assert set(me["responses"]) >= {"200", "401", "403"}
    assert me["summary"] or me["description"]
    assert description["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_the_description_describes_every_route_of_the_api(app, client):
    described = {
        (path.replace("{", "<").replace("}", ">"), method.upper())
        for path, methods in client.get("/api/v1/openapi.json").json["paths"].items()
        for method in methods
    }
    missing = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
        and rule.endpoint != "api_description"
        and (re.sub(r"<(\w+:)?(\w+)>", r"<\2>", rule.rule), method) not in described
    }

    assert missing == set()
