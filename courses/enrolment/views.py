"""Take a place in a class, give it back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from courses.catalogue import queries as catalogue
from courses.enrolment import queries, service
from edu.db import unit_of_work
from edu.http.session import actor
from edu.i18n import _, local

bp = Blueprint("enrolment", __name__)


@bp.post("/at/<place>/classes/<uuid:class_group_id>/enrolment")
def enrol(class_group_id: UUID) -> ResponseReturnValue:
    """Take a place."""
    with unit_of_work():
        enrolment = service.enrol(catalogue.get_for(actor(), class_group_id), actor())
    title = local(enrolment.class_group.module.title)
    flash(_("You now have a place in %(course)s.", course=title))
    return redirect(url_for("catalogue.show", class_group_id=class_group_id), 303)


@bp.post("/at/<place>/classes/<uuid:class_group_id>/enrolment/withdraw")
def withdraw(class_group_id: UUID) -> ResponseReturnValue:
    """Give one's own place back."""
    with unit_of_work():
        enrolment = queries.own(actor(), catalogue.get_for(actor(), class_group_id))
        service.withdraw(actor(), enrolment)
    flash(_("You have given your place back. What you did is kept, should you return."))
    return redirect(url_for("learning.mine"), 303)
