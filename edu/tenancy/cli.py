"""Commands about organisations, for whoever sets an installation up."""

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from edu.db import unit_of_work
from edu.errors import DomainError
from edu.i18n import words
from edu.tenancy import queries, service
from edu.tenancy.models import OrganisationKind

organisation = AppGroup("organisation", help="Open provinces, colleges and employers.")


@organisation.command("add")
@click.argument("code")
@click.option("--kind", type=click.Choice([k.value for k in OrganisationKind]), required=True)
@click.option("--name", prompt=True, help="Name in Vietnamese.")
@click.option("--name-en", default="", help="Name in English.")
@click.option("--place", default="", help="Official code of its province or commune.")
@click.option("--above", default="", help="Code of the organisation it belongs to.")
def add(code: str, kind: str, name: str, name_en: str, place: str, above: str) -> None:  # noqa: PLR0913, PLR0917 - its options
    """Open an organisation; CODE is its short name in addresses: letters, digits and hyphens."""
    try:
        with unit_of_work():
            service.open_organisation(
                code,
                OrganisationKind(kind),
                words(name, name_en),
                place_code=place,
                parent=queries.by_code(above) if above else None,
            )
    except IntegrityError:
        raise click.ClickException(f"There is an organisation called {code} already.") from None
    except DomainError as refused:
        said = [refused.message, *map(str, refused.fields.values())]
        raise click.ClickException(" ".join(said)) from None
    click.echo(f"{name}: /at/{code}/")
