"""`edu lrs key …`."""

import pytest

from edu.lrs.cli import lrs
from tests.factories import a_college


@pytest.fixture
def run(app):
    def run(*words: str):
        return app.test_cli_runner().invoke(lrs, ["key", *words])

    return run


@pytest.fixture
def place(app) -> str:
    return a_college().code


def test_a_key_is_shown_once_and_opens_the_record(run, place, client):
    made = run("create", "--organisation", place, "--name", "Moodle")
    key, secret = made.output.split()

    answer = client.get(
        "/xapi/statements",
        auth=(key, secret),
        headers={"X-Experience-API-Version": "1.0.3"},
    )

    assert answer.status_code == 200
    listed = run("list", "--organisation", place).output
    assert key in listed
    assert "Moodle" in listed
    assert secret not in listed


def test_a_key_is_changed_and_ended(run, place):
    key, secret = run("create", "--organisation", place, "--name", "Moodle").output.split()

    again, other = run("rotate", "--organisation", place, key).output.split()
    ended = run("revoke", "--organisation", place, key)

    assert again == key
    assert other != secret
    assert ended.exit_code == 0
    assert "ended" in run("list", "--organisation", place).output


def test_scopes_and_days_limit_it(run, place):
    made = run(
        *("create", "--organisation", place, "--name", "Chỉ ghi"),
        *("--scope", "statements/write", "--scope", "state", "--days", "30"),
    )

    assert made.exit_code == 0
    assert "statements/write state" in run("list", "--organisation", place).output


@pytest.mark.parametrize(
    "words",
    [
        ("create", "--organisation", "nowhere", "--name", "x"),
        ("create", "--organisation", "nowhere", "--name", "x", "--scope", "fly"),
    ],
)
def test_mistakes_are_told(run, words):
    assert run(*words).exit_code != 0


def test_an_unknown_key_is_told(run, place):
    assert "no key" in run("revoke", "--organisation", place, "nobody").output
