"""What this package puts into the app; `edu/app.py` alone calls it."""

from importlib import import_module

from flask import Flask

from analytics.mastery.views import bp as mastery
from analytics.mastery.views import child_skills
from analytics.recommendation.views import home_next
from edu.i18n import lazy
from edu.ui import nav, slots
from edu.ui.nav import Item

SUBSCRIBERS = ("mastery",)


def wire(app: Flask) -> None:
    """Register pages, menus, slots, subscribers and jobs."""
    app.register_blueprint(mastery)
    for feature in SUBSCRIBERS:
        import_module(f"analytics.{feature}.subscribers")
    nav.add(Item("mastery.mine", lazy("My skills"), "chart", 25))
    slots.fill("home.next", home_next)
    slots.fill("guardian.child", child_skills, order=60)
