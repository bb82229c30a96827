"""What this package puts into the app; `edu/app.py` alone calls it."""

from flask import Flask

from edu.exchange import datasets
from edu.i18n import lazy
from edu.search import current
from edu.ui import nav
from edu.ui.nav import Item
from oer_repository.discovery.views import bp as discovery
from oer_repository.open_data.queries import RESOURCES
from oer_repository.records.queries import ResourceDocuments


def wire(app: Flask) -> None:
    """Register pages, menus and what can be found."""
    app.register_blueprint(discovery)
    current.searchables.register(ResourceDocuments())
    datasets.declare(RESOURCES)
    nav.add(Item("discovery.index", lazy("Open resources"), "globe", 50, for_strangers=True))
