"""Whatever an indicator counts has changed: work them out soon, once for many changes."""

from datetime import timedelta

from analytics.indicators import jobs
from courses.public import CertificateIssued, CreditEntered, LearnerEnrolled, LearnerWithdrew
from edu.db import unit_of_work, utcnow
from edu.events import Event, subscribe
from edu.jobs import enqueue_once
from oer_repository.public import ResourcePublished

SOON = timedelta(seconds=5)


def _soon(_event: Event) -> None:
    with unit_of_work():
        enqueue_once(jobs.work_out, "today", due_at=utcnow() + SOON)


@subscribe(LearnerEnrolled)
def after_enrolment(event: LearnerEnrolled) -> None:
    """A place was taken."""
    _soon(event)


@subscribe(LearnerWithdrew)
def after_withdrawal(event: LearnerWithdrew) -> None:
    """A place was given back."""
    _soon(event)


@subscribe(CreditEntered)
def after_credit(event: CreditEntered) -> None:
    """Credits were entered."""
    _soon(event)


@subscribe(CertificateIssued)
def after_certificate(event: CertificateIssued) -> None:
    """A certificate was issued."""
    _soon(event)


@subscribe(ResourcePublished)
def after_resource(event: ResourcePublished) -> None:
    """A resource was shared."""
    _soon(event)
