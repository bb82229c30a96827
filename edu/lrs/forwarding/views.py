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
from edu.http.session import actor
from edu.i18n import _
from edu.jobs import enqueue_once
from edu.lrs.console import policy
from edu.lrs.core.version import Version
from edu.lrs.forwarding import jobs, queries, service
from edu.lrs.forwarding.forms import LrsForm, WebhookForm
from edu.lrs.forwarding.models import DeadLetter, Target
from edu.lrs.forwarding.sending import Sender, TestFailed

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
    """Send statements on to another LRS."""
    form = LrsForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            target = service.add_lrs(
                form.wishes(),
                username=form.username.data,
                secret=form.secret.data,
                version=Version(form.version.data),
            )
            _begin(target)
            return redirect(url_for(".show", target_id=target.id), 303)
    return render_template("edu/lrs/new_target.html", form=form, is_lrs=True), 422


@bp.get("/at/<place>/lrs/forwarding/webhook")
def ask_webhook() -> ResponseReturnValue:
    """Ask which program to tell."""
    return render_template("edu/lrs/new_target.html", form=WebhookForm(), is_lrs=False)


@bp.post("/at/<place>/lrs/forwarding/webhook")
def add_webhook() -> ResponseReturnValue:
    """Tell a program of each statement; this answer alone shows the secret."""
    form = WebhookForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            made = service.add_webhook(form.wishes())
            _begin(made.target)
            return _page(made.target, secret=made.secret)
    return render_template("edu/lrs/new_target.html", form=form, is_lrs=False), 422


@bp.get("/at/<place>/lrs/forwarding/<uuid:target_id>")
def show(target_id: UUID) -> ResponseReturnValue:
    """Show one target and what it did not take."""
    return _page(queries.get(target_id))


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/test")
def test(target_id: UUID) -> ResponseReturnValue:
    """Try whether it listens, without sending anybody's data."""
    sender = Sender.to(queries.get(target_id))
    try:
        sender.test()
    except TestFailed as failed:  # not a mistake of ours: tell it where the button was
        flash(failed.message, "error")
    else:
        flash(_("It answers, and takes the key."))
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/pause")
def pause(target_id: UUID) -> ResponseReturnValue:
    """Send nothing for now."""
    with _noted("paused", target_id) as target:
        service.pause(target)
    return redirect(url_for(".show", target_id=target_id), 303)


@bp.post("/at/<place>/lrs/forwarding/<uuid:target_id>/resume")
def resume(target_id: UUID) -> ResponseReturnValue:
    """Go on now."""
    with _noted("resumed", target_id) as target:
        service.resume(target)
        jobs.start(target)
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
    return redirect(url_for(".show", target_id=letter.target_id), 303)


def _begin(target: Target) -> None:
    jobs.start(target)
    _note("started", target, url=target.url)


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


def _page(target: Target, *, secret: str = "") -> str:
    return render_template(
        "edu/lrs/target.html",
        target=target,
        secret=secret,
        lag=queries.lag(target),
        letters=queries.dead_letters(target, limit=LETTERS),
        dead=queries.dead_count(target),
        counted=queries.COUNTED,
    )
