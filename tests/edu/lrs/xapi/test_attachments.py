"""Statements with files (Communication 1.5.2, Data 2.4.11, 2.6)."""

import hashlib

import orjson
import pytest
from joserfc.jwk import RSAKey

from edu.lrs.core.multipart import Attachment, build, parse
from edu.lrs.core.signature import CONTENT_TYPE, USAGE_TYPE
from tests.edu.lrs.core.test_signature import private_key, sign
from tests.edu.lrs.xapi.conftest import a_statement

CONTENT = bytes(range(256)) * 3


def described(content: bytes = CONTENT, **other: object) -> dict:
    return {
        "usageType": "https://hoc.example/anh-moi-han",
        "display": {"vi": "Ảnh mối hàn"},
        "contentType": "image/png",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
    } | other


def send(tool, statements: object, *files: Attachment):
    kind, body = build(orjson.dumps(statements), files)
    return tool.ask("POST", "/statements", data=body, headers={"Content-Type": kind})


def a_file(content: bytes = CONTENT) -> Attachment:
    return Attachment(hashlib.sha256(content).hexdigest(), content, "image/png")


def test_files_come_back_once_each_where_they_are_asked_for(either):
    statements = [a_statement(attachments=[described()]) for _ in range(2)]
    assert send(either, statements, a_file()).status_code == 200

    answer = either.get("/statements", query={"attachments": "true"})

    told = parse(answer.data, answer.content_type)
    assert [file.content for file in told.attachments] == [CONTENT]
    assert told.attachments[0].content_type == "image/png"


def test_without_asking_only_the_statements_come(either):
    send(either, a_statement(attachments=[described()]), a_file())

    answer = either.get("/statements", query={"attachments": "false"})

    assert answer.content_type == "application/json"
    assert answer.json["statements"][0]["attachments"] == [described()]


def test_one_statement_brings_its_own_files_only(either):
    first = a_statement(attachments=[described()])
    second = a_statement(attachments=[described(b"other")])
    send(either, [first, second], a_file(), a_file(b"other"))

    answer = either.get("/statements", query={"statementId": second["id"], "attachments": "true"})

    assert [f.content for f in parse(answer.data, answer.content_type).attachments] == [b"other"]


def test_a_file_known_from_before_is_kept_once(either):
    for _ in range(2):
        assert send(either, a_statement(attachments=[described()]), a_file()).status_code == 200


def test_a_file_elsewhere_is_only_pointed_at(either):
    statement = a_statement(attachments=[described(fileUrl="https://hoc.example/anh.png")])
    either.store(statement)

    answer = either.get("/statements", query={"attachments": "true"})

    assert parse(answer.data, answer.content_type).attachments == ()


@pytest.mark.parametrize(
    ("statement", "files", "error"),
    [
        (a_statement(attachments=[described()]), [], "no-content"),
        (a_statement(), [a_file()], "excess-part"),
        (
            a_statement(attachments=[described()]),
            [Attachment(hashlib.sha256(CONTENT).hexdigest(), b"forged")],
            "hash-mismatch",
        ),
    ],
)
def test_files_and_statements_must_fit(either, statement, files, error):
    answer = send(either, statement, *files)

    assert (answer.status_code, answer.json["error"]) == (400, error)
    assert either.found() == []


def test_a_signed_statement_must_say_what_was_signed(either):
    statement = a_statement()
    signature = sign(orjson.dumps(statement), RSAKey.import_key(private_key())).encode()
    about = described(signature, usageType=USAGE_TYPE, contentType=CONTENT_TYPE)
    file = Attachment(about["sha2"], signature, CONTENT_TYPE)

    forged = send(either, statement | {"attachments": [about], "result": {"success": True}}, file)
    honest = send(either, statement | {"attachments": [about]}, file)

    assert (forged.status_code, forged.json["error"]) == (400, "signature-payload")
    assert honest.status_code == 200
