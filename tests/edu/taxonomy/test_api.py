import pytest

from edu.db import unit_of_work
from edu.taxonomy import queries
from edu.taxonomy.models import Status

API = "/api/v1/taxonomy"


def test_skills_complete_what_is_typed(client, ours):
    answer = client.get(f"{API}/skills?q=han&limit=2")

    assert answer.status_code == 200
    first, second = answer.json["items"]
    assert {first["kind"], second["kind"]} == {"skill"}
    assert first["label"]["vi"].startswith("Hàn")
    assert first["name"] == first["label"]["en"]


def test_nothing_typed_is_nothing_found(client, ours):
    assert client.get(f"{API}/skills").json == {"items": []}


def test_occupations_complete_alike(client, ours):
    found = client.get(f"{API}/occupations?q=thợ+hàn").json["items"]

    assert "oc-welder" in [each["code"] for each in found]


def test_one_entry_is_shown_by_code_also_when_retired(client, ours):
    with unit_of_work():
        queries.skill_by_code("sk-arc-welding").status = Status.RETIRED

    assert client.get(f"{API}/skills/sk-arc-welding").json["status"] == "retired"
    assert client.get(f"{API}/occupations/oc-welder").json["isco"] == "7212"
    assert client.get(f"{API}/skills/none").status_code == 404


@pytest.mark.parametrize("wrong", ["skills?limit=0", "skills?limit=51", "changes?since=x"])
def test_wrong_questions_are_refused(client, wrong):
    answer = client.get(f"{API}/{wrong}")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_a_copy_is_kept_by_following_the_cursor(client, ours):
    first = client.get(f"{API}/changes?limit=2").json
    second = client.get(f"{API}/changes", query_string={"since": first["cursor"], "limit": 2000})
    end = client.get(f"{API}/changes", query_string={"since": second.json["cursor"]})

    assert len(first["items"]) == 2
    assert first["items"][0]["release"] == 1
    assert not {each["code"] for each in first["items"]} & {
        each["code"] for each in second.json["items"] if each["list"] == first["items"][0]["list"]
    }
    assert end.json == {"items": [], "cursor": second.json["cursor"]}


def test_the_description_lists_the_doors(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]

    for path in ("skills", "skills/{code}", "occupations", "occupations/{code}", "changes"):
        assert paths[f"{API}/{path}"]["get"]["tags"] == ["taxonomy"]
