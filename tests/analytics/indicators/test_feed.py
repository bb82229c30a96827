"""The feed of the operations centre, through its door for machines."""

import csv
import io
from datetime import timedelta

import pytest

from analytics.indicators import jobs
from analytics.indicators.core.sdmx import COLUMNS
from edu.accounts import service as accounts
from edu.accounts.models import Role
from edu.db import pretend, today, unit_of_work, utcnow
from tests.courses.classroom import enrol
from tests.factories import a_person

FEED = "/api/v1/province/indicators"


@pytest.fixture
def worked_out(province, college, room, an):
    """Yesterday nobody learned; today An does."""
    with pretend(utcnow() - timedelta(days=1)):
        jobs.work_out_college(college.id)
    enrol(room, an)
    jobs.work_out_all()


@pytest.fixture
def token(officer):
    return _token_of(officer, "indicators:read")


def _token_of(person, *scopes: str) -> dict[str, str]:
    with unit_of_work():
        made = accounts.create_access_token(person, name="IOC", scopes=list(scopes))
    return {"Authorization": f"Bearer {made}"}


def test_the_newest_values_of_the_province_and_each_college(client, worked_out, token):
    answer = client.get(FEED, headers=token)

    assert answer.status_code == 200
    document = answer.json
    assert document["indicator_set"]["id"] == "nghe-so-2026"
    found = {(v["organisation"], v["indicator"]): v for v in document["values"]}
    assert found["danang", "learners"]["value"] == found["songhan", "learners"]["value"] == 1
    assert document["values"][0]["organisation"] == "danang"
    share = found["songhan", "digital-outcomes"]
    assert (share["unit"], share["target"], share["kind"]) == ("share", 0.7, "college")
    assert share["source"]["en"].startswith("Decision 2222")
    assert share["day"] == today().isoformat()
    assert share["worked_out_at"]


def test_history_from_a_day_on(client, worked_out, token):
    yesterday = today() - timedelta(days=1)

    document = client.get(f"{FEED}?since={yesterday}", headers=token).json

    learners = [
        (v["day"], v["value"])
        for v in document["values"]
        if (v["organisation"], v["indicator"]) == ("songhan", "learners")
    ]
    assert learners == [(yesterday.isoformat(), 0.0), (today().isoformat(), 1.0)]
    only = client.get(f"{FEED}?since={yesterday}&until={yesterday}", headers=token).json
    assert {v["day"] for v in only["values"]} == {yesterday.isoformat()}


@pytest.mark.parametrize(
    "question",
    [
        "since=tomorrow",
        "until=2026-01-01",
        "since=2026-01-02&until=2026-01-01",
        "since=2025-01-01&until=2026-01-01",
    ],
)
def test_a_question_that_cannot_be_answered_is_a_problem(client, token, question):
    answer = client.get(f"{FEED}?{question}", headers=token)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_what_has_not_changed_is_not_sent_again(client, worked_out, token):
    first = client.get(FEED, headers=token)

    again = client.get(FEED, headers={**token, "If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""
    jobs.work_out_all()
    later = client.get(FEED, headers={**token, "If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200


def test_without_a_token_the_door_is_shut(client, worked_out):
    answer = client.get(FEED)

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def test_a_token_for_something_else_does_not_open_it(client, officer):
    assert client.get(FEED, headers=_token_of(officer, "read")).status_code == 403


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TEACHER, Role.LEARNER])
def test_people_of_a_college_do_not_read_the_others(client, college, role):
    person = a_person("Người của trường", role=role, at=college)

    assert client.get(FEED, headers=_token_of(person, "indicators:read")).status_code == 403


def test_the_administrator_keeps_the_system_and_reads_no_figures(client, province):
    person = a_person("Kỹ thuật", role=Role.ADMIN, at=province)

    assert client.get(FEED, headers=_token_of(person, "indicators:read")).status_code == 403


def test_the_same_as_sdmx_csv(client, worked_out, token):
    answer = client.get(f"{FEED}.csv", headers=token)

    assert answer.content_type == "application/vnd.sdmx.data+csv; version=2.0.0"
    head, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert tuple(head) == COLUMNS
    told = [dict(zip(head, row, strict=True)) for row in rows]
    (learners,) = [
        one for one in told if (one["ORGANISATION"], one["INDICATOR"]) == ("songhan", "learners")
    ]
    assert learners["STRUCTURE"] == "dataflow"
    assert learners["STRUCTURE_ID"] == "NGHESO:INDICATORS(1.0.0)"
    assert learners["ACTION"] == "I"
    assert learners["REF_AREA"] == "48"
    assert learners["TIME_PERIOD"] == today().isoformat()
    assert float(learners["OBS_VALUE"]) == 1
    assert learners["UNIT_MEASURE"] == "PEOPLE"
    assert answer.headers["ETag"]


def test_the_feed_is_described_for_machines(client):
    document = client.get("/api/v1/openapi.json").json

    for path in (FEED, f"{FEED}.csv"):
        described = document["paths"][path]["get"]
        assert {"200", "401", "403", "422"} <= described["responses"].keys()
        assert {one["name"] for one in described["parameters"]} == {"since", "until"}


def test_the_scope_is_offered_where_tokens_are_made(as_user, officer):
    assert "indicators:read" in as_user(officer).get("/account/tokens").text
