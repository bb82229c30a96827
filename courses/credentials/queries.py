"""Find certificates."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from courses.credentials import policy
from courses.credentials.models import Certificate
from edu.accounts.models import Person
from edu.db import db
from edu.errors import NotFound


def get_for(actor: Person, certificate_id: UUID) -> Certificate:
    """Find a certificate that the actor may see, of any college. Raises NotFound.

    Crosses tenants: a person's own record belongs to the person (DESIGN decision 10).
    """
    found = db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.id == certificate_id)
        .execution_options(all_tenants=True)
    )
    if found is None or not policy.can_view(actor, found):
        raise NotFound
    return found


def by_public_code(code: str) -> Certificate | None:
    """Find the certificate that a code was printed on, of any college; for anyone who holds it."""
    return db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.public_code == code.strip().upper())
        .execution_options(all_tenants=True)
    )


def of_learner(learner_id: UUID) -> Sequence[Certificate]:
    """List the certificates a person holds, from every college, newest first (decision 10)."""
    return db.session.scalars(
        sa.select(Certificate)
        .where(Certificate.learner_id == learner_id)
        .order_by(Certificate.issued_at.desc())
        .execution_options(all_tenants=True)
    ).all()


def for_entry(entry_id: UUID) -> Certificate | None:
    """Find the certificate of a ledger entry, of any college."""
    return db.session.scalar(
        sa.select(Certificate)
        .where(Certificate.credit_entry_id == entry_id)
        .execution_options(all_tenants=True)
    )


def issued_here(actor: Person) -> sa.Select[Certificate]:
    """Select of the current college's register what the actor may see."""
    return sa.select(Certificate).where(policy.visible_to(actor))
