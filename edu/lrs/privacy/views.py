"""Pages about people in the record: to be forgotten, or known under several names."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.audit import service as audit
from edu.db import current_tenant, unit_of_work
from edu.errors import Forbidden
from edu.http.forms import shown_in
from edu.http.paging import page
from edu.http.session import actor
from edu.i18n import _
from edu.lrs.agents import agent_named, our_people
from edu.lrs.console import policy
from edu.lrs.core.identity import agent_key
from edu.lrs.privacy import jobs, naming, personas, queries
from edu.lrs.privacy.forms import MODE_HINTS, MODES, ForgetForm, MergeForm
from edu.lrs.privacy.models import ForgetMode, Forgetting

bp = Blueprint("lrs_people", __name__)


@bp.before_request
def _refuse_others() -> None:
    if not policy.can_move(actor()):
        raise Forbidden


@bp.get("/at/<place>/lrs/people")
def index() -> ResponseReturnValue:
    """Offer to forget a person and to merge two names; list what was done."""
    return _page(_draft(), MergeForm(formdata=None))


@bp.post("/at/<place>/lrs/people/forget")
def ask() -> ResponseReturnValue:
    """Take down who is to be forgotten; nothing happens yet."""
    form = ForgetForm()
    if not form.validate():
        return _page(form, MergeForm(formdata=None)), 422
    session[_draft_key()] = {"person": form.person.data, "mode": form.mode.data}
    return redirect(url_for(".confirm"), 303)


@bp.get("/at/<place>/lrs/people/forget/yes")  # for who comes back to the address of the answer
@bp.get("/at/<place>/lrs/people/forget")
def confirm() -> ResponseReturnValue:
    """Say what would happen, and ask whether it should."""
    form = _draft()
    if not form.person.data:
        return _page(form, MergeForm(formdata=None))
    subject = queries.subject_of(agent_named(form.person.data))
    with unit_of_work():
        audit.record("lrs.traces_counted", actor_id=actor().id)
    people = our_people(subject.agents)
    return render_template(
        "edu/lrs/forget.html",
        form=form,
        mode=MODES[ForgetMode(form.mode.data)],
        deletes=form.mode.data == ForgetMode.DELETE.value,
        names=naming.names_of(subject),
        identifiers=[naming.in_words(agent, people) for agent in subject.agents],
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
    session.pop(_draft_key(), None)
    return redirect(url_for(".show", forgetting_id=made.id), 303)


@bp.get("/at/<place>/lrs/people/forgotten/<uuid:forgetting_id>")
def show(forgetting_id: UUID) -> ResponseReturnValue:
    """Show how far it is, then what was done."""
    forgetting = queries.get(forgetting_id)
    is_fragment = "HX-Request" in request.headers
    if is_fragment and not forgetting.is_over:
        return render_template("edu/lrs/_forgetting.html", forgetting=forgetting)
    whole = render_template("edu/lrs/forgetting.html", forgetting=forgetting)
    return whole, 200, {"HX-Refresh": "true"} if is_fragment else {}


@bp.post("/at/<place>/lrs/people/forgotten/<uuid:forgetting_id>")
def resume(forgetting_id: UUID) -> ResponseReturnValue:
    """Try again what broke off."""
    with unit_of_work():
        jobs.start_again(queries.get(forgetting_id))
    return redirect(url_for(".show", forgetting_id=forgetting_id), 303)


@bp.post("/at/<place>/lrs/people")
def merge() -> ResponseReturnValue:
    """Let two names be one person."""
    form = MergeForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            made = personas.merge(agent_named(form.one.data), agent_named(form.other.data))
            audit.record("lrs.names_merged", actor_id=actor().id, names=_names(made))
            flash(_("A search for one of these names finds the other, too."))
            return redirect(url_for(".index"), 303)
    return _page(_draft(), form), 422


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


def _draft_key() -> str:
    return f"lrs-forget:{current_tenant()}"


def _draft() -> ForgetForm:
    """What was typed last in this browser, until it is done.

    It is kept in the session's cookie and in no address: who is to be forgotten should not be left
    in the history of the browser or the logs of a proxy.
    """
    return ForgetForm(formdata=None, data=session.get(_draft_key()))


def _page(form: ForgetForm, merging: MergeForm) -> str:
    forgotten = page(queries.requests(), Forgetting.id)
    asked_by = [each.asked_by_id for each in forgotten.items if each.asked_by_id]
    return render_template(
        "edu/lrs/people.html",
        form=form,
        hints=MODE_HINTS,
        merging=merging,
        people=list(_told(personas.everyone())),
        forgotten=forgotten,
        askers=accounts.named(asked_by),
        modes=MODES,
    )


def _told(everyone: Sequence[personas.Persona]) -> Iterator[tuple[UUID, str, str]]:
    """Tell each person by a title and all names in a line."""
    people = our_people(agent for persona in everyone for agent in persona.agents)
    for persona in everyone:
        found = [naming.name_of_ours(agent, people) for agent in persona.agents]
        ours = ", ".join(filter(None, found))
        told = [naming.in_words(agent, people) for agent in persona.agents]
        yield persona.id, ours or told.pop(0), " · ".join(told)
