"""Pages about people in the record: to be forgotten, or known under several names."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.audit import service as audit
from edu.db import unit_of_work
from edu.errors import Forbidden
from edu.http.forms import shown_in
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.agents import agent_named
from edu.lrs.console import policy
from edu.lrs.core.identity import agent_key
from edu.lrs.privacy import jobs, personas, queries
from edu.lrs.privacy.forms import MODES, ForgetForm, MergeForm
from edu.lrs.privacy.models import ForgetMode

bp = Blueprint("lrs_people", __name__)


@bp.before_request
def _refuse_others() -> None:
    if not policy.can_move(actor()):
        raise Forbidden


@bp.get("/at/<place>/lrs/people")
def index() -> ResponseReturnValue:
    """Offer to forget a person and to merge two names; list what was done."""
    return _page(ForgetForm(), MergeForm(formdata=None))


@bp.post("/at/<place>/lrs/people/forget")
def ask() -> ResponseReturnValue:
    """Say what would happen, and ask whether it should."""
    form = ForgetForm()
    if not form.validate():
        return _page(form, MergeForm(formdata=None)), 422
    subject = queries.subject_of(agent_named(form.person.data))
    with unit_of_work():
        audit.record("lrs.traces_counted", actor_id=actor().id)
    return render_template(
        "edu/lrs/forget.html",
        form=form,
        mode=MODES[ForgetMode(form.mode.data)],
        deletes=form.mode.data == ForgetMode.DELETE.value,
        names=sorted(map(_as_typed, subject.keys)),
        traces=queries.traces_of(subject),
    )


@bp.post("/at/<place>/lrs/people/forget/yes")
def forget() -> ResponseReturnValue:
    """Forget the person."""
    form = ForgetForm()
    if not form.validate():
        return _page(form, MergeForm(formdata=None)), 422
    with unit_of_work():
        made = jobs.start(agent_named(form.person.data), ForgetMode(form.mode.data), actor())
    return redirect(url_for(".show", forgetting_id=made.id), 303)


@bp.get("/at/<place>/lrs/people/forgotten/<uuid:forgetting_id>")
def show(forgetting_id: UUID) -> ResponseReturnValue:
    """Show how far it is, then what was done."""
    forgetting = queries.get(forgetting_id)
    is_fragment = "HX-Request" in request.headers
    if is_fragment and not forgetting.is_over:
        return render_template("edu/lrs/_forgetting.html", forgetting=forgetting)
    page = render_template("edu/lrs/forgetting.html", forgetting=forgetting)
    return page, 200, {"HX-Refresh": "true"} if is_fragment else {}


@bp.post("/at/<place>/lrs/people/forgotten/<uuid:forgetting_id>/again")
def resume(forgetting_id: UUID) -> ResponseReturnValue:
    """Try again what broke off."""
    with unit_of_work():
        jobs.start_again(queries.get(forgetting_id))
    return redirect(url_for(".show", forgetting_id=forgetting_id), 303)


@bp.post("/at/<place>/lrs/people/merge")
def merge() -> ResponseReturnValue:
    """Let two names be one person."""
    form = MergeForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            made = personas.merge(agent_named(form.one.data), agent_named(form.other.data))
            audit.record("lrs.names_merged", actor_id=actor().id, names=_names(made))
            flash(_("A search for one of these names finds the other, too."))
            return redirect(url_for(".index"), 303)
    return _page(ForgetForm(formdata=None), form), 422


@bp.post("/at/<place>/lrs/people/<uuid:persona_id>/part")
def part(persona_id: UUID) -> ResponseReturnValue:
    """Let each name stand for itself again."""
    with unit_of_work():
        persona = personas.get(persona_id)
        audit.record("lrs.names_parted", actor_id=actor().id, names=_names(persona))
        personas.part(persona)
    flash(_("Each name stands for itself again."))
    return redirect(url_for(".index"), 303)


def _names(persona: personas.Persona) -> list[str]:
    return [agent_key(agent) or "" for agent in persona.agents]


def _as_typed(key: str) -> str:
    """Tell an agent as the form takes one: an address, or HOMEPAGE NAME."""
    kind, _space, name = key.partition(" ")
    return key if kind == "mbox_sha1sum" else name.removeprefix("mailto:")


def _page(form: ForgetForm, merging: MergeForm) -> str:
    return render_template(
        "edu/lrs/people.html",
        form=form,
        merging=merging,
        forgotten=queries.recent(),
        people=[
            (persona.id, list(map(_as_typed, _names(persona)))) for persona in personas.everyone()
        ],
        modes=MODES,
    )
