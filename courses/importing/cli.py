"""`edu course import`: take a course from a folder or a zip, without a browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from courses.authoring import policy
from courses.authoring.core import importer
from courses.authoring.core.plain_text import plain_text
from courses.authoring.core.source import CourseSource, FolderSource, SourceRefused, ZipSource
from courses.catalogue import service as catalogue
from courses.catalogue.service import Run
from courses.importing import service
from courses.importing.forms import SENTENCES, TAKEN, refusal
from courses.programmes import queries as programmes_read
from courses.programmes import service as programmes
from courses.programmes.models import Module
from courses.programmes.service import ModuleText
from edu.accounts import queries as accounts
from edu.accounts.models import Person, Role
from edu.db import current_tenant, inside, today, unit_of_work
from edu.errors import DomainError
from edu.i18n import local
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation, OrganisationKind

A_YEAR = timedelta(days=365)
LONGEST_CODE = 40
SHORTEST_OPENING = 80


@click.group()
def course() -> None:
    """Courses from elsewhere."""


@course.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--college", "code", default="", help="Its code; needed if there are several.")
@click.option("--module", "module_code", default="", help="Default: a new one, open to everyone.")
@click.option("--teacher", "email", default="", help="Whose course it is. Default: a manager.")
@click.option("--publish", is_flag=True, help="Let learners see it at once.")
@with_appcontext
def import_(path: Path, code: str, module_code: str, email: str, *, publish: bool) -> None:
    """Take the course in PATH, a folder or a zip, into a module. Importing again updates it."""
    try:
        with _opened(path) as source, inside(_college(code).id), unit_of_work():
            author = _author(email)
            module = _module(module_code, path, source, author, publish=publish)
            taken = service.import_course(author, module, source, publish=publish)
    except (SourceRefused, importer.CourseUnrecognised) as refused:
        raise click.ClickException(str(refusal(refused.code))) from None
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
    _tell(module, taken)


@contextmanager
def _opened(path: Path) -> Iterator[CourseSource]:
    if path.is_dir():
        yield FolderSource(path)
        return
    with path.open("rb") as content:
        yield ZipSource(content)


def _college(code: str) -> Organisation:
    colleges = tenancy.of_kind(OrganisationKind.COLLEGE)
    if code:
        return tenancy.by_code(code)
    if len(colleges) != 1:
        codes = ", ".join(college.code for college in colleges)
        raise click.UsageError(f"Name one of the colleges with --college: {codes}")
    return colleges[0]


def _author(email: str) -> Person:
    if email:
        found = accounts.by_email(email)
        if found is None or not found.has_role(*policy.WRITERS):
            raise click.UsageError(f"{email} neither teaches nor manages at the college")
        return found
    tenant_id = current_tenant()
    managers = accounts.people_with(Role.MANAGER, tenant_id) if tenant_id else ()
    if not managers:
        raise click.UsageError("The college has no manager: name a teacher with --teacher")
    return managers[0]


def _module(
    code: str, path: Path, source: CourseSource, author: Person, *, publish: bool
) -> Module:
    """The module named, or that of an earlier import of this path, or a new open one."""
    wanted = code or re.sub(r"[^A-Z0-9]+", "-", path.stem.upper()).strip("-")[:LONGEST_CODE]
    found = programmes_read.module_called(wanted)
    if found is not None:
        return found
    if code:
        raise click.UsageError(f"The college has no module {code}")
    read = importer.import_course(source)
    module = programmes.add_module(
        programmes.open_curriculum(),
        ModuleText(
            code=wanted,
            title=dict(read.title),
            about={tag: _opening(text.markdown) for tag, text in read.about.items()},
            credits=0,
            is_self_paced=True,
        ),
    )
    day = today()
    run = Run(code=wanted, starts_on=day, ends_on=day + A_YEAR, is_open=True)
    group = catalogue.open_class(author, module, run, teacher=author)
    if publish:
        catalogue.publish(author, group)
    return module


def _opening(markdown: str) -> str:
    """The first paragraph that says something: badges and titles are shorter."""
    paragraphs = plain_text(markdown).prose.splitlines()
    return next((text for text in paragraphs if len(text) > SHORTEST_OPENING), "")


def _tell(module: Module, taken: service.Taken) -> None:
    click.echo(f"{local(module.title)} ({module.code})")
    for word in ("new", "changed", "unchanged", "kept"):
        click.echo(f"  {len(getattr(taken, word)):>5}  units {word}")
    for (verdict, reason), count in taken.report.counts().items():
        click.echo(f"  {count:>5}  {verdict}: {SENTENCES.get(reason) or TAKEN.get(reason, reason)}")
