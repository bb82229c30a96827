"""Share a lesson with every college; take one from the open repository."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from courses.authoring import policy
from courses.authoring import queries as authoring
from courses.authoring.models import Unit
from courses.sharing import service
from courses.sharing.forms import MEANINGS, OfferForm, ReuseForm, offer_licences, offer_modules
from edu.db import unit_of_work
from edu.http.forms import shown_in
from edu.http.session import actor, visitor
from edu.i18n import _
from edu.tenancy.models import OrganisationKind
from oer_repository.public import Card, card, get

bp = Blueprint("sharing", __name__)


@bp.get("/at/<place>/units/<uuid:unit_id>/share")
def offer(unit_id: UUID) -> ResponseReturnValue:
    """Say what sharing means, and ask for the licence."""
    unit = authoring.unit_for(actor(), unit_id)
    form = OfferForm(formdata=None, data={"authors": ", ".join(service.authors_of(unit))})
    return _offer_page(unit, offer_licences(form, service.licences_for(unit)))


@bp.post("/at/<place>/units/<uuid:unit_id>/share")
def share(unit_id: UUID) -> ResponseReturnValue:
    """Put the lesson into the open repository."""
    unit = authoring.unit_for(actor(), unit_id)
    form = offer_licences(OfferForm(), service.licences_for(unit))
    if form.validate_on_submit():
        with shown_in(form), unit_of_work():
            resource_id = service.share_unit(actor(), unit, form.offer())
    if form.errors:
        return _offer_page(unit, form), 422
    flash(_("Shared. Every college can find and use it now. Thank you."))
    return redirect(url_for("discovery.show", resource_id=resource_id), 303)


def _offer_page(unit: Unit, form: OfferForm) -> str:
    return render_template(
        "courses/sharing/offer.html",
        unit=unit,
        form=form,
        meanings={licence.value: text for licence, text in MEANINGS.items()},
    )


@bp.get("/at/<place>/resources/<uuid:resource_id>/use")
def choose(resource_id: UUID) -> ResponseReturnValue:
    """Ask into which module a resource goes."""
    return _choose_page(resource_id, ReuseForm())


@bp.post("/at/<place>/resources/<uuid:resource_id>/use")
def use(resource_id: UUID) -> ResponseReturnValue:
    """Take a resource into a module, as a draft to adapt."""
    form = offer_modules(ReuseForm(), authoring.desk_of(actor()))
    if not form.validate_on_submit():
        return _choose_page(resource_id, form), 422
    with unit_of_work():
        module = authoring.module_for(actor(), UUID(form.module.data))
        unit = service.reuse(actor(), module, resource_id)
    flash(_("The lesson is a draft of yours now. Whose work it is stands below it already."))
    return redirect(url_for("authoring.edit", unit_id=unit.id), 303)


def _choose_page(resource_id: UUID, form: ReuseForm) -> str:
    return render_template(
        "courses/sharing/choose.html",
        form=offer_modules(form, authoring.desk_of(actor())),
        card=card(get(resource_id)),
    )


def resource_actions(card: Card) -> str:
    """Fill the slot `resource.actions`: the way of a resource into the reader's own modules."""
    reader = visitor()
    colleges = {
        held.organisation.id: held.organisation
        for held in (reader.memberships if reader else ())
        if held.is_current
        and held.role in policy.WRITERS
        and held.organisation.kind == OrganisationKind.COLLEGE
    }
    if not colleges:
        return ""
    return render_template(
        "courses/sharing/_actions.html", card=card, colleges=list(colleges.values())
    )
