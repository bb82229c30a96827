"""Keep statements flowing to each target, one round after another."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from edu.db import inside, unit_of_work, utcnow
from edu.jobs import enqueue_once, job
from edu.lrs import attachments
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.forwarding import queries, service
from edu.lrs.forwarding.core.delivery import Answer, Progress, Verdict, deliver, parcels
from edu.lrs.forwarding.models import Target, TargetKind, TargetState
from edu.lrs.forwarding.sending import AT_ONCE, LOCKED, Sender, ask_of
from edu.sealing import UnreadableError

LETTERS = 50  # sent again in one go
IDLE = timedelta(seconds=5)  # between looks when nothing waits


def start(target: Target) -> None:
    """Let statements flow from now on, within the open unit of work."""
    _next_round(target, utcnow())


@job()
def stumble(tenant_id: UUID, target_id: UUID, run: int) -> None:
    """Say where people look that our own work broke off; ask to be called again all the same."""
    with inside(tenant_id), unit_of_work():
        target = queries.find(target_id)
        if target is not None and target.state is TargetState.RUNNING and target.run == run:
            service.stumble(target)
            _next_round(target, target.retry_at or utcnow())


@job(retries=3, on_giving_up=stumble)
def forward(tenant_id: UUID, target_id: UUID, run: int) -> None:
    """Send what waits for one target; then ask to be called again."""
    with inside(tenant_id):
        target = queries.find(target_id)
        if target is None or target.state is not TargetState.RUNNING or target.run != run:
            return
        looked_at = queries.waiting(target)
        progress = _sent(target, looked_at.rows)
        with unit_of_work():
            target = queries.find(target_id)
            if target is None:
                return
            service.note(target, looked_at, progress)
            if target.state is TargetState.RUNNING and target.run == run:
                is_all = looked_at.is_all and progress.done == len(looked_at.rows)
                _next_round(target, target.retry_at or utcnow() + IDLE * is_all)


@job(retries=3)
def send_again(tenant_id: UUID, letter_id: UUID) -> None:
    """Send a statement once more that was not taken before."""
    with inside(tenant_id):
        _send_again(letter_id)


@job(retries=3)
def send_all_again(tenant_id: UUID, target_id: UUID, after: int = 0) -> None:
    """Send once more what a target has not taken, behind a number, until it does not listen."""
    with inside(tenant_id):
        target = queries.find(target_id)
        letters = queries.dead_letters(target, limit=LETTERS, after=after) if target else []
        for letter in letters:
            answer = _send_again(letter.id)
            if answer and answer.verdict in {Verdict.LATER, Verdict.NEVER}:
                return
        if letters:
            following = (tenant_id, target_id, letters[-1].seq)
            with unit_of_work():
                enqueue_once(send_all_again, f"{target_id}:{following[-1]}", *following)


def _send_again(letter_id: UUID) -> Answer | None:
    """Send it and note what came of it; None where nothing could be sent."""
    letter = queries.find_letter(letter_id)
    if letter is None:
        return None
    row = queries.statement(letter.seq)
    answer = ask_of(letter.target, lambda sender: sender.send([row])) if row else None
    with unit_of_work():
        letter = queries.find_letter(letter_id)
        if letter and answer:
            service.settle(letter, answer)
        elif letter:  # the statement itself was deleted
            service.drop(letter)
    return answer


@job(daily=True)
def keep_flowing() -> None:
    """Call for the next round of every running target, in case one was given up."""
    for target in queries.all_targets(TargetState.RUNNING):
        with inside(target.tenant_id), unit_of_work():
            _next_round(target, target.retry_at or utcnow())


def _sent(target: Target, rows: Sequence[StatementRow]) -> Progress[StatementRow]:
    try:
        sender = Sender.to(target)
    except UnreadableError:
        return Progress(halt=LOCKED)
    target_id, at_once = target.id, AT_ONCE[target.kind]
    payloads = [row.payload for row in rows]
    is_heavy = target.kind is TargetKind.LRS  # a webhook is sent one statement, and no file
    weights = attachments.weights(payloads) if is_heavy else [0] * len(rows)
    return deliver(
        rows,
        sender.send,
        # as many as of light ones: what was sent is soon noted, and a pause soon heeded
        parcels(weights, at_once)[: ceil(queries.READ / at_once)],
        patience_is_over=target.failures >= service.PATIENCE,
        beyond=lambda: _beyond(target_id, rows[-1].seq),
    )


def _beyond(target_id: UUID, seq: int) -> Sequence[StatementRow]:
    """Find a statement that a target may take, behind all that this round has looked at."""
    target = queries.find(target_id)
    return queries.next_passing(target, seq, service.reach(target)) if target else []


def _next_round(target: Target, moment: datetime) -> None:
    enqueue_once(
        forward, f"{target.id}:{target.run}", target.tenant_id, target.id, target.run, due_at=moment
    )
