"""What this package puts into the app; `edu/app.py` alone calls it."""

from collections.abc import Callable
from importlib import import_module

from flask import Flask

from analytics.dashboards.policy import PROVINCE, TEACHING
from analytics.dashboards.views import bp as dashboards
from analytics.dashboards.views import place_staff
from analytics.indicators import jobs
from analytics.indicators.api import SCOPE
from analytics.indicators.api import bp as indicators_api
from analytics.indicators.cli import indicators as indicators_commands
from analytics.indicators.views import bp as indicators
from analytics.mastery.views import bp as mastery
from analytics.mastery.views import child_skills
from analytics.open_data.queries import INDICATORS
from analytics.recommendation.views import home_next
from edu.exchange import datasets
from edu.http import session
from edu.i18n import lazy
from edu.ui import nav, slots
from edu.ui.nav import Item

SUBSCRIBERS = ("mastery", "indicators", "dashboards")


def wire(app: Flask) -> None:
    """Register pages, menus, slots, subscribers, jobs and commands."""
    for blueprint in (mastery, indicators, indicators_api, dashboards):
        app.register_blueprint(blueprint)
    app.cli.add_command(indicators_commands)
    for feature in SUBSCRIBERS:
        import_module(f"analytics.{feature}.subscribers")
    session.name_scope(SCOPE, lazy("Read the province's indicators"))
    datasets.declare(INDICATORS)
    slots.fill("home.next", home_next)
    slots.fill("guardian.child", child_skills, order=60)
    slots.fill("place.staff", place_staff)
    nav.add(
        Item("mastery.mine", lazy("My skills"), "chart", 25),
        Item(
            "dashboards.show",
            lazy("Dashboard"),
            "chart",
            70,
            section=lazy("Organisation"),
            roles=PROVINCE,
            kinds=frozenset({"college", "province"}),
        ),
        Item(
            "dashboards.teaching",
            lazy("Who needs help"),
            "eye",
            101,
            section=lazy("Teaching"),
            roles=TEACHING,
            kinds=frozenset({"college"}),
        ),
    )


def demo() -> None:
    """Work out what the demo province's past, which has just happened, comes to."""
    jobs.work_out_all()


def demo_at_scale(size: int, say: Callable[[str], None]) -> None:
    """Learn from what those who came to the demo province did."""
    from analytics.crowd import service

    service.plant(size, say)
