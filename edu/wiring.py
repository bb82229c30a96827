"""What the kernel's own features put into the app."""

from collections.abc import Callable

from flask import Flask

from edu import sealing
from edu.access_tokens import views as access_tokens
from edu.accounts import api as accounts_api
from edu.accounts import cli as accounts_cli
from edu.accounts import views as accounts
from edu.audit import views as audit
from edu.audit.policy import READERS
from edu.demo import crowd
from edu.demo import service as demo_service
from edu.demo import views as demo_views
from edu.dictionary import api as dictionary_api
from edu.dictionary import views as dictionary
from edu.exchange import datasets, reference
from edu.exchange import views as open_data
from edu.guardians import views as guardians
from edu.home import views as home
from edu.http import metrics, session
from edu.i18n import lazy
from edu.joining import subscribers as _joining_subscribers  # noqa: F401 - registers them
from edu.joining import views as joining
from edu.lrs import wiring as lrs
from edu.mail import from_url as mail
from edu.search import wiring as search
from edu.settings import in_force
from edu.storage import from_url as files
from edu.storage import service as storage
from edu.storage.views import bp as storage_bp
from edu.taxonomy import api as taxonomy_api
from edu.taxonomy import cli as taxonomy_cli
from edu.taxonomy import views as taxonomy
from edu.tenancy import cli as tenancy_cli
from edu.tenancy import views as tenancy
from edu.tenancy.policy import MANAGERS
from edu.ui import nav, slots
from edu.ui.nav import Item


def wire(app: Flask) -> None:
    """Register the kernel's pages, menus and commands."""
    settings = in_force()
    storage.use(files.from_url(settings.storage_url))
    app.extensions["edu_mailer"] = mail.from_url(settings.mail_url, sender=settings.mail_from)
    with app.app_context():
        search.init(settings)
    metrics.init_app(app)
    tenancy.init_app(app)
    home.init_app(app)
    lrs.init_app(app)
    for blueprint in (
        storage_bp,
        home.bp,
        accounts.bp,
        accounts_api.bp,
        access_tokens.bp,
        joining.bp,
        guardians.bp,
        tenancy.bp,
        audit.bp,
        taxonomy.bp,
        taxonomy_api.bp,
        dictionary.bp,
        dictionary_api.bp,
        open_data.bp,
    ):
        app.register_blueprint(blueprint)
    app.cli.add_command(accounts_cli.people)
    sealing.register("Second steps", accounts_cli.seal_anew)
    app.cli.add_command(tenancy_cli.organisation)
    session.name_scope("profile:read", lazy("Read who you are: name, address, roles"))
    slots.fill("home.next", guardians.children_first, order=5)
    slots.fill("home.next", guardians.waiting_notice, order=10)
    slots.fill("accounts.demo", demo_views.sign_in_buttons)
    app.extensions["edu_demo_greeting"] = demo_service.greeting
    app.cli.add_command(taxonomy_cli.taxonomy)
    datasets.declare(reference.SKILLS, reference.OCCUPATION_SKILLS)
    _fill_menus()


def _fill_menus() -> None:
    nav.add(
        Item("home.show", lazy("Start page"), "home", 0, bottom=True, for_strangers=True),
        Item("taxonomy.show", lazy("Skills and occupations"), "wrench", 60, for_strangers=True),
        Item("dictionary.show", lazy("Data dictionary"), "book", 70, for_strangers=True),
        Item("open_data.index", lazy("Open data"), "download", 75, for_strangers=True),
        Item("guardians.children", lazy("My children"), "group", 80),
        Item("accounts.show", lazy("My account"), "user", 90),
        Item(
            "tenancy.people",
            lazy("People"),
            "group",
            80,
            section=lazy("Organisation"),
            roles=MANAGERS,
        ),
        Item(
            "audit.show",
            lazy("Audit log"),
            "eye",
            90,
            section=lazy("Organisation"),
            roles=READERS,
        ),
    )


def demo() -> None:
    """Plant the demo province's organisations and people."""
    demo_service.plant()


def demo_at_scale(size: int, say: Callable[[str], None]) -> None:
    """Let further people come to the demo province."""
    crowd.plant(size, say)
