"""`edu lrs …`: keys for tools, whole records out and in."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import BinaryIO

import click
from flask.cli import AppGroup, with_appcontext

from edu.db import inside, unit_of_work, utcnow
from edu.errors import DomainError
from edu.lrs import transfer
from edu.lrs.forwarding import queries as forwarding_queries
from edu.lrs.forwarding import service as forwarding
from edu.lrs.keys import queries, service
from edu.lrs.keys.models import LrsKey, Scope
from edu.sealing import UnreadableError
from edu.tenancy import queries as tenancy

lrs = AppGroup("lrs", help="The record store: keys, export, import.")
key_group = AppGroup("key", help="Keys with which tools reach an organisation's record.")
lrs.add_command(key_group)

_organisation = click.option("--organisation", required=True, help="Short name in addresses.")


@key_group.command("create")
@_organisation
@click.option("--name", required=True, help="Which tool will use it.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([str(scope) for scope in Scope]),
    default=[str(Scope.ALL)],
    show_default=True,
    help="What it may be used for; repeat for more.",
)
@click.option("--days", type=click.IntRange(1), help="It ends after so many days.")
@with_appcontext
def create(organisation: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key; print `KEY SECRET`, once."""
    expires_at = utcnow() + timedelta(days=days) if days else None
    with _inside(organisation), unit_of_work():
        made = service.create_key(name, scopes, expires_at=expires_at)
    click.echo(f"{made.key.username} {made.secret}")


@key_group.command("list")
@_organisation
@with_appcontext
def list_keys(organisation: str) -> None:
    """List the keys: name, scopes, last use, state."""
    with _inside(organisation):
        for key in queries.all_keys():
            state = "good" if key.is_good_at(utcnow()) else "ended"
            used = key.used_at.isoformat(timespec="minutes") if key.used_at else "never used"
            click.echo(f"{key.username}  {state}  {used}  {' '.join(key.scopes)}  {key.name}")


@key_group.command("rotate")
@_organisation
@click.argument("username", metavar="KEY")
@with_appcontext
def rotate(organisation: str, username: str) -> None:
    """Give a key a new secret and print `KEY SECRET`; the old one works for another day."""
    with _inside(organisation), unit_of_work():
        made = service.rotate(_named(username))
    click.echo(f"{made.key.username} {made.secret}")


@key_group.command("revoke")
@_organisation
@click.argument("username", metavar="KEY")
@with_appcontext
def revoke(organisation: str, username: str) -> None:
    """End a key at once; other processes notice within five seconds."""
    with _inside(organisation), unit_of_work():
        service.revoke(_named(username))


def _inside(organisation: str) -> AbstractContextManager[None]:
    try:
        return inside(tenancy.by_code(organisation).id)
    except DomainError:
        raise click.ClickException(f"There is no organisation {organisation!r}.") from None


def _named(username: str) -> LrsKey:
    for key in queries.all_keys():
        if key.username == username:
            return key
    raise click.ClickException(f"There is no key {username!r} in this organisation.")


@lrs.command("seal-anew")
@with_appcontext
def seal_anew() -> None:
    """Seal the secrets for targets with the present EDU_SECRET_KEY, so that former ones can go."""
    unread = []
    for target in forwarding_queries.all_targets():
        with inside(target.tenant_id), unit_of_work():
            try:
                forwarding.seal_anew(target)
            except UnreadableError:
                unread.append(target.name)
    for name in unread:
        click.echo(f"No known secret opens the one for {name!r}: add it again.", err=True)
    if unread:
        raise SystemExit(1)


@lrs.command("export")
@_organisation
@with_appcontext
def export_statements(organisation: str) -> None:
    """Write every statement to standard output, one a line (NDJSON)."""
    with _inside(organisation):
        for line in transfer.lines():
            click.echo(line)


@lrs.command("import")
@_organisation
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_statements(organisation: str, file: BinaryIO) -> None:
    """Store the statements of a file of one a line; known ones are passed over."""
    with _inside(organisation):
        report = transfer.take(file)
    for refused in report.refused:
        click.echo(f"line {refused.line}: {refused.why}", err=True)
    click.echo(f"{report.taken} taken, {len(report.refused)} refused")
    if report.refused:
        raise SystemExit(1)
