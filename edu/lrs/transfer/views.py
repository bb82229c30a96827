"""Pages of exports and imports."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import FileWrapper

from edu.audit import service as audit
from edu.db import unit_of_work
from edu.errors import Forbidden
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.console import policy
from edu.lrs.transfer import jobs, queries, service
from edu.lrs.transfer.forms import FORMATS, ExportForm, ImportForm, reason
from edu.lrs.transfer.models import Format
from edu.settings import in_force
from edu.storage import service as storage
from edu.storage.blobs import as_people_say
from edu.storage.filenames import content_disposition

bp = Blueprint("lrs_transfer", __name__)


@bp.before_request
def _refuse_others() -> None:
    if not policy.can_move(actor()):
        raise Forbidden


@bp.get("/at/<place>/lrs/transfers")
def index() -> ResponseReturnValue:
    """Offer an export and an import; list the last ones."""
    return _page(ExportForm(), ImportForm(formdata=None))


@bp.post("/at/<place>/lrs/transfers/export")
def ask_for_export() -> ResponseReturnValue:
    """Write statements into a file, later."""
    form = ExportForm()
    if not form.validate():
        return _page(form, ImportForm(formdata=None)), 422
    with unit_of_work():
        made = service.ask_for_export(actor(), form.wanted(), Format(form.format.data))
        jobs.start(made)
    return redirect(url_for(".show", transfer_id=made.id), 303)


@bp.post("/at/<place>/lrs/transfers/import")
def ask_for_import() -> ResponseReturnValue:
    """Take a file of statements in, later."""
    form = ImportForm()
    if not form.validate():
        return _page(ExportForm(formdata=None), form), 422
    with unit_of_work():
        made = service.ask_for_import(actor(), form.file.data.filename, form.file.data.stream)
        jobs.start(made)
    return redirect(url_for(".show", transfer_id=made.id), 303)


@bp.get("/at/<place>/lrs/transfers/<uuid:transfer_id>")
def show(transfer_id: UUID) -> ResponseReturnValue:
    """Show how far it is, then what came of it."""
    transfer = queries.get(transfer_id)
    is_fragment = "HX-Request" in request.headers
    if is_fragment and not transfer.is_over:
        return render_template("edu/lrs/_transfer.html", transfer=transfer)
    page = render_template(
        "edu/lrs/transfer.html",
        transfer=transfer,
        kept=queries.is_kept(transfer),
        can_be_resumed=queries.can_be_resumed(transfer),
        is_own=transfer.started_by_id == actor().id,
        format=FORMATS[transfer.format],
        size=as_people_say(transfer.size),
        lines=[(line, reason(why)) for line, why in transfer.report.get("lines", ())],
    )
    return page, 200, {"HX-Refresh": "true"} if is_fragment else {}


@bp.post("/at/<place>/lrs/transfers/<uuid:transfer_id>/again")
def resume(transfer_id: UUID) -> ResponseReturnValue:
    """Try again what failed."""
    with unit_of_work():
        transfer = queries.get(transfer_id)
        if service.resume(actor(), transfer):
            jobs.start(transfer)
    return redirect(url_for(".show", transfer_id=transfer_id), 303)


@bp.get("/at/<place>/lrs/transfers/<uuid:transfer_id>/file")
def download(transfer_id: UUID) -> ResponseReturnValue:
    """Give the file of an export to who asked for it."""
    transfer = queries.file_for(actor(), transfer_id)
    with unit_of_work():
        audit.record("lrs.export_fetched", actor_id=actor().id, subject=transfer)
    answer = Response(
        FileWrapper(storage.store().open(transfer.blob_key)),
        mimetype=transfer.format.media_type,
        direct_passthrough=True,
    )
    answer.content_length = transfer.size
    answer.headers["Content-Disposition"] = content_disposition(transfer.file_name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(export: ExportForm, taken: ImportForm) -> str:
    limit = as_people_say(in_force().max_upload_mb << 20)
    return render_template(
        "edu/lrs/transfers.html",
        export=export,
        taken=taken,
        limits=_("One statement a line, as JSON (NDJSON), at most %(size)s.", size=limit),
        transfers=queries.recent(),
        formats=FORMATS,
    )
