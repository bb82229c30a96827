"""What this package puts into the app; `edu/app.py` alone calls it."""

from collections.abc import Callable
from importlib import import_module

from flask import Flask

from edu.accounts.models import Role
from edu.i18n import lazy
from edu.search import current
from edu.tenancy.models import OrganisationKind
from edu.ui import nav, slots
from edu.ui.nav import Item
from employer_portal.companies import views as companies
from employer_portal.contacts import views as contacts
from employer_portal.crowd import service as crowd
from employer_portal.demo import service as planting
from employer_portal.feedback import views as feedback
from employer_portal.matching import views as matching
from employer_portal.needs import views as needs
from employer_portal.profiles import views as profiles
from employer_portal.vacancies import api as vacancies_api
from employer_portal.vacancies import views as vacancies
from employer_portal.vacancies.queries import JobDocuments

PAGES = (companies, needs, profiles, contacts, matching, vacancies, vacancies_api, feedback)
SUBSCRIBERS = ("needs", "profiles", "contacts", "matching")

EMPLOYER = frozenset({OrganisationKind.EMPLOYER})
COLLEGE = frozenset({OrganisationKind.COLLEGE})
RECRUITERS = frozenset({Role.RECRUITER})


HIRING = lazy("Hiring")
MENU = (
    Item("vacancies.index", lazy("Jobs"), "briefcase", 30, bottom=True, for_strangers=True),
    Item("profiles.mine", lazy("My profile for employers"), "eye", 32),
    Item("contacts.mine", lazy("Employers and I"), "share", 34),
    Item(
        "needs.index",
        lazy("Jobs and skill needs"),
        "briefcase",
        10,
        section=HIRING,
        roles=RECRUITERS,
        kinds=EMPLOYER,
    ),
    Item(
        "credentials.ask",
        lazy("Verify a certificate"),
        "qr",
        20,
        section=HIRING,
        roles=RECRUITERS,
        kinds=EMPLOYER,
    ),
    Item(
        "companies.edit",
        lazy("Our enterprise"),
        "building",
        30,
        section=HIRING,
        roles=RECRUITERS,
        kinds=EMPLOYER,
    ),
    Item(
        "companies.entries",
        lazy("Employers"),
        "briefcase",
        40,
        section=lazy("Labour market"),
        roles=frozenset({Role.OFFICER}),
    ),
    Item(
        "feedback.heard",
        lazy("What employers miss"),
        "flag",
        110,
        section=lazy("Teaching"),
        roles=frozenset({Role.MANAGER, Role.TEACHER}),
        kinds=COLLEGE,
    ),
)


def wire(app: Flask) -> None:
    """Register pages, menus, slots, subscribers, jobs and what can be found."""
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    for feature in SUBSCRIBERS:
        import_module(f"employer_portal.{feature}.subscribers")
    current.searchables.register(JobDocuments())
    slots.fill("home.next", contacts.waiting_notice, order=20)
    slots.fill("home.jobs", matching.best_job)
    slots.fill("place.staff", matching.needs_here, order=20)
    slots.fill("place.show", companies.about, order=10)
    slots.fill("place.show", vacancies.at_employer, order=20)
    nav.add(*MENU)


def demo() -> None:
    """Plant what the demo employers look for and what some learners show."""
    planting.plant()


def demo_at_scale(size: int, say: Callable[[str], None]) -> None:
    """Let some of those who came to the demo province look for work."""
    crowd.plant(size, say)
