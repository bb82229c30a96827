"""What every template may use: loader, versioned static addresses, menus, slots."""

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request, url_for
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from edu.ui import nav, slots

if TYPE_CHECKING:
    from edu.accounts.models import Person

PACKAGES = ("edu", "oer_repository", "courses", "employer_portal", "analytics")


class FeatureLoader(BaseLoader):
    """Find "courses/enrolment/show.html" at courses/enrolment/templates/show.html.

    Names without a package are the house's own: edu/ui/templates.
    """

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read a template; raises TemplateNotFound."""
        path = self._path(template)
        if ".." in Path(template).parts or not path.is_file():
            raise TemplateNotFound(template)
        changed = path.stat().st_mtime
        return path.read_text("utf-8"), str(path), lambda: path.stat().st_mtime == changed

    def list_templates(self) -> list[str]:
        """Name every template of the house and of the features."""
        house = _folder("edu") / "ui" / "templates"
        names = [p.relative_to(house).as_posix() for p in house.rglob("*.*")]
        for package in PACKAGES:
            for path in _folder(package).glob("*/templates/**/*.*"):
                feature, _, *rest = path.relative_to(_folder(package)).parts
                if (package, feature) != ("edu", "ui"):
                    names.append("/".join([package, feature, *rest]))
        return sorted(names)

    def _path(self, template: str) -> Path:
        package, _, rest = template.partition("/")
        feature, _, name = rest.partition("/")
        if package in PACKAGES and name:
            return _folder(package) / feature / "templates" / name
        return _folder("edu") / "ui" / "templates" / template


@cache
def _folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def _version(path: str) -> str:
    file = _folder("edu") / "ui" / "static" / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else ""


def static_url(path: str) -> str:
    """Address of a static file that changes when the file does, so browsers may keep it."""
    return url_for("static", filename=path, v=_version(path))


def has_static(path: str) -> bool:
    """True when the file is there: vendored files may not have been installed."""
    return (_folder("edu") / "ui" / "static" / path).is_file()


def init_app(app: Flask, *, reader: "Callable[[], Person | None]") -> None:
    """Install the loader and what templates may call."""
    app.jinja_loader = FeatureLoader()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000
    app.jinja_env.globals.update(
        static_url=static_url,
        has_static=has_static,
        slot=slots.slot,
        breadcrumbs=[],
        Markup=Markup,
    )

    @app.context_processor
    def _menus() -> dict[str, object]:
        """`nav`: the sidebar; `own_nav`: everyone's own menu; `bottom_nav`: the phone's bar."""
        if not has_request_context() or request.routing_exception is not None:
            return {"nav": [], "own_nav": [], "bottom_nav": []}
        who = reader()
        return {
            "nav": nav.staff_menu(who),
            "own_nav": nav.own_menu(who),
            "bottom_nav": nav.bottom_bar(who),
        }
