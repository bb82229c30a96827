"""The app: settings, extensions, each package's wiring; nothing else."""

from importlib import import_module

from flask import Flask
from flask_migrate import Migrate

from edu import db, i18n, worker
from edu.accounts import queries as accounts
from edu.http import api, compression, errors, log, ratelimit, security, session
from edu.settings import Settings, use
from edu.ui import pages
from edu.ui.pages import PACKAGES


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from the settings, by default those of the environment."""
    settings = settings or Settings()
    use(settings)
    settings.home.mkdir(parents=True, exist_ok=True)
    app = Flask("edu", static_folder="ui/static", template_folder=None)
    app.extensions["edu_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret(),
        SECRET_KEY_FALLBACKS=settings.former_secrets(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": not settings.database_url.startswith("sqlite")},
    )
    compression.init_app(app)
    log.init_app(app, settings)
    db.init_app(app)
    Migrate(app, db.db, directory=str(_migrations()), render_as_batch=True, compare_type=True)
    security.init_app(app, settings)
    session.init_app(app, by_cookie=accounts.by_cookie, by_bearer=accounts.by_bearer)
    i18n.init_app(
        app,
        home=settings.home,
        default=settings.default_locale,
        zone=settings.time_zone,
        of_actor=lambda: getattr(session.visitor(), "locale", None),
    )
    errors.init_app(app)
    ratelimit.init_app(app, settings)
    worker.init_app(app, settings)
    pages.init_app(app, reader=session.visitor)
    for package in PACKAGES:
        import_module(f"{package}.wiring").wire(app)
    api.init_app(app)
    return app


def settings_of(app: Flask) -> Settings:
    """The settings the app was built from."""
    found: Settings = app.extensions["edu_settings"]
    return found


def _migrations() -> str:
    """The folder of the migrations package, wherever it is installed."""
    return str(import_module("migrations").__path__[0])
