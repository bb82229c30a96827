"""Pages of forwarding: who gets the statements, how far that is, what was not taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from edu.audit import service as audit
from edu.db import unit_of_work
from edu.errors import Forbidden, NotFound
from edu.http.forms import shown_in
from edu.http.once import keep_once, take_once
from edu.http.session import actor
from edu.i18n import _
from edu.jobs import enqueue_once
from edu.lrs.console import policy
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.forms import LrsForm, WebhookForm, form_of
from edu.lrs.forwarding.models import DeadLetter, Target, TargetState
from edu.lrs.forwarding.reasons import reason, told_of_test
from edu.lrs.forwarding.sending import Sender, ask_of

bp = Blueprint("lrs_forwarding", __name__)

LETTERS = 50  # shown on a target's page


@bp.before_request
def _refuse_others() -> None:
    if not policy.can_move(actor()):
        raise Forbidden


@bp.get("/at/<place>/lrs/forwarding")
def index() -> ResponseReturnValue:
    """List the targets: state, lag, what was not taken."""
    found = [(each, queries.lag(each), queries.dead_count(each)) for each in queries.targets()]
    return render_template("edu/lrs/forwarding.html", targets=found, counted=queries.COUNTED)


@bp.get("/at/<place>/lrs/forwarding/lrs")
def ask_lrs() -> ResponseReturnValue:
    """Ask where to send statements on to."""
    return render_template("edu/lrs/new_target.html", form=LrsForm(), is_lrs=True)


@bp.post("/at/<place>/lrs/forwarding/lrs")
def add_lrs() -> ResponseReturnValue:
    """Keep another LRS as a target; nothing is sent before it is started."""
    form = LrsForm()
    if form.validate():
        with shown_in(form):
            with unit_of_work():
                target = service.add_lrs(form.wishes(), form.access())
                _note("added", target, url=target.url)
            return _added(target)
    return render_template("edu/lrs/new_target.html", form=form, is_lrs=True), 422


@bp.get("/at/<place>/lrs/forwarding/webhook")
def ask_webhook() -> ResponseReturnValue:
    """Ask which program to tell."""
    return render_template("edu/lrs/new_target.html", form=WebhookForm(), is_lrs=False)


@bp.post("/at/<place>/lrs/forwarding/webhook")
def add_webhook() -> ResponseReturnValue:
    """Keep a program as a target; the page that follows shows its secret, once."""
    form = WebhookForm()
    if form.validate():
        with shown_in(form):
            with unit_of_work():
                made = service.add_webhook(form.wishes())
                _note("added", made.target, url=made.target.url)
            keep_once(_place_of_secret(made.target.id), made.secret)
            return _added(made.target)
    return render_template("edu/lrs/new_target.html", form=form, is_lrs=False), 422


@bp.get("/at/<place>/lrs/forwarding/<uuid:target_id>")
def show(target_id: UUID) -> ResponseReturnValue:
    """Show one target and what it did not take."""
    target = queries.get(target_id)
    letters = queries.dead_letters(target, limit=LETTERS)
    return render_template(
        "edu/lrs/target.html",
        target=target,
        secret=take_once(_place_of_secret(target_id)),
        why=reason(target.kind, target.status, target.answer),
        lag=queries.lag(target),
        letters=[(each, reason(target.kind, each.status, each.answer)) for each in letters],
        dead=queries.dead_count(target),
        counted=queries.COUNTED,
    )


@bp.get("/at/<place>/lrs/forwarding/<uuid:target_id>/change")
def ask_change(target_id: UUID) -> ResponseReturnValue:
    """Ask what is to be different about a target."""
    target = queries.get(target_id)
    return render_template("edu/lrs/change_target.html", form=form_of(target), target=target)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/change")
def change(target_id: UUID) -> ResponseReturnValue:
    """Change it; one that runs goes on at once with what is new."""
    target = queries.get(target_id)
    form = form_of(target)
    if form.validate():
        with shown_in(form):
            with unit_of_work():
                former_url = target.url
                service.change(target, form.wishes(), form.access())
                _note("changed", target, url=target.url, former_url=former_url)
                if target.state is TargetState.RUNNING:
                    _run(target)
            flash(_("Saved."))
            return redirect(url_for(".show", target_id=target_id), 303)
    return render_template("edu/lrs/change_target.html", form=form, target=target), 422


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/test")
def test(target_id: UUID) -> ResponseReturnValue:
    """Try whether it listens, without sending anybody's data."""
    target = queries.get(target_id)
    kind = target.kind
    flash(*told_of_test(kind, ask_of(target, Sender.test)))
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/pause")
def pause(target_id: UUID) -> ResponseReturnValue:
    """Send nothing for now."""
    with _noted("paused", target_id) as target:
        service.pause(target)
    flash(_("Paused."))
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/resume")
def resume(target_id: UUID) -> ResponseReturnValue:
    """Start, or go on now."""
    with unit_of_work():
        target = queries.get(target_id)
        is_first = target.is_new
        _note("started" if is_first else "resumed", target, url=target.url)
        _run(target)
    flash(_("Sending has begun.") if is_first else _("Sending goes on."))
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/remove")
def remove(target_id: UUID) -> ResponseReturnValue:
    """Forget a target."""
    with _noted("removed", target_id) as target:
        service.remove(target)
    flash(_("Nothing is sent there any more."))
    return redirect(url_for(".index"), 303)


@bp.post("/at/<place>/lrs/forwarding/letters/<uuid:letter_id>/retry")
def retry(letter_id: UUID) -> ResponseReturnValue:
    """Send a statement once more."""
    with unit_of_work():
        letter = _letter(letter_id)
        enqueue_once(jobs.send_again, str(letter.id), letter.tenant_id, letter.id)
    flash(_("It is sent once more. If it is taken, it leaves this list."))
    return redirect(url_for(".show", target_id=letter.target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/retry")
def retry_all(target_id: UUID) -> ResponseReturnValue:
    """Send all statements that were not taken once more."""
    with _noted("retried", target_id) as target:
        enqueue_once(jobs.send_all_again, str(target.id), target.tenant_id, target.id)
    flash(_("All of them are sent once more. What is taken leaves this list."))
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/letters/<uuid:letter_id>/drop")
def drop(letter_id: UUID) -> ResponseReturnValue:
    """Give a statement up for a target; it stays in our record."""
    with unit_of_work():
        letter = _letter(letter_id)
        _note("letter_dropped", letter.target, statement=letter.statement_id)
        service.drop(letter)
    flash(_("Given up."))
    return redirect(url_for(".show", target_id=letter.target_id), 303)


def _added(target: Target) -> ResponseReturnValue:
    flash(_("The target was added."))
    return redirect(url_for(".show", target_id=target.id), 303)


def _run(target: Target) -> None:
    service.resume(target)
    jobs.start(target)


def _place_of_secret(target_id: UUID) -> str:
    return f"webhook:{target_id}"


@contextmanager
def _noted(what: str, target_id: UUID) -> Iterator[Target]:
    """Give the target for a change; what becomes of it is noted with the change, or not at all."""
    with unit_of_work():
        target = queries.get(target_id)
        _note(what, target)  # first: of what is removed nothing can be told
        yield target


def _note(what: str, target: Target, **details: object) -> None:
    audit.record(
        f"lrs.forwarding_{what}", actor_id=actor().id, subject=target, name=target.name, **details
    )


def _letter(letter_id: UUID) -> DeadLetter:
    if (found := queries.find_letter(letter_id)) is None:
        raise NotFound
    return found
