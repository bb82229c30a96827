import pytest

from edu.dictionary import queries


def test_all_elements_are_listed(client):
    items = client.get("/api/v1/dictionary").json["items"]

    assert len(items) == queries.figures().elements
    label = next(each for each in items if each["name"] == "skill.label")
    assert label == {
        "name": "skill.label",
        "table": "skill",
        "column": "label",
        "meaning": "Preferred label, in each language.",
        "owner": "province",
        "sharing": "shared",
        "privacy": "open",
        "form": "words",
        "limit": 0,
        "choices": [],
        "is_required": True,
        "is_unique": False,
        "refers_to": "",
        "used_in": [],
    }


def test_a_question_narrows_the_list(client):
    items = client.get("/api/v1/dictionary?q=label&table=skill&owner=province").json["items"]

    assert {each["table"] for each in items} == {"skill"}
    assert "skill.label" in {each["name"] for each in items}


def test_a_class_that_is_none_is_refused(client):
    assert client.get("/api/v1/dictionary?privacy=secret").status_code == 422


def test_a_table_is_described_as_json_schema(client):
    answer = client.get("/api/v1/dictionary/occupation_skill")

    assert answer.content_type == "application/schema+json"
    schema = answer.json
    assert schema["$id"] == "http://portal.test/api/v1/dictionary/occupation_skill"
    assert schema["title"] == "occupation_skill"
    assert schema["properties"]["skill_id"] == {
        "description": "The skill.",
        "type": "string",
        "format": "uuid",
        "x-owner": "province",
        "x-sharing": "shared",
        "x-privacy": "open",
        "x-refers-to": "skill.id",
    }
    assert set(schema["required"]) == set(schema["properties"])


def test_every_table_has_a_schema(client):
    for table in queries.tables():
        schema = client.get(f"/api/v1/dictionary/{table.name}").json
        assert set(schema["properties"]) == {each.column for each in table.elements}


@pytest.mark.parametrize("path", ["", "/{table}"])
def test_the_description_lists_the_doors(client, path):
    paths = client.get("/api/v1/openapi.json").json["paths"]

    assert paths[f"/api/v1/dictionary{path}"]["get"]["tags"] == ["dictionary"]
