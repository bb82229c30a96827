"""Machines that send anything get an answer that the API's own description foresees."""

import hypothesis
import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from edu.accounts import service as accounts
from edu.accounts.models import Role
from edu.db import unit_of_work
from edu.http.session import SCOPES
from tests.factories import a_person, a_province, an_employer
from tests.house.fuzzing import repeatably

EXAMPLES = 25  # of each operation
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
EVERYWHERE = {400, 401, 403, 404, 405, 409, 413, 415, 422}
"""Refusals that need no word in the description: every problem has the one shape."""


@pytest.fixture
def token(app):
    """A key of somebody who may do everything that the API offers."""
    person, employer = a_person(role=Role.OFFICER, at=a_province()), an_employer("namhaivan")
    with unit_of_work():
        accounts.grant(person, Role.RECRUITER, employer)
        return accounts.create_access_token(person, name="fuzz", scopes=list(SCOPES))


def operations(client):
    described = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json)
    return [found.ok() for found in described.get_all_operations()]


def send(client, case, headers):
    options = {}
    if case.media_type == "application/json" and isinstance(case.body, dict | list | str | int):
        options["json"] = case.body
    return client.open(
        case.formatted_path.replace("/at/0/", "/at/namhaivan/"),
        method=case.method,
        query_string=dict(case.query or {}),
        headers=headers,
        **options,
    )


def try_out(operation, client, token) -> set[int]:
    """Send it what fits its description and what does not; give the statuses that came back."""
    told = {int(status) for status in operation.responses.status_codes}
    answered: set[int] = set()

    @repeatably(EXAMPLES)
    @hypothesis.given(
        case=st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode),
        is_known=st.booleans(),
    )
    def ask(case, is_known):
        answer = send(client, case, {"Authorization": f"Bearer {token if is_known else 'x'}"})
        answered.add(answer.status_code)
        assert answer.status_code in told | EVERYWHERE, case.as_curl_command()
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json", case.as_curl_command()
        elif operation.method == "get":
            case.validate_response(answer, checks=CHECKS)

    ask()
    return answered


def test_whatever_is_asked_the_answer_is_as_described(client, token):
    answered = set().union(*(try_out(each, client, token) for each in operations(client)))

    assert {200, 401, 404, 422} <= answered
