"""Parents and guardians: asking to follow a learner, and the learner's answer."""

from edu.accounts import queries as accounts
from edu.accounts.models import Guardianship, GuardianshipState, Person
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import Forbidden, Invalid
from edu.guardians import policy, queries
from edu.i18n import lazy


class OwnChild(Invalid):
    """A person asked to follow themselves."""

    code = "own-child"


def ask(guardian: Person, email: str) -> None:
    """Ask the learner with this address for consent.

    Returns nothing whether or not there is such an account: an address tells nothing. Asking
    twice changes nothing; who was refused waits until the learner thinks better of it.
    Raises OwnChild.
    """
    learner = accounts.by_email(email)
    if learner is None or not learner.is_active:
        return
    if learner.id == guardian.id:
        raise OwnChild(fields={"email": lazy("This is your own address.")})
    if queries.find(guardian, learner):
        return
    tie = Guardianship(guardian_id=guardian.id, learner_id=learner.id)
    db.session.add(tie)
    db.session.flush()
    audit.record("guardian.asked", actor_id=guardian.id, subject=tie)


def decide(tie: Guardianship, *, actor: Person, agrees: bool) -> None:
    """Consent, refuse, or withdraw what was consented to. Only the learner may.

    Raises Forbidden.
    """
    if not policy.can_decide(actor, tie):
        raise Forbidden
    lock(tie)
    before = tie.state
    if agrees:
        tie.state = GuardianshipState.CONSENTED
    elif before == GuardianshipState.CONSENTED:
        tie.state = GuardianshipState.WITHDRAWN
    elif before == GuardianshipState.REQUESTED:
        tie.state = GuardianshipState.REFUSED
    if tie.state == before:
        return
    tie.decided_at = utcnow()
    audit.record(f"guardian.{tie.state.value}", actor_id=actor.id, subject=tie, before=before.value)
