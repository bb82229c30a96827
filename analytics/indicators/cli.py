"""`edu indicators`: work them out now."""

import click
from flask.cli import with_appcontext

from analytics.indicators import jobs, queries
from edu.i18n import local


@click.group()
def indicators() -> None:
    """The province's indicators."""


@indicators.command("work-out")
@with_appcontext
def work_out() -> None:
    """Work out today's values of every college and of the province. Safe to run again."""
    jobs.work_out_all()
    for row in queries.newest():
        title = local(queries.indicator_of(row).title)
        click.echo(f"{row.organisation.code:12} {row.value:>10g}  {title}")
