"""Whether an export's memory grows with the record, and what forgetting a person costs.

    python -m benchmarks.lrs.export 10000 40000

Fills a record in a throw-away SQLite, writes it in each format in a process of its own, and prints
the largest resident memory of that process with its CPU time. Then one person, who is in every
twentieth statement, is forgotten; the longest time that it kept other writers waiting is told too.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu.app import create_app
from edu.db import db, inside, new_id, unit_of_work
from edu.jobs import run_due
from edu.lrs import service
from edu.lrs.core import build
from edu.lrs.core.version import Version
from edu.lrs.core.vocabulary import ActivityType, Verb
from edu.lrs.privacy import jobs
from edu.lrs.privacy.models import ForgetMode
from edu.lrs.transfer import ndjson
from edu.lrs.transfer.models import Format
from edu.lrs.transfer.writing import write
from edu.settings import Settings
from edu.tenancy.models import Organisation, OrganisationKind

BATCH = 1000
EVERY = 20


def app_in(home: Path):  # noqa: ANN201 - a Flask
    """Open the installation in a folder."""
    return create_app(Settings(home=home, storage_url="memory://", search_engine="memory"))


def statement(number: int) -> dict:
    """One of many, of about a kilobyte."""
    lesson = build.activity(
        f"https://hoc.example/bai/{number % 500}", ActivityType.LESSON, name={"vi": "Hàn hồ quang"}
    )
    return build.statement(
        build.agent_for("https://hoc.example", f"nguoi-hoc-{number % EVERY}"),
        Verb.ANSWERED,
        lesson,
        result=build.result(success=True, score=build.score(scaled=0.5), response="thép " * 40),
        context=build.context(extensions={"https://hoc.example/lan": number}),
    )


def fill(home: Path, count: int) -> str:
    """Make a record of so many statements; give its organisation's id."""
    with app_in(home).app_context():
        db.create_all()
        college = Organisation(
            id=new_id(),
            code="do",
            kind=OrganisationKind.COLLEGE,
            name={"vi": "Đo"},
            place_code="48",
        )
        with unit_of_work():
            db.session.add(college)
        author = service.Author(build.agent_for("https://hoc.example", "tool"))
        for start in range(0, count, BATCH):
            with inside(college.id), unit_of_work():
                some = [statement(start + n) for n in range(BATCH)]
                service.store(some, author, Version.V1)
        return str(college.id)


def work(home: str, tenant: str, what: str) -> None:
    """Do one thing in this process and print what it took, as JSON."""
    from uuid import UUID

    with app_in(Path(home)).app_context(), tempfile.TemporaryDirectory() as folder:
        before, units = time.process_time(), [0.0]
        jobs.unit_of_work = lambda: watched(units)
        with inside(UUID(tenant)):
            if what == "forget":
                agent = build.agent_for("https://hoc.example", "nguoi-hoc-7")
                with unit_of_work():
                    jobs.start(agent, ForgetMode.PSEUDONYMISE, None)
                run_due()
                size = 0
            else:
                path = Path(folder) / "statements"
                write(ndjson.payloads(), path, Format(what), ["vi"])
                size = path.stat().st_size
        seconds, longest = time.process_time() - before, max(units)
    sys.stdout.write(json.dumps([seconds, peak(), size >> 20, longest]) + "\n")


def peak() -> int:
    """Give the largest resident memory in MB; `ru_maxrss` would count what started us in."""
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(told["VmHWM"].split()[0]) >> 10


@contextmanager
def watched(units: list[float]) -> Iterator[None]:
    """A unit of work whose seconds are noted."""
    began = time.perf_counter()
    with unit_of_work():
        yield
    units.append(time.perf_counter() - began)


def main() -> None:
    """Print the table."""
    sys.stdout.write("statements  what        CPU s   µs each   peak MB   file MB   unit ms\n")
    for count in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            tenant = fill(Path(folder), count)
            for what in (*(kind.value for kind in Format), "forget"):
                done = subprocess.run(  # noqa: S603 - ourselves
                    [sys.executable, "-m", "benchmarks.lrs.export", "work", folder, tenant, what],
                    check=True,
                    capture_output=True,
                )
                seconds, memory, size, unit = json.loads(done.stdout.splitlines()[-1])
                each = seconds / count * 1e6
                sys.stdout.write(
                    f"{count:>10}  {what:<10}{seconds:>7.2f}{each:>10.0f}{memory:>10}{size:>10}"
                    f"{unit * 1000:>10.0f}\n"
                )
    sys.stdout.write(f"load average {os.getloadavg()[0]:.1f}\n")


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(*sys.argv[2:5])
    else:
        main()
