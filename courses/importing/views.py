"""Import a course from a zip: choose, wait, read what became of it."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from courses.authoring import queries as authoring
from courses.authoring.core.course import Reason, Verdict
from courses.authoring.core.layouts.plan import variant
from courses.authoring.models import Unit
from courses.importing import jobs, queries, service
from courses.importing.forms import ADVICE, SENTENCES, TAKEN, ImportForm, limits, refusal
from courses.importing.models import ImportRun
from edu.db import current_tenant, unit_of_work
from edu.errors import NotFound
from edu.http.session import actor
from edu.i18n import Text
from edu.jobs import enqueue

bp = Blueprint("importing", __name__)

SHOWN = 30
"""Lines shown of each group; the count says how many there are."""


@dataclass(frozen=True)
class Finding:
    """One line of a report: where, what, and the unit it is about, if it became one."""

    path: str
    detail: str
    unit: Unit | None


@dataclass(frozen=True)
class Group:
    """All findings of one sort."""

    sentence: Text
    advice: Text
    count: int
    findings: list[Finding]


@bp.get("/at/<place>/modules/<uuid:module_id>/import")
def new(module_id: UUID) -> ResponseReturnValue:
    """Offer to upload."""
    return _form(module_id, ImportForm())


@bp.post("/at/<place>/modules/<uuid:module_id>/import")
def start(module_id: UUID) -> ResponseReturnValue:
    """Keep the file; the rest is done by a job."""
    module = authoring.module_for(actor(), module_id)
    form = ImportForm()
    if not form.validate_on_submit():
        return _form(module_id, form), 422
    with unit_of_work():
        run = service.start(
            actor(),
            module,
            name=form.file.data.filename,
            content=form.file.data.stream,
            publishes=bool(form.publishes.data),
        )
        enqueue(jobs.run, _tenant(), run.id)
    return redirect(url_for(".show", run_id=run.id), 303)


@bp.get("/at/<place>/imports/<uuid:run_id>")
def show(run_id: UUID) -> ResponseReturnValue:
    """How far an import is, then what became of everything in the file."""
    run = queries.run_for(actor(), run_id)
    if "HX-Request" in request.headers and not run.is_over:
        return render_template("courses/importing/_progress.html", run=run)
    page = render_template(
        "courses/importing/show.html",
        run=run,
        refusal=refusal(run.problem),
        taken=_taken(run),
        groups=_groups(run),
        kept=_kept(run),
    )
    if "HX-Request" in request.headers:  # the report needs the whole page
        return page, 200, {"HX-Refresh": "true"}
    return page


def _form(module_id: UUID, form: ImportForm) -> str:
    module = authoring.module_for(actor(), module_id)
    return render_template(
        "courses/importing/new.html",
        form=form,
        module=module,
        limits=limits(),
        runs=queries.runs_into(module),
    )


def _taken(run: ImportRun) -> list[tuple[Text, int]]:
    counts = {
        reason: count
        for verdict, reason, count in run.report.get("counts", ())
        if verdict == Verdict.TAKEN
    }
    return [(label, counts[reason]) for reason, label in TAKEN.items() if reason in counts]


def _groups(run: ImportRun) -> list[Group]:
    """The lines of the report by their sort, the most frequent first."""
    units = {unit.slug: unit for unit in authoring.units_in(run.module)}
    lines: defaultdict[Reason, list[Finding]] = defaultdict(list)
    for code, path, values in run.report.get("lines", ()):
        detail = " · ".join(values.values())
        lines[Reason(code)].append(Finding(path, detail, units.get(variant(path)[0])))
    return sorted(
        (
            Group(SENTENCES[reason], ADVICE.get(reason, ""), len(found), found[:SHOWN])
            for reason, found in lines.items()
        ),
        key=lambda group: -group.count,
    )


def _kept(run: ImportRun) -> list[Unit]:
    wanted = set(run.report.get("kept", ()))
    return [unit for unit in authoring.units_in(run.module) if str(unit.id) in wanted]


def _tenant() -> UUID:
    tenant_id = current_tenant()
    if tenant_id is None:
        raise NotFound
    return tenant_id
