"""The teacher's desk: modules, their lessons, the page on which a lesson is written."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.authoring import policy, queries, service
from courses.authoring.core import places
from courses.authoring.core.changes import changes
from courses.authoring.core.render import Problem, Rendered
from courses.authoring.forms import NewUnitForm, UnitForm, form_for
from courses.authoring.models import Unit
from courses.catalogue import queries as catalogue
from courses.programmes import queries as programmes
from courses.programmes.models import Module
from edu.db import unit_of_work
from edu.errors import NotFound
from edu.http.forms import shown_in
from edu.http.session import actor
from edu.i18n import LANGUAGES, Text, _, lazy, local, ngettext

bp = Blueprint("authoring", __name__)

PICTURE_ADDED: Text = lazy(
    "The picture stands at the end of the lesson. Move its line where it belongs."
)
NOTHING_NEW: Text = lazy("There is nothing new to save: learners read it just so.")
PUBLISHED: Text = lazy("Published. Learners see it now.")
SAVED: Text = lazy("The draft is saved.")

PROBLEMS: dict[str, Text] = {
    "alt-missing": lazy("A picture has no description: %(value)s"),
    "image-missing": lazy("There is no such picture: %(value)s"),
    "link-broken": lazy("This link leads nowhere: %(value)s"),
    "address-unsafe": lazy("This address may not be used: %(value)s"),
}


@bp.get("/at/<place>/modules")
def modules() -> ResponseReturnValue:
    """The modules whose lessons I may write, and those I may open a class of."""
    if not actor().has_role(*policy.WRITERS):
        raise NotFound
    desk = queries.desk_of(actor())
    ids = {module.id for module in desk.modules}
    return render_template(
        "courses/authoring/modules.html",
        desk=desk,
        tallies=queries.tallies(list(ids)),
        others=[one for one in programmes.modules_in_force() if one.id not in ids],
    )


@bp.get("/at/<place>/modules/<uuid:module_id>")
def module(module_id: UUID) -> ResponseReturnValue:
    """A module's lessons in order, and its classes."""
    return _module_page(queries.module_for(actor(), module_id), NewUnitForm())


@bp.post("/at/<place>/modules/<uuid:module_id>/units")
def add(module_id: UUID) -> ResponseReturnValue:
    """Begin a new lesson."""
    found = queries.module_for(actor(), module_id)
    form = NewUnitForm()
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            unit = service.add_unit(actor(), found, title=form.title())
    if form.errors:
        return _module_page(found, form), 422
    return redirect(url_for(".edit", unit_id=unit.id), 303)


def _module_page(found: Module, form: NewUnitForm) -> str:
    return render_template(
        "courses/authoring/module.html",
        module=found,
        sections=_by_section(queries.units_in(found)),
        drafts=queries.drafts_in(found),
        classes=catalogue.classes_of(found),
        form=form,
    )


def _by_section(units: Sequence[Unit]) -> list[tuple[str, list[Unit]]]:
    """The units under the headings that they share with their neighbours."""
    return [(name, list(found)) for name, found in groupby(units, lambda unit: local(unit.section))]


@bp.post("/at/<place>/modules/<uuid:module_id>/publish")
def publish_all(module_id: UUID) -> ResponseReturnValue:
    """Publish every draft of a module."""
    with unit_of_work():
        count = service.publish_all(actor(), queries.module_for(actor(), module_id))
    flash(ngettext("%(num)s lesson published.", "%(num)s lessons published.", count))
    return redirect(url_for(".module", module_id=module_id), 303)


@bp.post("/at/<place>/units/<uuid:unit_id>/move")
def move(unit_id: UUID) -> ResponseReturnValue:
    """Move a lesson one place up or down."""
    with unit_of_work():
        unit = queries.unit_for(actor(), unit_id)
        service.move(actor(), unit, up=request.form.get("to") == "up")
    return redirect(url_for(".module", module_id=unit.module_id, _anchor=f"unit-{unit.id}"), 303)


@bp.post("/at/<place>/units/<uuid:unit_id>/required")
def require(unit_id: UUID) -> ResponseReturnValue:
    """Say whether learners need the lesson to complete the module."""
    with unit_of_work():
        unit = queries.unit_for(actor(), unit_id)
        service.require(actor(), unit, is_required=request.form.get("is_required") == "yes")
    return redirect(url_for(".edit", unit_id=unit_id), 303)


# One lesson -----------------------------------------------------------------------------------


