"""Whatever an indicator counts has changed: work it out soon, once for many changes."""

from analytics.indicators import jobs
from courses.public import (
    CertificateIssued,
    CertificateRevoked,
    CreditEntered,
    LearnerEnrolled,
    LearnerWithdrew,
    UnitCompleted,
)
from edu.db import unit_of_work
from edu.events import subscribe
from employer_portal.public import NeedChanged
from oer_repository.public import ResourcePublished


@subscribe(LearnerEnrolled)
def after_enrolment(event: LearnerEnrolled) -> None:
    """A place was taken."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(LearnerWithdrew)
def after_withdrawal(event: LearnerWithdrew) -> None:
    """A place was given back."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(UnitCompleted)
def after_lesson(event: UnitCompleted) -> None:
    """Somebody learned something."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(CreditEntered)
def after_credit(event: CreditEntered) -> None:
    """Credits were entered."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(CertificateIssued)
def after_certificate(event: CertificateIssued) -> None:
    """A certificate was issued."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(CertificateRevoked)
def after_revocation(event: CertificateRevoked) -> None:
    """A certificate was revoked."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(ResourcePublished)
def after_resource(event: ResourcePublished) -> None:
    """A resource was shared."""
    with unit_of_work():
        jobs.college_changed(event.tenant_id)


@subscribe(NeedChanged)
def after_need(_event: NeedChanged) -> None:
    """An employer looks for people, or no longer does."""
    with unit_of_work():
        jobs.province_changed()
