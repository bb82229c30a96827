"""Pages of exports and imports."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import FileWrapper

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import lock, unit_of_work
from edu.errors import Forbidden
from edu.http import paging
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.console import policy
from edu.lrs.forwarding import queries as forwarding
from edu.lrs.forwarding.models import TargetState
from edu.lrs.transfer import jobs, queries, service
from edu.lrs.transfer.details import details
from edu.lrs.transfer.forms import FORMATS, ExportForm, ImportForm, reason
from edu.lrs.transfer.models import Format, Transfer, TransferState
from edu.lrs.transfer.second_look import SecondLook, look_into
from edu.settings import in_force
from edu.storage import service as storage
from edu.storage.blobs import as_people_say
from edu.storage.filenames import content_disposition

bp = Blueprint("lrs_transfer", __name__)

LISTED = 20


@bp.before_request
def _refuse_others() -> None:
    if not policy.can_move(actor()):
        raise Forbidden


@bp.get("/at/<place>/lrs/transfers")
def index() -> ResponseReturnValue:
    """Offer an export, filled in as the address says, and an import; list what there was."""
    return _page(ExportForm(formdata=request.args), ImportForm(formdata=None))


@bp.get("/at/<place>/lrs/transfers/export")
@bp.get("/at/<place>/lrs/transfers/import")
def turn_back() -> ResponseReturnValue:
    """Lead from where forms are sent, reloaded or in the other language, to the forms."""
    asked = request.args.get
    return redirect(url_for(".index", lang=asked("lang"), after=asked("after")), 303)


@bp.post("/at/<place>/lrs/transfers/export")
def ask_for_export() -> ResponseReturnValue:
    """Write statements into a file, later; who clicks twice is led to the one export."""
    form = ExportForm()
    if not form.validate():
        return _page(form, ImportForm(formdata=None)), 422
    wanted, kind = form.wanted(), Format(form.format.data)
    with unit_of_work():
        lock(actor())  # the second click waits until the first one's export can be found
        made = queries.just_asked(actor(), wanted.filters(), kind)
        if made is None:
            made = service.ask_for_export(actor(), wanted, kind)
            jobs.start(made)
    return redirect(url_for(".show", transfer_id=made.id), 303)


@bp.post("/at/<place>/lrs/transfers/import")
def upload() -> ResponseReturnValue:
    """Keep a file of statements, and ask whether to take it in."""
    form = ImportForm()
    if not form.validate():
        return _page(ExportForm(formdata=None), form), 422
    with unit_of_work():
        made = service.upload(actor(), form.file.data.filename, form.file.data.stream)
    return redirect(url_for(".show", transfer_id=made.id), 303)


@bp.get("/at/<place>/lrs/transfers/<uuid:transfer_id>")
def show(transfer_id: UUID) -> ResponseReturnValue:
    """Ask whether to take an upload in; show how far it is, then what came of it."""
    transfer = queries.get(transfer_id)
    is_fragment = "HX-Request" in request.headers
    if is_fragment and transfer.is_under_way:
        return render_template("edu/lrs/_transfer.html", transfer=transfer)
    look = _second_look(transfer)
    page = render_template(
        "edu/lrs/transfer.html",
        transfer=transfer,
        detail=details([transfer])[transfer.id],
        look=look,
        why=reason(look.why) if look else "",
        targets=_running_targets() if look else 0,
        kept=queries.is_kept(transfer),
        can_be_resumed=queries.can_be_resumed(transfer),
        is_own=transfer.started_by_id == actor().id,
        format=FORMATS[transfer.format],
        size=as_people_say(transfer.size),
        lines=[(line, reason(why)) for line, why in transfer.report.get("lines", ())],
    )
    return page, 200, {"HX-Refresh": "true"} if is_fragment else {}


def _second_look(transfer: Transfer) -> SecondLook | None:
    if transfer.state is not TransferState.UNCONFIRMED or not queries.is_kept(transfer):
        return None
    with storage.store().open(transfer.blob_key) as file:
        return look_into(file)


def _running_targets() -> int:
    return sum(each.state is TargetState.RUNNING for each in forwarding.targets())


@bp.post("/at/<place>/lrs/transfers/<uuid:transfer_id>/confirm")
def confirm(transfer_id: UUID) -> ResponseReturnValue:
    """Take an uploaded file in, later."""
    return _begun(transfer_id, service.confirm)


@bp.post("/at/<place>/lrs/transfers/<uuid:transfer_id>/discard")
def discard(transfer_id: UUID) -> ResponseReturnValue:
    """Delete an uploaded file that is not to be taken in."""
    with unit_of_work():
        transfer = queries.get(transfer_id)
        service.discard(actor(), transfer)
    if transfer.state is not TransferState.DISCARDED:  # somebody was quicker
        return redirect(url_for(".show", transfer_id=transfer_id), 303)
    flash(_("The file is discarded. Nothing of it came into the record."))
    return redirect(url_for(".index"), 303)


@bp.post("/at/<place>/lrs/transfers/<uuid:transfer_id>/stop")
def stop(transfer_id: UUID) -> ResponseReturnValue:
    """End an import after the batch under way."""
    with unit_of_work():
        service.stop(actor(), queries.get(transfer_id))
    return redirect(url_for(".show", transfer_id=transfer_id), 303)


@bp.post("/at/<place>/lrs/transfers/<uuid:transfer_id>/again")
def resume(transfer_id: UUID) -> ResponseReturnValue:
    """Take up again what failed or was stopped."""
    return _begun(transfer_id, service.resume)


def _begun(transfer_id: UUID, begin: Callable[[Person, Transfer], bool]) -> ResponseReturnValue:
    with unit_of_work():
        transfer = queries.get(transfer_id)
        if begin(actor(), transfer):
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
    found = paging.page(queries.all_asked(), Transfer.id, size=LISTED)
    return render_template(
        "edu/lrs/transfers.html",
        export=export,
        taken=taken,
        limits=_("One statement a line, as JSON (NDJSON), at most %(size)s.", size=limit),
        page=found,
        details=details(found.items),
    )
