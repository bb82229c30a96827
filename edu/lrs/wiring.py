"""What the record store puts into the app."""

from flask import Flask

from edu.lrs.keys import cli
from edu.lrs.xapi import views as xapi


def init_app(app: Flask) -> None:
    """Open its doors and add its commands."""
    xapi.init_app(app)
    app.cli.add_command(cli.lrs)
