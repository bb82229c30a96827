"""`edu lrs …`: keys for tools, whole records out and in."""

import shutil
import tempfile
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup, with_appcontext

from edu.db import inside, unit_of_work, utcnow
from edu.errors import DomainError
from edu.i18n import LANGUAGES
from edu.lrs.agents import agent_named
from edu.lrs.core.json_in import JsonObject
from edu.lrs.forwarding import queries as forwarding_queries
from edu.lrs.forwarding import service as forwarding
from edu.lrs.keys import queries, service
from edu.lrs.keys.models import LrsKey, Scope
from edu.lrs.privacy import cli as privacy
from edu.lrs.transfer import ndjson
from edu.lrs.transfer.models import Format
from edu.lrs.transfer.writing import write
from edu.lrs.wanted import Wanted
from edu.sealing import Resealed, UnreadableError
from edu.storage.blobs import chunks
from edu.tenancy import queries as tenancy

lrs = AppGroup("lrs", help="The record store: keys, export, import, people.")
key_group = AppGroup("key", help="Keys with which tools reach an organisation's record.")
lrs.add_command(key_group)
lrs.add_command(privacy.forget)
lrs.add_command(privacy.names)

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


def seal_anew() -> Resealed:
    """Seal the secrets for all targets with the present one of the installation."""
    targets = forwarding_queries.all_targets()
    unread = []
    for target in targets:
        with inside(target.tenant_id), unit_of_work():
            try:
                forwarding.seal_anew(target)
            except UnreadableError:
                unread.append(target.name)
    return Resealed(len(targets) - len(unread), unread)


@lrs.command("export")
@_organisation
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.NDJSON.value,
    show_default=True,
    help="csv-excel is CSV with the byte order mark that Excel asks for.",
)
@click.option("--since", type=click.DateTime(), help="Stored from then on; UTC.")
@click.option("--until", type=click.DateTime(), help="Stored before then; UTC.")
@click.option("--verb", default="", help="Only this verb, by its IRI.")
@click.option("--activity", default="", help="Only this activity, by its IRI.")
@click.option("--person", default="", help="Only about this person: e-mail, HOMEPAGE NAME, JSON.")
@click.option("--output", type=click.Path(path_type=Path), help="A file; else standard output.")
@with_appcontext
def export_statements(  # noqa: PLR0913 - the options of one command
    *,
    organisation: str,
    kind: str,
    since: datetime | None,
    until: datetime | None,
    verb: str,
    activity: str,
    person: str,
    output: Path | None,
) -> None:
    """Write statements, oldest first: all of them, voided ones too, or what a search finds."""
    with _inside(organisation), tempfile.TemporaryDirectory() as folder:
        wanted = Wanted(
            since=_just_before(since),
            until=_just_before(until),
            verb=verb,
            activity=activity,
            agent=_agent(person) if person else None,
        )
        path = Path(folder) / "statements"
        write(ndjson.payloads(wanted.query()), path, Format(kind), LANGUAGES)
        if output:
            shutil.copyfile(path, output)
        else:
            with path.open("rb") as file:
                for piece in chunks(file):
                    click.echo(piece, nl=False)


def _just_before(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) - timedelta(microseconds=1) if moment else None


def _agent(typed: str) -> JsonObject:
    try:
        return agent_named(typed)
    except DomainError as refused:
        raise click.ClickException(refused.message) from None


@lrs.command("import")
@_organisation
@click.argument("file", type=click.File("rb"))
@with_appcontext
def import_statements(organisation: str, file: BinaryIO) -> None:
    """Store the statements of a file of one a line; known ones are passed over."""
    with _inside(organisation):
        report = ndjson.take(ndjson.lines_of(file))
    for refused in report.refused:
        click.echo(f"line {refused.line}: {refused.why}", err=True)
    click.echo(f"{report.taken} taken, {len(report.refused)} refused")
    if report.refused:
        raise SystemExit(1)
