"""What tests of the dashboards share: where they stand, who stands out, and the night's work."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from analytics.indicators import jobs
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, pretend, utcnow
from edu.jobs import run_due
from tests.courses.classroom import enrol
from tests.factories import a_person

COLLEGE = "/at/songhan/dashboard"


PROVINCE = "/at/danang/dashboard"


TEACHING = "/at/songhan/teaching/overview"


def work_out() -> None:
    """As the night does."""
    jobs.work_out_all()
    run_due()


def audited(action: str) -> int:
    db.session.expire_all()
    return db.session.scalar(
        sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == action)
    )


def rows_of(answer) -> list[list[str]]:
    """The cells of a file that was fetched."""
    return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))


@pytest.fixture
def teacher(room):
    return room.teacher


@pytest.fixture
def quiet_ben(room, college):
    """Ben enrolled three weeks ago and did nothing since."""
    ben = a_person("Lê Văn Bền", role=Role.LEARNER, at=college)
    with pretend(utcnow() - timedelta(days=21)):
        enrol(room, ben)
    return ben