@bp.get("/at/<place>/units/<uuid:unit_id>/edit")
def edit(unit_id: UUID) -> ResponseReturnValue:
    """Write a lesson: its texts, how they will look, what is to be mended."""
    unit = queries.unit_for(actor(), unit_id)
    return _editor(unit, form_for(queries.latest_of(unit)))


@bp.post("/at/<place>/units/<uuid:unit_id>/edit")
def save(unit_id: UUID) -> ResponseReturnValue:
    """Save the draft; then, as the button says, add a picture or publish."""
    unit = queries.unit_for(actor(), unit_id)
    form = UnitForm()
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            said = _save(unit, form)
    if form.errors:
        return _editor(unit, form), 422
    flash(str(said))
    return redirect(url_for(".edit", unit_id=unit_id), 303)


def _save(unit: Unit, form: UnitForm) -> Text:
    seen = form.seen.data or ""
    source = form.source()
    if form.picture.data:
        file, text = form.picture.data, (form.picture_text.data or "").strip()
        mark = service.add_picture(actor(), unit, file.stream, name=file.filename, text=text)
        source = {tag: f"{text}\n\n{mark}" for tag, text in source.items()}
    draft = service.edit(actor(), unit, source, seen=seen)
    if form.picture.data:
        return PICTURE_ADDED
    if draft is None:
        return NOTHING_NEW
    if request.form.get("do") == "publish":
        service.publish(actor(), unit)
        return PUBLISHED
    return SAVED


@bp.post("/at/<place>/units/<uuid:unit_id>/preview")
def preview(unit_id: UUID) -> ResponseReturnValue:
    """Show what is being typed as learners would see it; nothing is stored."""
    unit = queries.unit_for(actor(), unit_id)
    shown = service.previewed(unit, UnitForm().source())
    return render_template("courses/authoring/_preview.html", **_shown(unit, shown))


def _editor(unit: Unit, form: UnitForm) -> str:
    latest = queries.latest_of(unit)
    return render_template(
        "courses/authoring/edit.html",
        unit=unit,
        form=form,
        draft=queries.draft_of(unit),
        pictures=queries.assets_in(unit.module),
        **_shown(unit, service.previewed(unit, form.source()) if latest else {}),
    )


def _shown(unit: Unit, lessons: dict[str, Rendered]) -> dict[str, object]:
    """Each language ready to show, with what is to be mended in it."""
    html = {tag: lesson.html for tag, lesson in lessons.items()}
    wanted = {i for text in html.values() for i in places.ids_in(text, places.ASSET)}
    files = queries.file_urls(wanted)

    def address(kind: str, row_id: UUID) -> str:
        if kind == places.ASSET:
            return files.get(row_id, "")
        if kind == places.UNIT:
            return url_for(".edit", unit_id=row_id)
        return url_for(".module", module_id=unit.module_id)

    return {
        "previews": {tag: places.filled(text, address) for tag, text in html.items()},
        "problems": {tag: _sentences(lesson.problems) for tag, lesson in lessons.items()},
        "languages": LANGUAGES,
    }


def _sentences(problems: tuple[Problem, ...]) -> list[str]:
    return [str(PROBLEMS[problem.code]) % {"value": problem.value} for problem in problems]


@bp.post("/at/<place>/units/<uuid:unit_id>/discard")
def discard(unit_id: UUID) -> ResponseReturnValue:
    """Throw the draft away and go back to what is published."""
    with unit_of_work():
        service.discard(actor(), queries.unit_for(actor(), unit_id))
    flash(_("The draft is thrown away. What learners read is unchanged."))
    return redirect(url_for(".edit", unit_id=unit_id), 303)


@bp.get("/at/<place>/units/<uuid:unit_id>/history")
def history(unit_id: UUID) -> ResponseReturnValue:
    """Every version, who wrote it, and what it changed."""
    unit = queries.unit_for(actor(), unit_id)
    versions = queries.versions_of(unit)
    before = {later.id: earlier for earlier, later in pairwise(versions)}
    chosen = request.args.get("version", str(versions[-1].id) if versions else "")
    version = next((one for one in versions if str(one.id) == chosen), None)
    if version is None:
        raise NotFound
    earlier = before.get(version.id)
    return render_template(
        "courses/authoring/history.html",
        unit=unit,
        versions=list(reversed(versions)),
        version=version,
        compared={
            tag: changes(earlier.source.get(tag, "") if earlier else "", text)
            for tag, text in version.source.items()
        },
        is_first=earlier is None,
    )
