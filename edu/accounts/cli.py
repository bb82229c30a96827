"""Commands about people, for whoever runs the installation: there is no account by default."""

import click
from flask.cli import AppGroup

from edu.accounts import queries, service
from edu.accounts.models import Role
from edu.audit import service as audit
from edu.db import unit_of_work
from edu.errors import DomainError
from edu.sealing import Resealed
from edu.tenancy import queries as tenancy

people = AppGroup("people", help="Open accounts, give roles, help who lost a phone.")


@people.command("add")
@click.argument("email")
@click.option("--name", prompt=True, help="Full name.")
@click.option("--at", "code", required=True, help="Code of the organisation.")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.password_option(help="Asked for when not given.")
def add(email: str, name: str, code: str, role: str, password: str) -> None:
    """Give EMAIL a role in an organisation, opening the account if there is none."""
    try:
        with unit_of_work():
            person = queries.by_email(email)
            if person is None:
                service.judge_password(password, name=name, email=email)
                person = service.create_person(name=name, email=email, password=password)
            service.grant(person, Role(role), tenancy.by_code(code))
            audit.record("role.given", actor_id=None, subject=person, role=role)
    except DomainError as refused:
        words = [refused.message, *map(str, refused.fields.values())]
        raise click.ClickException(" ".join(words)) from None
    click.echo(f"{email}: {role} at {code}")


@people.command("forget-second-step")
@click.argument("email")
def forget_second_step(email: str) -> None:
    """Let EMAIL set up a new phone. Be sure who asks: this takes one of two locks away."""
    person = queries.by_email(email)
    if person is None:
        raise click.ClickException(f"{email} has no account.")
    with unit_of_work():
        service.turn_off_second_step(person)
        service.end_all_sessions(person)
    click.echo(f"{email}: signs in with the password and sets up the second step again.")


def seal_anew() -> Resealed:
    """Seal the keys of all second steps with the present secret."""
    with unit_of_work():
        return service.seal_second_steps_anew()
