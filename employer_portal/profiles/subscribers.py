"""A certificate stopped proving anything: it must not be shown any longer."""

from courses.public import CertificateRevoked
from edu.db import unit_of_work
from edu.events import subscribe
from employer_portal.profiles import service


@subscribe(CertificateRevoked)
def look_again(event: CertificateRevoked) -> None:
    """Show only what still proves something."""
    with unit_of_work():
        service.refresh(event.learner_id)
