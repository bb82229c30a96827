"""The `edu` command. Features add their own commands in their wiring."""

from flask.cli import FlaskGroup

from edu.app import create_app

main = FlaskGroup(
    name="edu",
    help="Nghề Số: teach, learn, credit and connect, for a whole province.",
    create_app=lambda: create_app(),
    add_default_commands=False,
)
