"""What is rare, heavy or slow does not hold up what follows."""

import hashlib
import time

import pytest

from edu.db import unit_of_work
from edu.jobs import run_due
from edu.lrs import attachments, public
from edu.lrs.core import build
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.vocabulary import Verb
from edu.lrs.forwarding import jobs, queries, sending, service
from edu.lrs.forwarding.core import delivery
from tests.edu.lrs.forwarding.conftest import once_waited, said, to_lrs, to_webhook

LAN = build.agent_for("https://hoc.example", "lan")


@pytest.fixture
def one_by_one(monkeypatch):
    """Rounds that look at a few statements each, so that a few make many."""
    monkeypatch.setattr(queries, "READ", 5)
    monkeypatch.setattr(service, "READ_ON", 5)


def with_file(word: str, content: bytes) -> str:
    """Store a statement with a file, whose length it misstates; give its id."""
    sent = Attachment(hashlib.sha256(content).hexdigest(), content, "application/pdf")
    about = {
        "usageType": "https://hoc.example/bai-nop",
        "display": {"vi": "Bài nộp"},
        "contentType": "application/pdf",
        "length": 1,
        "sha2": sent.sha2,
    }
    made = build.statement(LAN, Verb.COMPLETED, {"id": f"https://hoc.example/{word}"})
    with unit_of_work():
        attachments.keep([sent])
        return str(public.record(made | {"attachments": [about]}))


def slow(elsewhere, monkeypatch, is_slow):
    """Let the other side take longer over some requests than we wait."""
    monkeypatch.setattr(sending, "SECONDS", 1.0)
    at_once = elsewhere.answer
    taken: list[str] = []

    def answer(heard):
        if is_slow(heard):
            time.sleep(1.5)
        else:
            taken.extend(each["id"] for each in heard.json)
        return at_once(heard)

    monkeypatch.setattr(elsewhere, "answer", answer)
    return taken


def test_a_culprit_is_found_though_what_follows_is_far_away(elsewhere, college):
    culprit = said("hong", Verb.PASSED)
    for number in range(queries.READ):
        said(f"khac-{number}")
    good = said("tot", Verb.PASSED)
    elsewhere.refuses = {"/hong": 500}
    target = to_lrs(elsewhere, verb=Verb.PASSED.iri)

    for _round in range(10):
        once_waited()

    assert set(elsewhere.taken) == {good}
    [letter] = queries.dead_letters(target, limit=10)
    assert str(letter.statement_id) == culprit
    assert queries.lag(target).behind == 0


def test_it_is_looked_twice_as_far_each_time(elsewhere, college, one_by_one):
    said("hong", Verb.PASSED)
    for number in range(30):
        said(f"khac-{number}")
    good = said("tot", Verb.PASSED)
    elsewhere.refuses = {"/hong": 500}
    target = to_lrs(elsewhere, verb=Verb.PASSED.iri)

    for _round in range(service.PATIENCE + 3):  # 5, 10, then 20 statements are read on
        once_waited()
    assert (elsewhere.taken, target.failures) == ([], service.PATIENCE + 3)

    once_waited()
    assert set(elsewhere.taken) == {good}


def test_nobody_reads_on_while_the_other_side_is_away(elsewhere, college, one_by_one, monkeypatch):
    said("mot")
    elsewhere.status = 503
    to_lrs(elsewhere)
    monkeypatch.setattr(jobs.queries, "next_passing", lambda *_: pytest.fail("read on"))

    for _round in range(service.PATIENCE + 2):
        once_waited()


def test_a_request_is_bounded_by_what_its_statements_and_files_weigh(
    elsewhere, college, monkeypatch
):
    monkeypatch.setattr(delivery, "HEAVIEST", 10_000)
    light = [said(f"nhe-{number}") for number in range(3)]
    with_file("nang-1", b"1" * 7000)
    with_file("nang-2", b"2" * 7000)
    with_file("rat-nang", b"3" * 20_000)
    light += [said("cuoi")]

    target = to_lrs(elsewhere)
    run_due()

    assert target.delivered == len(light) + 3
    assert [heard.body.count(b'"actor":') for heard in elsewhere.heard] == [4, 1, 1, 1]
    assert [b"22222" in heard.body for heard in elsewhere.heard] == [False, True, False, False]


def test_no_round_makes_more_requests_than_one_of_light_statements(elsewhere, college, monkeypatch):
    """So that a pause is soon heeded, and what was sent is soon noted."""
    monkeypatch.setattr(delivery, "HEAVIEST", 1)
    ids = [said(f"bai-{number}") for number in range(6)]
    target = to_lrs(elsewhere)

    run_due(1)
    assert target.delivered == 4

    once_waited()
    assert elsewhere.taken == ids


def test_files_weigh_nothing_for_who_does_not_get_them(elsewhere, college, monkeypatch):
    monkeypatch.setattr(attachments, "weights", lambda _rows: pytest.fail("weighed"))
    with_file("mot", b"1" * 1000)

    to_webhook(elsewhere)
    run_due()

    assert len(elsewhere.heard) == 1


def test_what_takes_too_long_together_is_sent_in_parts(elsewhere, college, monkeypatch):
    ids = [said(f"bai-{number}") for number in range(4)]
    taken = slow(elsewhere, monkeypatch, lambda heard: len(heard.json) > 2)

    target = to_lrs(elsewhere)
    run_due()

    assert taken == ids
    assert (target.delivered, target.failures) == (4, 0)


def test_one_that_always_takes_too_long_does_not_hold_up_the_rest(elsewhere, college, monkeypatch):
    ids = [said(word) for word in ("cham", "nhanh")]
    taken = slow(elsewhere, monkeypatch, lambda heard: b"/cham" in heard.body)
    target = to_lrs(elsewhere)

    once_waited()
    assert (target.failures, target.status, taken) == (1, 0, [])
    with unit_of_work():
        target.failures = service.PATIENCE
    once_waited()

    assert set(taken) == {ids[1]}
    [letter] = queries.dead_letters(target, limit=10)
    assert (str(letter.statement_id), letter.status) == (ids[0], 0)


@pytest.mark.parametrize(("size", "seconds"), [(0, 20), (8 << 20, 52), (64 << 20, 276)])
def test_who_is_sent_more_gets_more_time(size, seconds):
    assert sending.limits(size).seconds == seconds
