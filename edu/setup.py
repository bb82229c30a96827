"""Bring an installation to life: its tables, the demo province, an empty home again."""

import shutil
from collections.abc import Callable
from importlib import import_module

import sqlalchemy as sa
from flask import current_app
from flask_migrate import upgrade

from edu import sqlite
from edu.db import db, unit_of_work
from edu.demo import service as demo
from edu.http.log import quiet
from edu.jobs import run_due
from edu.settings import Settings
from edu.taxonomy.service import install_curated
from edu.tenancy.models import Organisation
from edu.ui.pages import PACKAGES


def prepare() -> None:
    """Bring the database to this release's shape and its reference data up to date."""
    upgrade()
    db.session.remove()
    db.engine.dispose()
    with unit_of_work():
        install_curated()


def seed_demo(*, say: Callable[[str], None], scale: int = 0) -> None:
    """Plant the demo province unless it is there; with a scale, add learners to measure with.

    Each package plants its part through its own services: `demo(scale)` in its wiring.
    """
    if db.session.scalar(sa.select(sa.func.count()).select_from(Organisation)):
        if not scale:
            return
    else:
        say("Planting the demo province …")
        _write_without_waiting()
        with quiet():
            for package in PACKAGES:
                if plant := getattr(import_module(f"{package}.wiring"), "demo", None):
                    plant()
            run_due(at_once=100)
    if scale and not demo.is_planted():
        say("This is no demo province: nobody was added. Try an empty folder: EDU_HOME=… edu demo")
    elif scale:
        with quiet():
            for package in PACKAGES:
                if enlarge := getattr(import_module(f"{package}.wiring"), "demo_at_scale", None):
                    enlarge(scale, say)
            run_due(at_once=100)


def _write_without_waiting() -> None:
    """Let this process not wait for the disk: nothing that it plants is dear to anybody."""
    if db.engine.dialect.name == "sqlite":
        sqlite.stop_syncing(db.engine)
        db.session.remove()
        db.engine.dispose()


def demo_greeting() -> str:
    """List the demo accounts, one line each, for the terminal."""
    greet = current_app.extensions.get("edu_demo_greeting")
    return str(greet()) if greet else ""


def wipe(settings: Settings) -> None:
    """Delete what HOME holds; a database elsewhere loses its tables."""
    if not settings.database_url.startswith("sqlite"):
        engine = sa.create_engine(settings.database_url)
        with engine.begin() as connection:
            found = sa.MetaData()
            found.reflect(connection)
            found.drop_all(connection)
        engine.dispose()
    for path in settings.home.iterdir():
        if path.name == "edu.lock":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
