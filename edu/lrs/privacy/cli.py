"""`edu lrs forget …` and `edu lrs names …`."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import click
from flask.cli import AppGroup, with_appcontext

from edu.db import inside, unit_of_work
from edu.errors import DomainError
from edu.lrs.agents import agent_named
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.privacy import jobs, personas
from edu.lrs.privacy.models import ForgetMode
from edu.tenancy import queries as tenancy

names = AppGroup("names", help="People who are in a record under several names.")

_organisation = click.option("--organisation", required=True, help="Short name in addresses.")


@click.command("forget")
@click.argument("who")
@click.option("--organisation", help="Only in this organisation's record; else in all.")
@click.option("--delete", is_flag=True, help="Delete what the person did, instead of the name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def forget(who: str, organisation: str | None, *, delete: bool, yes: bool) -> None:
    """Take a person out of the learning record, for good.

    WHO is an e-mail address, "HOMEPAGE NAME", an OpenID, or an agent as JSON; with "mailto:" before
    it, an address as other tools send it.
    """
    agent = _agent(who)
    if not yes:
        click.confirm(f"Forget {agent_key(agent)} for good?", abort=True)
    mode = ForgetMode.DELETE if delete else ForgetMode.PSEUDONYMISE
    with _inside(organisation), unit_of_work():
        if organisation:
            started = [jobs.start(agent, mode, None)]
        else:
            started = jobs.start_everywhere(agent, mode)
    click.echo(f"{len(started)} records will be gone through; a worker does it.")


@names.command("merge")
@_organisation
@click.argument("one")
@click.argument("other")
@with_appcontext
def merge(organisation: str, one: str, other: str) -> None:
    """Let two names be one person: a search for one finds the other, too."""
    _change(organisation, lambda: personas.merge(_known(one), _known(other)))


@names.command("part")
@_organisation
@click.argument("one")
@with_appcontext
def part(organisation: str, one: str) -> None:
    """Let each name of a person stand for itself again."""
    _change(organisation, lambda: personas.part(personas.of(_agent(one))))


@names.command("list")
@_organisation
@with_appcontext
def list_names(organisation: str) -> None:
    """List the people with several names, one a line."""
    with _inside(organisation):
        for persona in personas.everyone():
            click.echo(" = ".join(agent_key(agent) or "" for agent in persona.agents))


def _change(organisation: str, change: Callable[[], object]) -> None:
    try:
        with _inside(organisation), unit_of_work():
            change()
    except DomainError as refused:
        raise click.ClickException(refused.message) from None


def _inside(organisation: str | None) -> AbstractContextManager[None]:
    if organisation is None:
        return nullcontext()
    try:
        return inside(tenancy.by_code(organisation).id)
    except DomainError:
        raise click.ClickException(f"There is no organisation {organisation!r}.") from None


def _known(typed: str) -> JsonObject:
    agent = _agent(typed)
    personas.check_is_known(agent, typed)
    return agent


def _agent(typed: str) -> JsonObject:
    try:
        return agent_named(typed)
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
