"""Pages of the audit log."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.audit import policy, queries
from edu.audit.forms import FilterForm
from edu.audit.models import AuditEntry
from edu.audit.queries import Filter
from edu.db import new_id
from edu.errors import Forbidden
from edu.http.forms import option
from edu.http.paging import Page, page
from edu.http.session import actor
from edu.i18n import _
from edu.settings import in_force

bp = Blueprint("audit", __name__)


@bp.get("/at/<place>/audit")
def show() -> ResponseReturnValue:
    """Show the acts of one organisation to its managers."""
    return _log_page("layouts/staff.html")


@bp.get("/audit")
def show_all() -> ResponseReturnValue:
    """Show every act to the administrators of the province."""
    return _log_page("layouts/learner.html")


def _log_page(layout: str) -> ResponseReturnValue:
    if not policy.can_read_log(actor()):
        raise Forbidden
    form = FilterForm(request.args)
    form.action.choices = [
        option("", _("Everything")),
        *(option(action) for action in queries.actions(actor())),
    ]
    found: Page[AuditEntry] = Page([], None)
    if form.validate():
        found = page(queries.entries(actor(), _wanted(form)), AuditEntry.id)
    people = accounts.named(list({i for e in found.items for i in _people_in(e)}))
    return render_template(
        "edu/audit/show.html", form=form, found=found, people=people, layout=layout
    ), 422 if form.errors else 200


def _wanted(form: FilterForm) -> Filter:
    person_id = None
    if form.person.data:
        person = accounts.by_email(form.person.data)
        person_id = person.id if person else new_id()  # nobody: an empty list, not everything
    return Filter(person_id, form.action.data or "", form.day.data, in_force().time_zone)


def _people_in(entry: AuditEntry) -> list[UUID]:
    about = entry.subject_id if entry.subject_kind == "person" else None
    return [person_id for person_id in (entry.actor_id, about) if person_id]
