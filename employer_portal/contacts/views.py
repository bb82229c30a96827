"""Where employer and learner meet: the learner's answers, the employer's questions."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import inside, unit_of_work
from edu.errors import NotFound
from edu.http.session import actor
from edu.i18n import _
from edu.tenancy import queries as tenancy
from employer_portal.contacts import policy, queries, service
from employer_portal.contacts.forms import MessageForm, YesForm
from employer_portal.needs import queries as needs
from employer_portal.profiles import queries as profiles

bp = Blueprint("contacts", __name__)

# The learner ----------------------------------------------------------------------------------


@bp.get("/jobs/contacts")
def mine() -> ResponseReturnValue:
    """Employers I meet, and those who wait for my answer."""
    found = queries.of_person(actor().id)
    return render_template(
        "employer_portal/contacts/mine.html",
        contacts=found,
        employers=tenancy.named({contact.tenant_id for contact in found}),
        form=YesForm(formdata=None),
    )


@bp.post("/jobs/<uuid:need_id>/offer")
def offer(need_id: UUID) -> ResponseReturnValue:
    """Come forward for a job: this employer may see who I am."""
    form = YesForm()
    if not form.validate():
        flash(_("That was too long. Please say it in fewer words."), "error")
        return redirect(url_for("vacancies.show", need_id=need_id), 303)
    need = needs.get_for(actor(), need_id)
    with inside(need.tenant_id), unit_of_work():
        service.offer(actor(), need, message=form.message.data or "", may_keep=form.may_keep.data)
    flash(_("The employer now sees your name, how to reach you and what you show."))
    return redirect(url_for(".mine"), 303)


@bp.post("/jobs/contacts/<uuid:contact_id>/<answer>")
def answer(contact_id: UUID, answer: str) -> ResponseReturnValue:
    """Say yes or no, or take a yes back."""
    contact = queries.get_for(actor(), contact_id)
    with inside(contact.tenant_id), unit_of_work():
        if answer == "accept":
            service.accept(actor(), contact, may_keep="may_keep" in request.form)
        elif answer == "refuse":
            service.refuse(actor(), contact)
        elif answer == "withdraw":
            service.withdraw(actor(), contact)
        else:
            raise NotFound
    flash(_("Your answer is noted."))
    return redirect(url_for(".mine"), 303)


def waiting_notice(learner: Person) -> str:
    """On the start page: an employer asks to meet you."""
    count = queries.waiting_for(learner.id)
    return render_template("employer_portal/contacts/_waiting.html", count=count) if count else ""


# The employer ---------------------------------------------------------------------------------


@bp.post("/at/<place>/needs/<uuid:need_id>/candidates/<uuid:profile_id>/ask")
def ask(need_id: UUID, profile_id: UUID) -> ResponseReturnValue:
    """Ask to meet a candidate."""
    form = MessageForm()
    need = needs.own(actor(), need_id)
    profile = profiles.get_for(actor(), profile_id)
    with unit_of_work():
        message = (form.message.data or "") if form.validate() else ""
        service.ask(actor(), need, profile, message=message)
    flash(_("Asked. You see who it is as soon as the person says yes."))
    return redirect(url_for("matching.candidates", need_id=need.id), 303)


@bp.get("/at/<place>/contacts/<uuid:contact_id>")
def show(contact_id: UUID) -> ResponseReturnValue:
    """Who the person is, after their yes; each look is recorded."""
    contact = queries.get_for(actor(), contact_id)
    if not policy.can_see_person(actor(), contact):
        raise NotFound
    with unit_of_work():
        audit.record_look(contact.profile.person, actor_id=actor().id)
    return render_template(
        "employer_portal/contacts/show.html",
        contact=contact,
        person=contact.profile.person,
        shown=profiles.showcase(contact.profile),
    )


@bp.post("/at/<place>/contacts/<uuid:contact_id>/conclude")
def conclude(contact_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    with unit_of_work():
        contact = queries.get_for(actor(), contact_id)
        service.conclude(actor(), contact, hired=request.form.get("hired") == "yes")
    flash(_("Noted. Thank you for telling."))
    return redirect(url_for(".show", contact_id=contact_id), 303)
