"""Issue certificates, once for each ledger entry, and revoke them."""

import secrets
from collections.abc import Iterator
from itertools import count

import sqlalchemy as sa

from courses.credentials import policy
from courses.credentials.events import CertificateIssued, CertificateRevoked
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from courses.programmes import queries as programmes
from courses.programmes.models import Module
from courses.statements import service as statements
from edu.accounts import queries as accounts
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, get_locked, lock, today, utcnow
from edu.errors import Forbidden, Invalid
from edu.events import emit
from edu.i18n import lazy
from edu.tenancy.models import Organisation

# Without 0/O and 1/I/L: people type the code from paper. 16 of 31 signs are 79 bits.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 16


def issue(entry: CreditEntry) -> Certificate:
    """Give the certificate of a ledger entry. Asking twice gives the same one."""
    # the college's register is numbered without gaps: one at a time
    college = get_locked(Organisation, entry.tenant_id)
    found = db.session.scalar(sa.select(Certificate).where(Certificate.credit_entry_id == entry.id))
    if found is not None:
        return found
    if college is None:
        raise LookupError("a ledger entry without its college")
    module = programmes.module(entry.module_id)
    holder = accounts.get(entry.learner_id)
    certificate = draw_up(entry, module, holder, number=next(numbers(college)))
    db.session.add(certificate)
    db.session.flush()
    statements.earned(holder, iri_path=f"/certificates/{certificate.id}", title=certificate.title)
    emit(
        CertificateIssued(
            tenant_id=certificate.tenant_id,
            certificate_id=certificate.id,
            learner_id=holder.id,
            module_id=module.id,
            skill_codes=tuple(certificate.skills),
        )
    )
    return certificate


def draw_up(entry: CreditEntry, module: Module, holder: Person, *, number: str) -> Certificate:
    """Write the certificate of a ledger entry, with a code of its own; the caller stores it."""
    return Certificate(
        learner_id=holder.id,
        credit_entry_id=entry.id,
        number=number,
        public_code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        holder_name=holder.name,
        title=entry.module_title,
        skills=sorted({o.skill.code for o in module.outcomes if o.skill}),
        details={
            "module_code": entry.module_code,
            "credits": entry.credits,
            "theory_hours": module.theory_hours,
            "practice_hours": module.practice_hours,
            "mark": str(entry.mark) if entry.mark is not None else "",
            "letter": entry.letter,
            "rule_set": entry.rule_set,
            "birth_date": holder.birth_date.isoformat() if holder.birth_date else "",
        },
    )


def revoke(actor: Person, certificate: Certificate, *, because: str) -> None:
    """Declare a certificate void; its verification page then says so.

    Raises Forbidden for who is no manager of the college, Invalid without a reason.
    """
    if not policy.can_revoke(actor, certificate):
        raise Forbidden
    if not because.strip():
        raise Invalid(fields={"because": lazy("Say why, for the register.")})
    if certificate.revoked_at is not None:
        return
    certificate.revoked_at = utcnow()
    certificate.revoked_because = because.strip()
    audit.record("certificate.revoked", actor_id=actor.id, subject=certificate, because=because)
    emit(
        CertificateRevoked(
            tenant_id=certificate.tenant_id,
            certificate_id=certificate.id,
            learner_id=certificate.learner_id,
            skill_codes=tuple(certificate.skills),
        )
    )


def keep_document(certificate: Certificate, blob_key: str) -> None:
    """Remember where the printed document is kept; the first one made stays."""
    lock(certificate)
    certificate.blob_key = certificate.blob_key or blob_key


def numbers(college: Organisation) -> Iterator[str]:
    """Count on in the college's register of this year: SONGHAN-2026-00017.

    The caller holds the college's row: nobody else may count meanwhile.
    """
    prefix = f"{college.code.upper()}-{today().year}-"
    last = db.session.scalar(
        sa.select(Certificate.number)
        .where(Certificate.number.startswith(prefix, autoescape=True))
        .order_by(sa.func.length(Certificate.number).desc(), Certificate.number.desc())
        .limit(1)
    )
    for number in count(int(last.removeprefix(prefix)) + 1 if last else 1):
        yield f"{prefix}{number:05}"
