"""Statements on their way to another record store."""

import hashlib
from base64 import b64decode
from datetime import timedelta

import pytest
import sqlalchemy as sa

from edu import jobs as work
from edu.db import db, inside, pretend, unit_of_work, utcnow
from edu.errors import Invalid
from edu.jobs import Job, run_due
from edu.lrs import attachments, public
from edu.lrs.core import build, multipart
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.models import TargetState
from edu.lrs.models import Statement
from tests.edu.lrs.forwarding.conftest import once_waited, said, started, to_lrs
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
        started(target)
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


@pytest.mark.parametrize("url", ["https://lrs.example:6379/", "http://lrs.example/", "lrs"])
def test_no_target_leads_where_nothing_would_be_sent(college, url):
    with pytest.raises(Invalid) as refused, unit_of_work():
        service.add_webhook(service.Wishes(name="Máy", url=url))

    assert set(refused.value.fields) == {"url"}


def test_our_own_work_that_fails_is_tried_again_without_end(elsewhere, college, monkeypatch):
    [only] = [said("mot")]
    target = to_lrs(elsewhere)
    with monkeypatch.context() as broken_down:
        broken_down.setattr(jobs, "deliver", lambda *_things, **_options: 1 // 0)
        for hours in range(10):
            with pretend(utcnow() + timedelta(hours=hours)):
                for _try in range(4):
                    run_due()
    stumbling = queries.find(target.id)
    assert (stumbling.state, stumbling.is_stumbling) == (TargetState.RUNNING, True)

    with pretend(utcnow() + timedelta(hours=24)):
        run_due()

    assert elsewhere.taken == [only]
    well = queries.find(target.id)
    assert (well.failures, well.is_stumbling, well.answer) == (0, False, "")


def test_a_round_that_takes_its_workers_with_it_is_noted(elsewhere, college):
    said("mot")
    target = to_lrs(elsewhere)
    for hours in range(0, 8, 2):
        with pretend(utcnow() + timedelta(hours=hours)):
            assert work._take()

    with pretend(utcnow() + timedelta(hours=8)):
        run_due()

    assert queries.find(target.id).is_stumbling


def test_nothing_is_noted_on_what_was_stopped_or_is_gone(elsewhere, college):
    target = to_lrs(elsewhere)
    with unit_of_work():
        service.pause(target)

    jobs.stumble(college.id, target.id, target.run)
    jobs.stumble(college.id, college.id, 0)

    assert queries.find(target.id).failures == 0


def test_who_waits_for_what_is_gone_meanwhile_goes_on_at_ease(elsewhere, college):
    """Else a round would follow the other without a pause."""
    said("mot")
    elsewhere.status = 503
    target = to_lrs(elsewhere)
    run_due()
    with unit_of_work():
        db.session.execute(sa.delete(Statement))

    once_waited()

    well = queries.find(target.id)
    assert (well.failures, well.retry_at) == (0, None)
    assert db.session.scalar(sa.select(Job.due_at)) > utcnow()
