"""Versions, resources and methods (Communication 1.3, 2.8, 3.3), and the alternate syntax."""

import json

import pytest

from tests.edu.lrs.xapi.conftest import EVERYTHING, HEADER, a_statement

# 2.8 About, 3.3 versions


@pytest.mark.parametrize(("mount", "spoken"), [("/xapi", "2.0.0"), ("/xapi/v1", "1.0.3")])
def test_anybody_may_ask_which_versions_are_spoken(client, mount, spoken):
    answer = client.get(f"{mount}/about")

    assert answer.json["version"] == ["1.0.3", "2.0.0"]
    assert answer.headers[HEADER] == spoken


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize(("mount", "spoken"), [("/xapi", "2.0.0"), ("/xapi/v1", "1.0.3")])
def test_every_other_resource_wants_a_version(tool, path, mount, spoken):
    tool.mount = mount

    answer = tool.get(path, headers={HEADER: None})

    assert (answer.status_code, answer.json["error"]) == (400, "version-missing")
    assert answer.headers[HEADER] == spoken


@pytest.mark.parametrize("mount", ["/xapi", "/xapi/v1"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0")],
)
def test_both_doors_speak_the_version_that_is_asked_for(tool, mount, asked, told):
    tool.mount = mount

    answer = tool.get("/statements", headers={HEADER: asked})

    assert (answer.status_code, answer.headers[HEADER]) == (200, told)


@pytest.mark.parametrize("version", ["0.95", "1.1", "3.0.0", "two"])
def test_other_versions_are_not_spoken(tool, version):
    assert tool.get("/statements", headers={HEADER: version}).status_code == 400


def test_rules_of_2_0_do_not_bind_1_0(tool, old_tool):
    local = a_statement(timestamp="2026-11-22T10:00:00")

    assert tool.ask("POST", "/statements", json=local).status_code == 400
    assert old_tool.ask("POST", "/statements", json=local).status_code == 200


# Resources and methods


def test_unknown_resources_are_404(tool):
    answer = tool.get("/statement")

    assert (answer.status_code, answer.content_type) == (404, "application/json")


@pytest.mark.parametrize(
    ("method", "path"), [("DELETE", "/statements"), ("PUT", "/agents"), ("POST", "/activities")]
)
def test_a_resource_names_the_methods_it_takes(tool, method, path):
    answer = tool.ask(method, path)

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_pages_of_other_sites_may_talk_to_us(client):
    answer = client.options("/xapi/statements", headers={"Origin": "https://khoa-hoc.example"})

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert HEADER in answer.headers["Access-Control-Allow-Headers"]
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


# 1.3 Alternate request syntax


def alternate(tool, method: str, path: str, **form: str):
    return tool.client.post(
        f"{tool.mount}{path}?method={method}",
        data={"Authorization": tool.authorization, HEADER: tool.version} | form,
    )


def test_a_form_may_carry_a_whole_request(old_tool):
    statement = a_statement()

    put = alternate(
        old_tool, "PUT", "/statements", statementId=statement["id"], content=json.dumps(statement)
    )
    got = alternate(old_tool, "GET", "/statements", statementId=statement["id"])

    assert put.status_code == 204
    assert got.json["id"] == statement["id"]
    assert got.headers["X-Experience-API-Consistent-Through"]


def test_a_form_may_be_large(old_tool):
    statement = a_statement(context={"extensions": {"https://hoc.example/x": "x" * 800_000}})

    answer = alternate(old_tool, "POST", "/statements", content=json.dumps(statement))

    assert answer.status_code == 200


def test_the_alternate_syntax_is_gone_in_2_0(tool):
    answer = alternate(tool, "GET", "/statements")

    assert (answer.status_code, answer.json["error"]) == (400, "alternate-syntax")


@pytest.mark.parametrize("path", ["/statements?limit=1&method=GET", "/statements?method=get"])
def test_the_address_names_the_method_and_nothing_else(old_tool, path):
    answer = old_tool.client.post(
        f"{old_tool.mount}{path}",
        data={"Authorization": old_tool.authorization, HEADER: "1.0.3"},
    )

    assert answer.status_code == 400


def test_what_is_no_form_is_refused(old_tool):
    answer = old_tool.ask("POST", "/statements?method=PUT", json=a_statement())

    assert answer.status_code == 400
