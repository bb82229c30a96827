"""Add, start and stop targets; write down how far they are."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from edu import sealing
from edu.db import db, lock, new_id, utcnow
from edu.errors import Invalid
from edu.http.places import FetchRefused
from edu.http.safe_fetch import fetcher
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.core.version import Version
from edu.lrs.forwarding.core.delivery import Answer, Progress, Verdict, seconds_to_wait
from edu.lrs.forwarding.core.messages import SECRET_PREFIX
from edu.lrs.forwarding.models import BROKE_OFF, DeadLetter, Target, TargetKind, TargetState
from edu.lrs.forwarding.queries import Waiting
from edu.lrs.models import first_seq_at
from edu.settings import in_force

LONGEST_ANSWER = 500
PATIENCE = 5  # failures in a row, after which one statement may be to blame
READ_ON = 10_000  # statements in which another is first sought, to tell by it who is to blame
DOUBLED = 10  # times, at most: ten million statements in one round

_PURPOSE = "target"  # what secrets are sealed as

_chance = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a manager says about a target.

    A new one gets what comes after it was added, or with `from_the_start` all there is.
    """

    name: str
    url: str
    verb: str = ""
    activity: str = ""
    from_the_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The key that another LRS gave. Where `secret` is empty, a known target keeps its own."""

    username: str
    secret: str = field(repr=False)
    version: Version


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook just made: the only moment at which its secret is shown."""

    target: Target
    secret: str


def add_lrs(wishes: Wishes, access: Access) -> Target:
    """Prepare to send statements on to another LRS; `resume` starts it. Raises Invalid."""
    return _new(TargetKind.LRS, wishes, access.secret, access)


def add_webhook(wishes: Wishes) -> NewWebhook:
    """Prepare to send each statement as an event to a web address, signed. Raises Invalid."""
    secret = SECRET_PREFIX + b64encode(secrets.token_bytes(32)).decode()
    return NewWebhook(_new(TargetKind.WEBHOOK, wishes, secret), secret)


def change(target: Target, wishes: Wishes, access: Access | None = None) -> None:
    """Say otherwise what a target is; how far it is, and what it did not take, stay.

    Raises Invalid.
    """
    lock(target)
    _describe(target, wishes, access)
    if access and access.secret:
        target.sealed_secret = _sealed(access.secret, target.id)


def _new(kind: TargetKind, wishes: Wishes, secret: str, access: Access | None = None) -> Target:
    target = Target(id=new_id(), kind=kind)
    _describe(target, wishes, access)
    target.sealed_secret = _sealed(secret, target.id)
    target.cursor = 0 if wishes.from_the_start else first_seq_at(utcnow())
    db.session.add(target)
    db.session.flush()
    return target


def _describe(target: Target, wishes: Wishes, access: Access | None) -> None:
    url = wishes.url.strip()
    if access:
        url = url.rstrip("/").removesuffix("/statements")
        target.username, target.version = access.username, access.version
    _refuse_unsafe(url)
    target.name, target.url = wishes.name.strip(), url
    target.verb, target.activity = wishes.verb.strip(), wishes.activity.strip()


def _refuse_unsafe(url: str) -> None:
    """What the guard of all fetches would refuse, and what would let others read along."""
    try:
        place = fetcher().places.read(url)
    except FetchRefused as refused:
        raise Invalid(fields={"url": refused.message}) from None
    if place.scheme != "https" and not place.is_let_in:
        raise Invalid(fields={"url": FetchRefused("scheme").message})


def secret_of(target: Target) -> str:
    """Read the secret for a target. Raises sealing.UnreadableError."""
    known = [in_force().secret(), *in_force().former_secrets()]
    return sealing.unseal(target.sealed_secret, known, purpose=_PURPOSE, owner=target.id).decode()


def seal_anew(target: Target) -> None:
    """Seal its secret with the present one of the installation, so that a former one can go.

    Raises sealing.UnreadableError.
    """
    target.sealed_secret = _sealed(secret_of(target), target.id)


def _sealed(secret: str, target_id: UUID) -> str:
    return sealing.seal(secret.encode(), in_force().secret(), purpose=_PURPOSE, owner=target_id)


def pause(target: Target) -> None:
    """Send nothing until it is resumed; nothing is lost meanwhile."""
    target.state = TargetState.PAUSED


def resume(target: Target) -> None:
    """Start, or go on at once from where it stopped, whatever was waited for."""
    lock(target)
    target.state = TargetState.RUNNING
    target.failures, target.retry_at = 0, None
    target.status, target.answer = 0, ""
    target.run += 1


def remove(target: Target) -> None:
    """Forget a target and what it did not take."""
    db.session.execute(sa.delete(DeadLetter).where(DeadLetter.target_id == target.id))
    db.session.delete(target)


# How far it is --------------------------------------------------------------------------------


def note(target: Target, looked_at: Waiting, progress: Progress[StatementRow]) -> None:
    """Write down what came of one round, unless another has gone further meanwhile."""
    lock(target)
    if target.cursor != looked_at.after:
        return
    rows = looked_at.rows
    is_whole = progress.done == len(rows)
    target.cursor = looked_at.through if is_whole else rows[progress.done].seq - 1
    _bury(target, progress.dead)
    if taken := progress.done - len(progress.dead):
        target.delivered += taken
        target.delivered_at = utcnow()
    if progress.done or progress.halt is None:  # what was waited for may have gone meanwhile
        target.failures, target.retry_at = 0, None
        target.status, target.answer = 0, ""
    if progress.halt is not None and target.run == looked_at.run:  # not of before a change
        _note_failure(target, progress.halt)


def reach(target: Target) -> int:
    """How many statements to look at for another that passes: twice as many in each round.

    So no round takes for ever, and no filter is too narrow to find one at last.
    """
    return READ_ON << min(max(target.failures - PATIENCE, 0), DOUBLED)


def stumble(target: Target) -> None:
    """Write down that our own work broke off; it is tried again, less and less often."""
    lock(target)
    _note_failure(target, Answer(0, BROKE_OFF))


def _bury(target: Target, dead: Sequence[tuple[StatementRow, Answer]]) -> None:
    db.session.add_all(
        DeadLetter(
            target=target,
            seq=row.seq,
            statement_id=row.id,
            status=answer.status,
            answer=answer.text[:LONGEST_ANSWER],
        )
        for row, answer in dead
    )


def _note_failure(target: Target, answer: Answer) -> None:
    target.failures += 1
    target.status, target.answer = answer.status, answer.text[:LONGEST_ANSWER]
    if answer.verdict is Verdict.NEVER:
        target.state = TargetState.HALTED
        return
    seconds = seconds_to_wait(target.failures, answer.retry_after, _chance.random())
    target.retry_at = utcnow() + timedelta(seconds=seconds)


# What could not be delivered ------------------------------------------------------------------


def settle(letter: DeadLetter, answer: Answer) -> None:
    """Write down what came of sending a statement once more."""
    if answer.verdict in {Verdict.TAKEN, Verdict.KNOWN}:
        letter.target.delivered += 1
        drop(letter)
    else:
        letter.status, letter.answer = answer.status, answer.text[:LONGEST_ANSWER]


def drop(letter: DeadLetter) -> None:
    """Give a statement up for this target."""
    db.session.delete(letter)


def blot_out(seqs: Sequence[int]) -> None:
    """Forget what targets said about some statements: they may have repeated them."""
    db.session.execute(
        sa.update(DeadLetter).where(DeadLetter.seq.in_(seqs)).values(answer=""),
        execution_options={"synchronize_session": False},
    )
