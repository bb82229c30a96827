"""Pages of the record: keys for tools, what arrives, what was recorded."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.audit import service as audit
from edu.db import current_tenant, unit_of_work, utcnow
from edu.errors import Forbidden
from edu.http.once import keep_once, take_once
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.agents import as_typed, every_name
from edu.lrs.console import policy, queries
from edu.lrs.console.forms import SCOPES, FilterForm, KeyForm
from edu.lrs.console.queries import Shown
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.query import StatementQuery
from edu.lrs.core.vocabulary import Verb
from edu.lrs.keys import queries as keys
from edu.lrs.keys import service
from edu.lrs.keys.models import LrsKey, Scope
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
    """List the organisation's keys, with what arrives by them, and once the secret just made."""
    _refuse_others()
    return _keys_page(_key_form())


@bp.post("/at/<place>/lrs/keys")
def create_key() -> ResponseReturnValue:
    """Make a key; the next page alone shows its secret."""
    _refuse_others()
    form = _key_form()
    if not form.validate():
        return _keys_page(form), 422
    ends = utcnow() + timedelta(days=form.days.data) if form.days.data else None
    with unit_of_work():
        made = service.create_key(form.name.data, form.scopes.data or (), expires_at=ends)
        _note("lrs.key_created", made.key)
    return _shown_once(made)


@bp.post("/at/<place>/lrs/keys/<uuid:key_id>/rotate")
def rotate_key(key_id: UUID) -> ResponseReturnValue:
    """Give a key a new secret; the next page alone shows it."""
    _refuse_others()
    with unit_of_work():
        key = keys.get(key_id)
        if not policy.can_rotate(actor(), key):
            raise Forbidden
        made = service.rotate(key)
        _note("lrs.key_rotated", key)
    return _shown_once(made)


@bp.post("/at/<place>/lrs/keys/<uuid:key_id>/revoke")
def revoke_key(key_id: UUID) -> ResponseReturnValue:
    """End a key."""
    _refuse_others()
    with unit_of_work():
        key = keys.get(key_id)
        service.revoke(key)
        _note("lrs.key_revoked", key)
    flash(_("The key is revoked."))
    return redirect(url_for(".show_keys"), 303)


@bp.get("/at/<place>/lrs/keys/tail")
def show_tail() -> ResponseReturnValue:
    """Show what arrived last; the page of keys asks for it again and again, unless it pauses."""
    if not policy.can_read_all(actor()):
        raise Forbidden
    if "HX-Request" not in request.headers:
        return redirect(url_for(".show_keys"), 303)
    is_paused = "paused" in request.args
    return render_template("edu/lrs/_tail.html", arrived=queries.latest(), is_paused=is_paused)


def _key_form() -> KeyForm:
    return KeyForm([scope for scope in Scope if policy.can_grant(actor(), [scope])])


def _note(action: str, key: LrsKey) -> None:
    audit.record(action, actor_id=actor().id, subject=key, name=key.name, scopes=key.scopes)


def _shown_once(made: NewKey) -> ResponseReturnValue:
    """Loading the page again, or in another language, makes no further secret."""
    keep_once(f"lrs-key:{current_tenant()}", f"{made.key.id} {made.secret}")
    return redirect(url_for(".show_keys"), 303)


def _made() -> NewKey | None:
    key_id, _space, secret = (take_once(f"lrs-key:{current_tenant()}") or "").partition(" ")
    return NewKey(keys.get(UUID(key_id)), secret) if secret else None


def _keys_page(form: KeyForm) -> str:
    reads = policy.can_read_all(actor())
    if reads:
        with unit_of_work():
            audit.record("lrs.statements_viewed", actor_id=actor().id)
    return render_template(
        "edu/lrs/keys.html",
        form=form,
        made=_made(),
        keys=keys.all_keys(),
        can_rotate=partial(policy.can_rotate, actor()),
        scopes={str(scope): label for scope, label in SCOPES.items()},
        endpoint=f"{in_force().base_url}/xapi/",
        example=EXAMPLE,
        arrived=queries.latest() if reads else None,
        is_paused=False,
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
        query = form.wanted().query() or StatementQuery()
        if policy.can_read_all(actor()):
            with unit_of_work():
                audit.record(
                    "lrs.statements_viewed", actor_id=actor().id, person=form.person.data or ""
                )
        agents = every_name(query.agent) if query.agent else []
        shown, further = queries.page(actor(), query, agents=agents, after=after)
    filters: dict[str, Any] = {name: text for name, text in form.data.items() if text}  # url_for's
    reads_all = policy.can_read_all(actor())
    return render_template(
        "edu/lrs/statements.html",
        form=form,
        verbs=Verb,
        filters=filters,
        shown=shown,
        is_first=after is None,
        next_url=url_for(".show_statements", after=further, **filters) if further else None,
        export_url=url_for("lrs_transfer.index", **filters) if reads_all else None,
        reads_all=reads_all,
    ), 422 if form.errors else 200


@bp.get("/at/<place>/lrs/statements/<uuid:statement_id>")
def show_statement(statement_id: UUID) -> ResponseReturnValue:
    """Show one statement to who may read it."""
    shown, is_voided = queries.one(actor(), statement_id)
    reads_all = policy.can_read_all(actor())
    if reads_all:
        with unit_of_work():
            audit.record("lrs.statements_viewed", actor_id=actor().id, statement=str(statement_id))
    return render_template(
        "edu/lrs/statement.html",
        each=shown,
        is_voided=is_voided,
        reads_all=reads_all,
        further=list(_further(shown.statement, by_person=reads_all)),
    )


def _further(statement: JsonObject, *, by_person: bool) -> Iterator[tuple[str, str]]:
    """Lead on to statements that share something with this one: labels and addresses."""
    target = statement["object"]
    if by_person and (name := as_typed(statement["actor"])):
        yield _("All of the same person"), url_for(".show_statements", person=name)
    yield _("All with the same verb"), url_for(".show_statements", verb=statement["verb"]["id"])
    if target.get("objectType", "Activity") == "Activity":
        address = url_for(".show_statements", activity=target["id"])
        yield _("All about the same activity"), address
    if target.get("objectType") == "StatementRef":
        address = url_for(".show_statement", statement_id=UUID(target["id"]))
        yield _("The statement that it is about"), address
