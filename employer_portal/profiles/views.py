"""The learner's own page: what to show, to whom, and exactly how it looks to an employer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from courses.public import certificates_of
from edu.db import unit_of_work
from edu.errors import NotFound
from edu.http.forms import shown_in
from edu.http.session import actor
from edu.i18n import _
from employer_portal.profiles import queries, service
from employer_portal.profiles.forms import AgreeForm, ProfileForm, as_chosen
from employer_portal.profiles.models import Purpose

bp = Blueprint("profiles", __name__)


@bp.get("/jobs/profile")
def mine() -> ResponseReturnValue:
    """Everything about being found: who sees me, what they see, and how to stop it."""
    form = ProfileForm(formdata=None, data=as_chosen(queries.of(actor().id)))
    return _page(form)


@bp.post("/jobs/profile")
def save() -> ResponseReturnValue:
    """Keep what was chosen."""
    form = ProfileForm()
    form.offer(certificates_of(actor().id))
    if form.validate():
        with shown_in(form), unit_of_work():
            service.show(actor(), form.choice())
            flash(_("Saved. Look at it as an employer would."))
            return redirect(url_for(".preview"), 303)
    return _page(form), 422 if form.errors else 200


@bp.get("/jobs/profile/preview")
def preview() -> ResponseReturnValue:
    """Exactly what an employer sees."""
    profile = queries.of(actor().id)
    if profile is None:
        raise NotFound
    return render_template(
        "employer_portal/profiles/preview.html",
        shown=queries.showcase(profile),
        is_findable=queries.has_agreed(actor().id, Purpose.BE_FOUND),
    )


@bp.post("/jobs/profile/agree/<purpose>")
def agree(purpose: str) -> ResponseReturnValue:
    """Record a yes."""
    wanted = _purpose(purpose)
    form = AgreeForm()
    if not form.validate():
        profile = queries.of(actor().id)
        filled = ProfileForm(formdata=None, data=as_chosen(profile))
        return _page(filled, agreeing=form, purpose=wanted), 422
    with unit_of_work():
        service.agree(actor(), wanted)
    flash(_("Noted. You can take it back on this page at any time."))
    return redirect(url_for(".mine"), 303)


@bp.post("/jobs/profile/withdraw/<purpose>")
def withdraw(purpose: str) -> ResponseReturnValue:
    """Take a yes back."""
    with unit_of_work():
        service.withdraw(actor(), _purpose(purpose))
    flash(_("Taken back. Nobody sees it any more."))
    return redirect(url_for(".mine"), 303)


@bp.post("/jobs/profile/delete")
def delete() -> ResponseReturnValue:
    """Delete the whole profile."""
    with unit_of_work():
        service.delete(actor())
    flash(_("Deleted."))
    return redirect(url_for(".mine"), 303)


def _purpose(text: str) -> Purpose:
    if text not in set(Purpose):
        raise NotFound
    return Purpose(text)


def _page(
    form: ProfileForm, agreeing: AgreeForm | None = None, purpose: Purpose | None = None
) -> str:
    person = actor()
    form.offer(certificates_of(person.id))
    return render_template(
        "employer_portal/profiles/mine.html",
        form=form,
        agreeing=agreeing or AgreeForm(formdata=None),
        wrong=purpose,
        profile=queries.of(person.id),
        consents={one: queries.consent(person.id, one) for one in Purpose},
        texts=service.TEXTS,
        history=queries.history_of(person.id),
    )
