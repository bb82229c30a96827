"""A tool with a key, talking to the record of one college."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edu.db import inside, unit_of_work
from edu.lrs.keys import service
from tests.factories import a_college

HEADER = "X-Experience-API-Version"
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://hoc.example", "name": "lan"}}
VERB = {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}}
ACTIVITY = {
    "objectType": "Activity",
    "id": "https://hoc.example/bai/1",
    "definition": {"name": {"vi": "Hàn hồ quang"}},
}
EVERYTHING = [
    "/statements",
    "/agents",
    "/activities",
    "/activities/state",
    "/activities/profile",
    "/agents/profile",
]


def a_statement(**parts: object) -> dict:
    return {"id": str(uuid4()), "actor": ACTOR, "verb": VERB, "object": ACTIVITY} | parts


@dataclass
class Tool:
    """A client with a key; speaks one version."""

    client: FlaskClient
    authorization: str
    version: str = "2.0.0"
    mount: str = "/xapi"
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, *, headers=None, **options) -> TestResponse:
        said = {HEADER: self.version, "Authorization": self.authorization}
        said |= self.headers | (headers or {})
        if isinstance(options.get("json"), str):
            options["data"] = options.pop("json")
        said = {name: value for name, value in said.items() if value is not None}
        return self.client.open(f"{self.mount}{path}", method=method, headers=said, **options)

    def get(self, path: str, **options) -> TestResponse:
        if query := options.pop("query", None):
            options["query_string"] = {
                name: json.dumps(value) if isinstance(value, dict) else value
                for name, value in query.items()
            }
        return self.ask("GET", path, **options)

    def store(self, *statements: dict) -> list[str]:
        answer = self.ask("POST", "/statements", json=list(statements))
        assert answer.status_code == 200, answer.text
        return answer.json

    def found(self, **query: object) -> list[str]:
        answer = self.get("/statements", query=query)
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json["statements"]]


def a_tool(client: FlaskClient, college, *scopes: str, version: str = "2.0.0") -> Tool:
    with inside(college.id), unit_of_work():
        made = service.create_key("Công cụ thử", scopes or ("all",))
    return Tool(client, basic(made.key.username, made.secret), version)


def basic(name: str, secret: str) -> str:
    return "Basic " + b64encode(f"{name}:{secret}".encode()).decode()


@pytest.fixture
def college(app):
    return a_college()


@pytest.fixture
def tool(client, college) -> Tool:
    return a_tool(client, college)


@pytest.fixture
def old_tool(client, college) -> Tool:
    """One that speaks 1.0.3."""
    return a_tool(client, college, version="1.0.3")


@pytest.fixture(params=["2.0.0", "1.0.3"])
def either(request, client, college) -> Tool:
    """One that speaks one version, then the other."""
    return a_tool(client, college, version=request.param)
