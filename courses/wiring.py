"""What this package puts into the app; `edu/app.py` alone calls it."""

from collections.abc import Callable
from importlib import import_module

from flask import Flask, render_template

from courses.assessment.views import bp as assessment
from courses.authoring.views import bp as authoring
from courses.catalogue.queries import ClassDocuments
from courses.catalogue.views import bp as catalogue
from courses.catalogue.views import on_landing, search_on_landing
from courses.credentials.views import bp as credentials
from courses.credentials.views import in_ledger
from courses.credits.views import bp as credits_bp
from courses.enrolment.views import bp as enrolment
from courses.grading.views import bp as grading
from courses.grading.views import classes_here
from courses.importing.cli import course
from courses.importing.views import bp as importing
from courses.learning.views import bp as learning
from courses.learning.views import studies_of
from courses.open_data.queries import DATASETS
from courses.sharing.views import bp as sharing
from courses.sharing.views import resource_actions
from edu.accounts.models import Person, Role
from edu.exchange import datasets
from edu.guardians.queries import is_there_for_others
from edu.i18n import lazy
from edu.search import current
from edu.ui import nav, slots
from edu.ui.nav import Item

BLUEPRINTS = (
    assessment,
    authoring,
    catalogue,
    credentials,
    credits_bp,
    enrolment,
    grading,
    importing,
    learning,
    sharing,
)
TEACHING = lazy("Teaching")
TEACHERS = frozenset({Role.TEACHER, Role.MANAGER})
LATER = ("catalogue.jobs", "credits.subscribers", "credentials.subscribers")
"""What waits for the night, or for a fact: known once it is imported."""
MENU = (
    Item("catalogue.index", lazy("Courses"), "search", 15, bottom=True, for_strangers=True),
    Item("learning.mine", lazy("My learning"), "book", 20, bottom=True),
    Item("credits.mine", lazy("My credits"), "certificate", 40, bottom=True),
    Item(
        "credentials.register",
        lazy("Certificates"),
        "certificate",
        120,
        section=TEACHING,
        roles=frozenset({Role.MANAGER}),
    ),
    Item(
        "grading.teaching",
        lazy("My classes"),
        "group",
        100,
        section=TEACHING,
        roles=TEACHERS,
    ),
    Item(
        "authoring.modules",
        lazy("Modules and lessons"),
        "edit",
        110,
        section=TEACHING,
        roles=TEACHERS,
    ),
)


def wire(app: Flask) -> None:
    """Register pages, menus, slots, subscribers, jobs and commands."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(course)
    for module in LATER:
        import_module(f"courses.{module}")
    current.searchables.register(ClassDocuments())
    datasets.declare(*DATASETS)
    nav.add(*MENU)
    slots.fill("landing.search", search_on_landing)
    slots.fill("landing.courses", on_landing)
    slots.fill("home.learning", _home_learning)
    slots.fill("place.staff", classes_here, order=10)
    slots.fill("guardian.child", _child_learning)
    slots.fill("resource.actions", resource_actions)
    slots.fill("credits.certificate", in_ledger)


def _home_learning(learner: Person) -> str:
    studies = studies_of(learner)
    if not studies and is_there_for_others(learner):
        return ""
    return render_template("courses/learning/_home.html", studies=studies[:4])


def _child_learning(learner: Person) -> str:
    """The page that offers the slot has made sure that the child agrees to it."""
    return render_template("courses/learning/_child.html", studies=studies_of(learner))


def demo() -> None:
    """Plant what the demo colleges teach, with its past."""
    from courses.demo import service

    service.plant()


def demo_at_scale(size: int, say: Callable[[str], None]) -> None:
    """Let those who came to the demo province study."""
    from courses.crowd import service

    service.plant(size, say)
