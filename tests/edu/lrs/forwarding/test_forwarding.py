"""Statements on their way to another record store."""

import hashlib
from base64 import b64decode

import sqlalchemy as sa

from edu.db import db, inside, unit_of_work
from edu.jobs import Job, run_due
from edu.lrs import attachments, public
from edu.lrs.core import build, multipart
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, service
from tests.edu.lrs.forwarding.conftest import once_waited, said, to_lrs
from tests.factories import a_college


def test_statements_arrive_in_order_with_the_key(elsewhere, college):
    ids = [said(f"bai-{n}") for n in range(3)]

    target = to_lrs(elsewhere)
    run_due()

    [heard] = elsewhere.heard
    assert (heard.method, heard.path) == ("POST", "/xapi/statements")
    assert [each["id"] for each in heard.json] == ids
    assert heard.headers["x-experience-api-version"] == "2.0.0"
    credentials = b64decode(heard.headers["authorization"].removeprefix("Basic ")).decode()
    assert credentials == "khóa:bí mật"
    assert (target.delivered, queries.lag(target).behind) == (3, 0)


def test_what_comes_later_is_sent_later_and_nothing_twice(elsewhere, college):
    first = said("mot")
    to_lrs(elsewhere)
    run_due()

    second = said("hai")
    once_waited()

    assert elsewhere.taken == [first, second]


def test_more_than_one_batch_is_sent_without_waiting(elsewhere, college):
    ids = [said(f"bai-{n}") for n in range(queries.READ + 1)]

    to_lrs(elsewhere)
    run_due()

    assert elsewhere.taken == ids
    assert max(len(heard.json) for heard in elsewhere.heard) == 50


def test_another_colleges_statements_stay_there(elsewhere, college):
    with inside(a_college().id):
        said("khac")

    to_lrs(elsewhere)
    run_due()

    assert elsewhere.heard == []


def test_a_target_can_begin_with_what_is_to_come(elsewhere, college):
    said("cu")
    to_lrs(elsewhere, from_the_start=False)

    new = said("moi")
    run_due()

    assert elsewhere.taken == [new]


def test_only_what_passes_the_filter_is_sent(elsewhere, college):
    said("bai", Verb.FAILED)
    wanted = said("bai", Verb.PASSED)
    said("khac", Verb.PASSED)

    target = to_lrs(elsewhere, verb=Verb.PASSED.iri, activity="https://hoc.example/bai")
    run_due()

    assert elsewhere.taken == [wanted]
    assert queries.lag(target).behind == 0


def test_a_pause_loses_nothing(elsewhere, college):
    target = to_lrs(elsewhere)
    run_due()
    with unit_of_work():
        service.pause(target)
    first = said("mot")
    once_waited()
    assert elsewhere.heard == []

    with unit_of_work():
        service.resume(target)
        jobs.start(target)
    run_due()

    assert elsewhere.taken == [first]


def test_two_workers_at_one_target_do_not_count_twice(elsewhere, college):
    said("mot")
    target = to_lrs(elsewhere)
    looked_at = queries.waiting(target)
    progress = jobs._sent(target, looked_at.rows)

    for _worker in range(2):
        with unit_of_work():
            service.note(target, looked_at, progress)

    assert target.delivered == 1


def test_work_that_was_given_up_is_taken_up_at_night(elsewhere, college):
    to_lrs(elsewhere)
    with unit_of_work():
        db.session.execute(sa.delete(Job))
    first = said("mot")

    jobs.keep_flowing()
    run_due()

    assert elsewhere.taken == [first]


def test_files_go_along(elsewhere, college):
    content = b"%PDF-1.7"
    sent = Attachment(hashlib.sha256(content).hexdigest(), content, "application/pdf")
    lan = build.agent_for("https://hoc.example", "lan")
    about = {
        "usageType": "https://hoc.example/bai-nop",
        "display": {"vi": "Bài nộp"},
        "contentType": "application/pdf",
        "length": len(content),
        "sha2": sent.sha2,
    }
    with unit_of_work():
        attachments.keep([sent])
        public.record(
            build.statement(lan, Verb.COMPLETED, {"id": "https://hoc.example/bai"})
            | {"attachments": [about]}
        )

    to_lrs(elsewhere)
    run_due()

    [heard] = elsewhere.heard
    parts = multipart.parse(heard.body, heard.headers["content-type"])
    assert [part.content for part in parts.attachments] == [content]
