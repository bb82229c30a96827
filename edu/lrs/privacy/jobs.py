"""Forget people, a step at a time."""

from uuid import UUID

from edu.accounts.models import Person
from edu.db import inside, lock, unit_of_work
from edu.jobs import enqueue, job
from edu.lrs.agents import agent_of
from edu.lrs.core.json_in import JsonObject
from edu.lrs.privacy import queries, service
from edu.lrs.privacy.models import ForgetMode, ForgetStage, Forgetting


def start(agent: JsonObject, mode: ForgetMode, asked_by: Person | None) -> Forgetting:
    """Forget somebody in the current tenant's record, within the open unit of work.

    Who is being forgotten already is not forgotten twice; what broke off is taken up again.
    """
    if asked_by:
        lock(asked_by)  # the second of two clicks waits here, and then finds what the first began
    subject = queries.subject_of(agent)
    if unfinished := queries.unfinished(subject, mode):
        start_again(unfinished)
        return unfinished
    forgetting = service.ask(subject, mode, asked_by)
    enqueue(forget, forgetting.tenant_id, forgetting.id)
    return forgetting


def start_again(forgetting: Forgetting) -> None:
    """Take up again what broke off, within the open unit of work."""
    if service.resume(forgetting):
        enqueue(forget, forgetting.tenant_id, forgetting.id)


def start_everywhere(agent: JsonObject, mode: ForgetMode) -> list[Forgetting]:
    """Forget somebody in the records of all organisations, within the open unit of work."""
    started = []
    for tenant_id in queries.tenants():
        with inside(tenant_id):
            started.append(start(agent, mode, None))
    return started


def start_for_account(person: Person) -> None:
    """Take somebody whose account goes out of the records of all organisations."""
    start_everywhere(agent_of(person), ForgetMode.PSEUDONYMISE)


@job()
def give_up(tenant_id: UUID, forgetting_id: UUID) -> None:
    """Say that a person could not be forgotten, however often it was tried."""
    with inside(tenant_id), unit_of_work():
        forgetting = queries.find(forgetting_id)
        if forgetting is not None and not forgetting.is_over:
            service.halt(forgetting)


@job(retries=20, on_giving_up=give_up)
def forget(tenant_id: UUID, forgetting_id: UUID) -> None:
    """Go through the record from where it stopped, until the person is forgotten."""
    with inside(tenant_id):
        while _step(forgetting_id):
            continue


def _step(forgetting_id: UUID) -> bool:
    """Look at some statements without the write lock, and take it where something must change."""
    forgetting = queries.find(forgetting_id)
    if forgetting is None or forgetting.is_over:
        return False
    if forgetting.stage is ForgetStage.REST:
        for change in service.rest(forgetting):
            with unit_of_work():
                now = queries.get_in_turn(forgetting_id)
                if now.is_over:  # another worker was faster
                    return False
                change(now)
        return False
    place, rows = forgetting.place, service.next_rows(forgetting)
    with unit_of_work():
        now = queries.get_in_turn(forgetting_id)
        if now.place == place:  # else another worker was faster: look again
            service.take_step(now, rows)
    return True


@job(daily=True)
def try_again() -> None:
    """Take up again all that broke off: people have a right to it, whoever looks at the page."""
    for forgetting in queries.halted():
        with inside(forgetting.tenant_id), unit_of_work():
            start_again(forgetting)
