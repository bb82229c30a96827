from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from edu import jobs
from edu.db import db, new_id, pretend, unit_of_work, utcnow
from edu.jobs import Job, JobState, enqueue, enqueue_at, enqueue_once, job, run_due

done: list[object] = []


@job()
def note(what: UUID) -> None:
    done.append(what)


@job(retries=1)
def fail() -> None:
    done.append("tried")
    raise RuntimeError("the printer is on fire")


@job()
def tell(what: UUID) -> None:
    done.append(("given up", what))


@job(retries=1, on_giving_up=tell)
def promise(what: UUID) -> None:
    raise RuntimeError(f"{what} is on fire")


@pytest.fixture(autouse=True)
def _nothing_done(app):
    done.clear()


def _waiting() -> list[Job]:
    return list(db.session.scalars(sa.select(Job).execution_options(populate_existing=True)))


def test_a_job_runs_after_the_unit_is_stored_with_its_types_restored():
    wanted = new_id()
    with unit_of_work():
        enqueue(note, wanted)
        assert done == []

    assert run_due() == 1
    assert done == [wanted]
    assert _waiting() == []


def test_a_unit_that_fails_leaves_no_job():
    with pytest.raises(ZeroDivisionError), unit_of_work():
        enqueue(note, new_id())
        _ = 1 / 0

    assert run_due() == 0


def test_one_key_is_one_job_until_it_has_begun():
    for _ in range(3):
        with unit_of_work():
            enqueue_once(note, "same", new_id())

    assert run_due() == 1


def test_a_job_for_later_waits():
    with unit_of_work():
        enqueue_at(utcnow() + timedelta(hours=1), note, new_id())

    assert run_due() == 0
    with pretend(utcnow() + timedelta(hours=2)):
        assert run_due() == 1


def test_several_are_taken_at_once_and_one_that_fails_holds_up_no_other():
    first, second = new_id(), new_id()
    with unit_of_work():
        enqueue(note, first)
        enqueue(fail)
        enqueue(note, second)

    assert run_due(at_once=10) == 3
    assert done == [first, "tried", second]
    assert [kept.name for kept in _waiting()] == [f"{__name__}.fail"]


def test_no_more_are_begun_than_the_limit_allows():
    with unit_of_work():
        for _ in range(3):
            enqueue(note, new_id())

    assert run_due(limit=2, at_once=10) == 2
    assert len(_waiting()) == 1


def test_a_failing_job_is_tried_again_later_and_then_kept_with_its_error():
    with unit_of_work():
        enqueue(fail)

    run_due()
    assert run_due() == 0  # not at once
    with pretend(utcnow() + timedelta(minutes=1)):
        run_due()

    (kept,) = _waiting()
    assert done == ["tried", "tried"]
    assert kept.state == JobState.FAILED
    assert "the printer is on fire" in kept.error


def test_what_a_dead_worker_held_is_taken_again_when_the_lease_is_over():
    with unit_of_work():
        enqueue(note, new_id())
    assert jobs._take()  # a worker takes it and dies

    assert run_due() == 0
    with pretend(utcnow() + timedelta(seconds=3601)):
        assert run_due() == 1


def _die_holding_it(after: timedelta) -> None:
    """A worker takes what is due then, and is never heard of again."""
    with pretend(utcnow() + after):
        assert jobs._take()


def test_who_waits_is_told_once_when_the_last_try_has_failed():
    wanted = new_id()
    with unit_of_work():
        enqueue(promise, wanted)

    run_due()
    assert done == []
    with pretend(utcnow() + timedelta(minutes=1)):
        run_due()

    assert done == [("given up", wanted)]
    assert [kept.state for kept in _waiting()] == [JobState.FAILED]


def test_who_waits_is_told_when_each_try_took_its_worker_with_it():
    wanted = new_id()
    with unit_of_work():
        enqueue(promise, wanted)
    for hours in (0, 2):
        _die_holding_it(timedelta(hours=hours))

    with pretend(utcnow() + timedelta(hours=4)):
        run_due()

    (kept,) = _waiting()
    assert done == [("given up", wanted)]
    assert (kept.state, kept.error) == (
        JobState.FAILED,
        "The worker ended in the middle of the last try.",
    )


def test_a_job_that_kills_its_workers_does_not_go_on_for_ever():
    with unit_of_work():
        enqueue(fail)
    for hours in (0, 2):
        _die_holding_it(timedelta(hours=hours))

    with pretend(utcnow() + timedelta(hours=4)):
        run_due()
        assert run_due() == 0

    assert done == []


def test_only_a_job_can_be_done_instead():
    with pytest.raises(LookupError):
        job(on_giving_up=print)


def test_work_of_another_release_is_kept_to_be_looked_at():
    with unit_of_work():
        jobs.add("courses.jobs.of_tomorrow", {})

    run_due()

    (kept,) = _waiting()
    assert kept.state == JobState.FAILED
    assert "no such job" in kept.error


def test_only_registered_work_is_accepted():
    with pytest.raises(LookupError), unit_of_work():
        enqueue(print)
