"""Batches of which the good part is stored: our own addition, `?partial=true`."""

from tests.edu.lrs.xapi.conftest import a_statement


def test_the_good_ones_are_stored_and_the_others_told(either):
    known, other = a_statement(), a_statement()
    either.store(known, other)
    good, again = a_statement(), a_statement()
    batch = [
        good,
        a_statement(verb={}),
        "nothing",
        again,
        again,
        other | {"result": {"success": False}},
        known,
        a_statement(attachments=[]) | {"actor": {"mbox": "lan"}},
    ]

    answer = either.ask("POST", "/statements?partial=true", json=batch)

    assert answer.status_code == 200
    ids = [good["id"], None, None, again["id"], None, None, known["id"], None]
    assert answer.json["ids"] == ids
    refused = {each["index"]: each for each in answer.json["refused"]}
    assert {index: each["error"] for index, each in refused.items()} == {
        1: "missing",
        2: "object",
        4: "same-id-twice",
        5: "statement-conflict",
        7: "mbox",
    }
    assert refused[7]["path"] == "/actor/mbox"
    assert set(either.found()) == {known["id"], other["id"], good["id"], again["id"]}


def test_only_a_list_of_json_is_taken_in_part(either):
    def status(**options) -> int:
        return either.ask("POST", "/statements?partial=true", **options).status_code

    assert status(json=a_statement()) == 400
    assert status(data=b"[]", headers={"Content-Type": "text/plain"}) == 400


def test_it_has_to_be_asked_for_in_so_many_words(either):
    assert either.ask("POST", "/statements?partial=yes", json=[]).status_code == 400
