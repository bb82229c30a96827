"""Another record store that refuses, is away, or does not let us in."""

from datetime import timedelta

import pytest

from edu.db import unit_of_work, utcnow
from edu.jobs import run_due
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.models import TargetState
from edu.settings import in_force
from tests.edu.lrs.forwarding.conftest import once_waited, said, started, to_lrs


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


def test_one_that_breaks_the_other_store_does_not_hold_up_the_rest_for_ever(elsewhere, college):
    ids = [said(word) for word in ("mot", "hai", "ba")]
    elsewhere.refuses = {"/hai": 500}
    target = to_lrs(elsewhere)

    for _again in range(service.PATIENCE + 1):
        once_waited()

    assert list(dict.fromkeys(elsewhere.taken)) == [ids[0], ids[2]]
    [letter] = queries.dead_letters(target, limit=10)
    assert str(letter.statement_id) == ids[1]


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
        started(target)
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
