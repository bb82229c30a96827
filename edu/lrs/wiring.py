"""What the record store puts into the app."""

from flask import Flask

from edu import sealing
from edu.i18n import lazy
from edu.lrs import cli
from edu.lrs.console import views as console
from edu.lrs.console.policy import KEEPERS, READERS
from edu.lrs.forwarding import views as forwarding
from edu.lrs.privacy import views as people
from edu.lrs.transfer import views as transfer
from edu.lrs.xapi import views as xapi
from edu.ui import nav
from edu.ui.nav import Item


def init_app(app: Flask) -> None:
    """Open its doors, add its pages and commands."""
    xapi.init_app(app)
    app.register_blueprint(console.bp)
    app.register_blueprint(forwarding.bp)
    app.register_blueprint(transfer.bp)
    app.register_blueprint(people.bp)
    app.cli.add_command(cli.lrs)
    sealing.register("Secrets of forwarding", cli.seal_anew)
    section = lazy("Organisation")
    nav.add(
        Item(
            "lrs.show_statements", lazy("Learning record"), "eye", 84,
            section=section, roles=READERS,
        ),
        Item("lrs.show_keys", lazy("Keys for tools"), "key", 86, section=section, roles=KEEPERS),
        Item(
            "lrs_forwarding.index", lazy("Forwarding"), "share", 87,
            section=section, roles=READERS,
        ),
        Item(
            "lrs_transfer.index", lazy("Export and import"), "download", 88,
            section=section, roles=READERS,
        ),
        Item(
            "lrs_people.index", lazy("People in the record"), "user", 89,
            section=section, roles=READERS,
        ),
    )  # fmt: skip
