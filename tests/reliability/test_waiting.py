"""Work for later is done, whoever is away meanwhile."""

import signal
import time

from tests.reliability.installation import form_at, wait_until

LEASE = 3.0  # seconds, as conftest sets it

SLOW_WORK = """
import sys, time
from pathlib import Path
from edu import jobs

@jobs.job()
def slow(path: str) -> None:
    with Path(path).open("a") as diary:
        diary.write("begun ")
    time.sleep(float(sys.argv[1]))
    with Path(path).open("a") as diary:
        diary.write("done ")

if __name__ == "__main__":
    from edu.app import create_app
    from edu.db import db, unit_of_work
    from edu.worker import run
    app = create_app()
    with app.app_context():
        if len(sys.argv) > 2:
            with unit_of_work():
                jobs.enqueue(slow, sys.argv[2])
    run(app, app.extensions["edu_settings"])
"""
"""A worker that knows one job more: it notes that it began, takes its time, notes its end."""


def test_what_a_killed_worker_held_is_done_when_its_lease_is_over(installation, record_property):
    diary = installation.home / "diary"
    first = installation.start("-c", SLOW_WORK, "60", str(diary))
    wait_until(lambda: first.has_said("") and diary.exists())

    first.end(signal.SIGKILL)
    killed = time.monotonic()
    second = installation.start("-c", SLOW_WORK, "0")
    wait_until(lambda: second.has_said("") and "done" in diary.read_text())
    waited = time.monotonic() - killed
    wait_until(installation.is_drained)

    assert diary.read_text() == "begun begun done "
    record_property("done after, s", waited)


def test_a_slow_worker_keeps_its_job_beyond_the_lease(installation):
    diary = installation.home / "diary"
    slow = installation.start("-c", SLOW_WORK, str(LEASE * 2), str(diary))
    wait_until(lambda: slow.has_said("") and diary.exists())
    other = installation.start("-c", SLOW_WORK, "0")

    wait_until(lambda: slow.has_said("") and "done" in diary.read_text())
    wait_until(installation.is_drained)

    assert other.has_said("")
    assert diary.read_text() == "begun done "


def test_without_valkey_pages_answer_and_the_sweeper_does_the_jobs(installation, record_property):
    installation.settings["EDU_REDIS_URL"] = f"unix://{installation.home}/nobody.sock"
    installation.serve()
    worker = installation.start("worker")
    learner = installation.browser(installation.told["students"][0])
    fields = form_at(learner.get(installation.lesson).text, installation.question)

    begun = time.monotonic()
    answer = learner.post(installation.question, fields | {"choice": "a"})
    took = time.monotonic() - begun
    wait_until(lambda: worker.has_said("") and installation.is_drained())

    assert answer.status == 303
    assert installation.count("SELECT count(*) FROM mastery_step") == 1
    record_property("answered in, s", took)
