"""Statements on their way to another record store, and to webhooks."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu.db import db, inside, unit_of_work, utcnow
from edu.jobs import Job, run_due
from edu.lrs import attachments, public
from edu.lrs.cli import lrs
from edu.lrs.core import build, multipart
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.models import TargetState
from edu.settings import in_force
from tests.edu.lrs.forwarding.conftest import said
from tests.factories import a_college


def to_lrs(elsewhere, *, version=Version.V2, **wishes):
    with unit_of_work():
        target = service.add_lrs(
            service.Wishes(name="Bạn", url=elsewhere.url, **{"from_the_start": True} | wishes),
            username="khóa",
            secret="bí mật",
            version=version,
        )
        jobs.start(target)
    return target


def to_webhook(elsewhere, **wishes):
    with unit_of_work():
        made = service.add_webhook(
            service.Wishes(name="Máy", url=elsewhere.url, **{"from_the_start": True} | wishes)
        )
        jobs.start(made.target)
    return made


def once_waited():
    """Do what is due once all waiting is over."""
    with unit_of_work():
        db.session.execute(sa.update(Job).values(due_at=utcnow()))
    run_due()


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


def test_a_statement_that_is_refused_stands_alone_among_the_dead_letters(elsewhere, college):
    ids = [said(word) for word in ("mot", "hai", "ba", "bon", "nam")]
    elsewhere.refuses = {"/ba": 400}

    target = to_lrs(elsewhere)
    run_due()

    assert elsewhere.taken == [each for each in ids if each != ids[2]]
    [letter] = queries.dead_letters(target, limit=10)
    assert (str(letter.statement_id), letter.status, letter.answer) == (ids[2], 400, "not /ba")
    assert (target.delivered, queries.lag(target).behind) == (4, 0)


def test_what_is_there_already_counts_as_delivered(elsewhere, college):
    said("mot")
    said("hai")
    elsewhere.refuses = {"/mot": 409}

    target = to_lrs(elsewhere)
    run_due()

    assert (target.delivered, queries.dead_count(target)) == (2, 0)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_who_is_away_is_asked_again_later_and_less_often(elsewhere, college, status):
    first = said("mot")
    elsewhere.status, elsewhere.text = status, "quá tải"

    target = to_lrs(elsewhere)
    for _time in range(4):
        once_waited()
    waited = target.retry_at - utcnow()

    assert target.state is TargetState.RUNNING
    assert (target.failures, target.status, target.answer) == (4, status, "quá tải")
    assert timedelta(seconds=35) < waited < timedelta(seconds=125)
    lag = queries.lag(target)
    assert lag.behind == 1
    assert utcnow() - lag.since < timedelta(minutes=5)

    elsewhere.status = 200
    elsewhere.heard.clear()
    once_waited()

    assert elsewhere.taken == [first]
    assert (target.failures, target.retry_at, target.answer) == (0, None, "")


@pytest.mark.parametrize(
    ("said_by_them", "seconds"),
    [("120", 120), ("soon", 0), ("Fri, 01 Jan 2999 00:00:00 GMT", 86400), ("99999999", 86400)],
)
def test_who_asks_for_time_gets_it(elsewhere, college, said_by_them, seconds):
    said("mot")
    elsewhere.status, elsewhere.headers = 503, {"Retry-After": said_by_them}

    target = to_lrs(elsewhere)
    run_due()

    waits = target.retry_at - utcnow()
    assert timedelta(seconds=seconds - 2) < waits < timedelta(seconds=max(seconds, 15) + 1)


def test_an_unreachable_server_is_tried_again(elsewhere, college, monkeypatch):
    said("mot")
    monkeypatch.setattr(in_force(), "fetch_also", "127.0.0.1:9")
    elsewhere.url = "http://127.0.0.1:9/xapi"

    target = to_lrs(elsewhere)
    run_due()

    assert (target.status, target.answer) == (0, "fetch-failed: unreachable")
    assert target.retry_at is not None


@pytest.mark.parametrize("status", [401, 403, 404, 301])
def test_who_does_not_let_us_in_is_left_alone_until_somebody_looks(elsewhere, college, status):
    first = said("mot")
    elsewhere.status = status
    target = to_lrs(elsewhere)
    run_due()
    once_waited()

    assert target.state is TargetState.HALTED
    assert len(elsewhere.heard) == 1

    elsewhere.status = 200
    with unit_of_work():
        service.resume(target)
        jobs.start(target)
    elsewhere.heard.clear()
    run_due()

    assert elsewhere.taken == [first]


def test_a_private_address_is_not_visited(elsewhere, college, monkeypatch):
    said("mot")
    target = to_lrs(elsewhere)
    monkeypatch.setattr(in_force(), "fetch_also", "")

    run_due()

    assert elsewhere.heard == []
    assert target.state is TargetState.HALTED
    assert target.answer.startswith("fetch-refused")


def test_one_that_breaks_the_other_store_does_not_hold_up_the_rest_for_ever(elsewhere, college):
    ids = [said(word) for word in ("mot", "hai", "ba")]
    elsewhere.refuses = {"/hai": 500}
    target = to_lrs(elsewhere)

    for _again in range(service.PATIENCE + 1):
        once_waited()

    assert list(dict.fromkeys(elsewhere.taken)) == [ids[0], ids[2]]
    [letter] = queries.dead_letters(target, limit=10)
    assert str(letter.statement_id) == ids[1]


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


def test_a_letter_sent_again_leaves_the_list_when_taken(elsewhere, college):
    first = said("mot")
    elsewhere.refuses = {"/mot": 400}
    target = to_lrs(elsewhere)
    run_due()
    [letter] = queries.dead_letters(target, limit=10)
    elsewhere.refuses = {"/mot": 422}
    jobs.send_again(college.id, letter.id)
    assert letter.status == 422

    elsewhere.refuses = {}
    elsewhere.heard.clear()
    jobs.send_again(college.id, letter.id)

    assert elsewhere.taken == [first]
    assert queries.dead_count(target) == 0
    assert target.delivered == 1
    jobs.send_again(college.id, letter.id)  # the job may run twice
    assert len(elsewhere.heard) == 1


def test_the_secret_is_sealed_and_opens_with_a_former_key(elsewhere, college, monkeypatch):
    target = to_lrs(elsewhere)
    assert "bí mật" not in target.sealed_secret
    first = said("mot")
    former = in_force().secret()
    monkeypatch.setattr(type(in_force()), "secret", lambda _self: "another")

    run_due()
    assert (target.state, target.status) == (TargetState.HALTED, 401)

    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [former])
    with unit_of_work():
        service.resume(target)
        jobs.start(target)
    run_due()
    assert elsewhere.taken == [first]


def test_secrets_are_sealed_anew_when_the_key_changes(app, elsewhere, college, monkeypatch):
    target = to_lrs(elsewhere)
    former = in_force().secret()
    monkeypatch.setattr(type(in_force()), "secret", lambda _self: "another")
    runner = app.test_cli_runner()

    lost = runner.invoke(lrs, ["seal-anew"])
    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [former])
    done = runner.invoke(lrs, ["seal-anew"])
    monkeypatch.setattr(type(in_force()), "former_secrets", lambda _self: [])

    assert (lost.exit_code, done.exit_code) == (1, 0)
    assert "'Bạn'" in lost.output
    db.session.expire_all()
    assert service.secret_of(queries.get(target.id)) == "bí mật"


# Webhooks -------------------------------------------------------------------------------------


def test_a_webhook_gets_each_statement_signed(elsewhere, college):
    ids = [said("mot", Verb.PASSED), said("hai", Verb.PASSED)]
    said("ba", Verb.FAILED)

    made = to_webhook(elsewhere, verb=Verb.PASSED.iri)
    run_due()

    assert elsewhere.taken == ids
    for heard, statement_id in zip(elsewhere.heard, ids, strict=True):
        message_id, sent_at = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
        key = b64decode(made.secret.removeprefix("whsec_"))
        signed = f"{message_id}.{sent_at}.".encode() + heard.body
        mac = b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert heard.headers["webhook-signature"] == f"v1,{mac}"
        assert message_id == statement_id
        assert abs(utcnow().timestamp() - int(sent_at)) < 60
        assert heard.json["type"] == "statement.stored"
        with inside(college.id):
            [known] = [e for e in public.statements() if e.statement["id"] == statement_id]
        assert heard.json["data"] == known.statement


def test_a_webhook_that_refuses_one_gets_the_next(elsewhere, college):
    said("mot")
    second = said("hai")
    elsewhere.refuses = {"/mot": 400}

    made = to_webhook(elsewhere)
    run_due()

    assert elsewhere.taken == [second]
    assert queries.dead_count(made.target) == 1


def test_a_removed_target_is_not_asked(elsewhere, college):
    said("mot")
    target = to_lrs(elsewhere)
    with unit_of_work():
        service.remove(target)

    run_due()

    assert elsewhere.heard == []
