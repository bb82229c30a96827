"""The `edu` command. Features add their own commands in their wiring.

A command has the app's context unless it says otherwise: those that make an app of their own, or
need none.
"""

import os

import click
from flask.cli import FlaskGroup

from edu import pdf, sealing, supervisor, worker
from edu.app import create_app, settings_of
from edu.http import server
from edu.i18n import force_locale
from edu.search import current as search
from edu.settings import Settings
from edu.setup import demo_greeting, prepare, seed_demo, wipe

main = FlaskGroup(
    name="edu",
    help="Nghề Số: teach, learn, credit and connect, for a whole province.",
    create_app=create_app,
    add_default_commands=False,
    load_dotenv=False,
)


@main.command(with_appcontext=False)
@click.option("--demo", is_flag=True, help="Begin with the demo province.")
def up(*, demo: bool) -> None:
    """Run everything in the foreground: web, worker, Valkey. Ctrl-C ends it."""
    if demo:
        os.environ["EDU_DEMO"] = "true"
    settings = Settings()
    try:
        held = supervisor.hold_home(settings)
        supervisor.check_port(settings)
        app = create_app(settings)
        with app.app_context():
            prepare()
            if settings.demo:
                seed_demo(say=click.echo)
            greeting = demo_greeting() if settings.demo else ""
            if not pdf.is_possible():
                with force_locale("en"):  # as all else on the terminal
                    click.echo(str(pdf.PdfUnavailable.title))
        supervisor.run(settings, greeting=greeting)
        held.close()
    except supervisor.CannotStart as problem:
        raise click.ClickException(str(problem)) from None


@main.command(with_appcontext=False)
def serve() -> None:
    """Run the web server alone; with EDU_WEB_PROCESSES as many of it: docs/deploy.md."""
    settings = Settings()
    if settings.web_processes:
        server.run_processes(settings)
    else:
        server.run(create_app(settings), settings)


@main.command("worker", with_appcontext=False)
def run_worker() -> None:
    """Do jobs until told to stop."""
    app = create_app()
    worker.run(app, settings_of(app))


@main.command("init-db")
def init_db() -> None:
    """Bring the database to this release's shape. Safe to run again."""
    prepare()


@main.command("wipe", with_appcontext=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
def wipe_all(*, yes: bool) -> None:
    """Delete all data of this installation: database, files, index."""
    settings = Settings()
    if not yes:
        click.confirm(f"Delete everything in {settings.home}?", abort=True)
    try:
        with supervisor.hold_home(settings):
            wipe(settings)
    except supervisor.CannotStart as problem:
        raise click.ClickException(f"{problem} Stop it first.") from None
    click.echo(f"{settings.home} is empty.")


@main.command("demo")
@click.option(
    "--scale",
    default=0,
    type=click.IntRange(min=0),
    help="Add this many learners with statements, for measuring.",
)
def demo_command(scale: int) -> None:
    """Plant the demo province, or make it large."""
    prepare()
    seed_demo(say=click.echo, scale=scale)
    click.echo(demo_greeting())


@main.command()
def reindex() -> None:
    """Write the search index anew from the database, while the old one goes on serving."""
    search.searchables.rebuild(search.index())


@main.command("seal-anew")
def seal_anew() -> None:
    """Seal every secret that is kept with today's EDU_SECRET_KEY; then former ones may go."""
    is_whole = True
    for what, seal in sealing.registered().items():
        done = seal()
        click.echo(f"{what}: {done.sealed} sealed with the present secret.")
        for whose in done.unread:
            is_whole = False
            click.echo(f"{what}: no known secret opens that of {whose}.", err=True)
    if not is_whole:
        raise click.ClickException("A former secret is missing in EDU_FORMER_SECRET_KEYS.")


@main.command("settings", with_appcontext=False)
def print_settings() -> None:
    """Print every setting with its default and meaning: the table of docs/settings.md."""
    click.echo("| Setting | Default | Meaning |\n| --- | --- | --- |")
    for name, field in Settings.model_fields.items():
        click.echo(f"| `EDU_{name.upper()}` | {_shown(field.default)} | {field.description} |")


def _shown(default: object) -> str:
    """A default as the documentation shows it; nothing for one that is worked out."""
    text = str(default).lower() if isinstance(default, bool) else str(default)
    return f"`{text}`" if text else ""
