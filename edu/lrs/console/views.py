"""Pages of the record: keys for tools, what arrives, what was recorded."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.audit import service as audit
from edu.db import new_id, start_of, unit_of_work, utcnow
from edu.errors import Forbidden
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.agents import agent_of
from edu.lrs.console import policy, queries
from edu.lrs.console.forms import SCOPES, FilterForm, KeyForm
from edu.lrs.console.queries import Shown
from edu.lrs.core import build
from edu.lrs.core.query import StatementQuery
from edu.lrs.keys import queries as keys
from edu.lrs.keys import service
from edu.lrs.keys.service import NewKey
from edu.settings import in_force

bp = Blueprint("lrs", __name__)

EXAMPLE = (
    '{"actor": {"mbox": "mailto:lan@example.com"}, '
    '"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}, '
    '"object": {"id": "https://example.com/lessons/1"}}'
)


# Keys -----------------------------------------------------------------------------------------


@bp.get("/at/<place>/lrs/keys")
def show_keys() -> ResponseReturnValue:
    """List the organisation's keys, with what arrives by them."""
    _refuse_others()
    return _keys_page(KeyForm())


@bp.post("/at/<place>/lrs/keys")
def create_key() -> ResponseReturnValue:
    """Make a key; this answer alone shows its secret."""
    _refuse_others()
    form = KeyForm()
    if not form.validate():
        return _keys_page(form), 422
    ends = utcnow() + timedelta(days=form.days.data) if form.days.data else None
    with unit_of_work():
        made = service.create_key(form.name.data, form.scopes.data or (), expires_at=ends)
        audit.record("lrs.key_created", actor_id=actor().id, subject=made.key, name=made.key.name)
    return _keys_page(KeyForm(formdata=None), made)


@bp.post("/at/<place>/lrs/keys/<uuid:key_id>/rotate")
def rotate_key(key_id: UUID) -> ResponseReturnValue:
    """Give a key a new secret; this answer alone shows it."""
    _refuse_others()
    with unit_of_work():
        made = service.rotate(keys.get(key_id))
        audit.record("lrs.key_rotated", actor_id=actor().id, subject=made.key, name=made.key.name)
    return _keys_page(KeyForm(formdata=None), made)


@bp.post("/at/<place>/lrs/keys/<uuid:key_id>/revoke")
def revoke_key(key_id: UUID) -> ResponseReturnValue:
    """End a key."""
    _refuse_others()
    with unit_of_work():
        key = keys.get(key_id)
        service.revoke(key)
        audit.record("lrs.key_revoked", actor_id=actor().id, subject=key, name=key.name)
    flash(_("The key has ended."))
    return redirect(url_for(".show_keys"), 303)


@bp.get("/at/<place>/lrs/keys/tail")
def show_tail() -> ResponseReturnValue:
    """Show what arrived last; the page of keys asks for it again and again."""
    if not policy.can_read_all(actor()):
        raise Forbidden
    return render_template("edu/lrs/_tail.html", arrived=queries.latest())


def _keys_page(form: KeyForm, made: NewKey | None = None) -> str:
    reads = policy.can_read_all(actor())
    if reads:
        with unit_of_work():
            audit.record("lrs.statements_viewed", actor_id=actor().id)
    return render_template(
        "edu/lrs/keys.html",
        form=form,
        made=made,
        keys=keys.all_keys(),
        scopes={str(scope): label for scope, label in SCOPES.items()},
        endpoint=f"{in_force().base_url}/xapi/",
        example=EXAMPLE,
        arrived=queries.latest() if reads else None,
        now=utcnow(),
    )


def _refuse_others() -> None:
    if not policy.can_keep_keys(actor()):
        raise Forbidden


# Statements -----------------------------------------------------------------------------------


@bp.get("/at/<place>/lrs/statements")
def show_statements() -> ResponseReturnValue:
    """Show what was recorded: to managers all of it, to others what is about themselves."""
    form = FilterForm(request.args)
    after = request.args.get("after", type=int)
    shown: list[Shown] = []
    further = None
    if form.validate():
        query = _wanted(form)
        if policy.can_read_all(actor()):
            with unit_of_work():
                audit.record(
                    "lrs.statements_viewed", actor_id=actor().id, person=form.person.data or ""
                )
        shown, further = queries.page(actor(), query, after=after)
    kept: dict[str, Any] = {**request.args, "after": further}  # Any: url_for's own
    return render_template(
        "edu/lrs/statements.html",
        form=form,
        shown=shown,
        next_url=url_for(".show_statements", **kept) if further else None,
        reads_all=policy.can_read_all(actor()),
    ), 422 if form.errors else 200


def _wanted(form: FilterForm) -> StatementQuery:
    agent = None
    if form.person.data:
        person = accounts.by_email(form.person.data)
        nobody = build.agent_for(in_force().base_url, str(new_id()))
        agent = agent_of(person) if person else nobody
    last = form.last_day.data
    return StatementQuery(
        agent=agent,
        verb=form.verb.data or None,
        activity=form.activity.data or None,
        related_agents=agent is not None,
        related_activities=True,
        since=start_of(form.first_day.data) if form.first_day.data else None,
        until=start_of(last + timedelta(days=1)) if last else None,
    )
