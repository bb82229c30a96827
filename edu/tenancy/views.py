"""Every address `/at/CODE/…` is inside the organisation CODE; its own pages live here."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.accounts.models import Membership, Person, Role
from edu.audit import service as audit
from edu.db import enter, unit_of_work
from edu.errors import Forbidden
from edu.http.paging import page_by
from edu.http.session import actor, public, visitor
from edu.i18n import _
from edu.joining import queries as joining
from edu.joining import service as joining_service
from edu.joining.forms import InviteForm
from edu.lrs.console.policy import can_read_all
from edu.tenancy import policy, queries, service
from edu.tenancy.forms import RoleForm, offer_roles

bp = Blueprint("tenancy", __name__)


@bp.get("/at/<place>/")
@public
def show() -> ResponseReturnValue:
    """The front page of an organisation: what it is, and for its staff the way in."""
    who = visitor()
    works_here = who is not None and g.place in accounts.places_of(who)
    return render_template("edu/tenancy/show.html", works_here=works_here)


# People ---------------------------------------------------------------------------------------


@bp.get("/at/<place>/people")
def people() -> ResponseReturnValue:
    """List who belongs to the organisation."""
    return _people_page(InviteForm(formdata=None))


@bp.post("/at/<place>/people")
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    _managers_only()
    form = InviteForm()
    offer_roles(form, actor(), g.place)
    if not form.validate():
        return _people_page(form), 422
    with unit_of_work():
        service.check_may_give(actor(), form.role.data, g.place)
        joining_service.invite(form.email.data, form.role.data, actor=actor())
    flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
    return redirect(url_for(".people"), 303)


@bp.post("/at/<place>/invitations/<uuid:invitation_id>/take-back")
def take_back(invitation_id: UUID) -> ResponseReturnValue:
    """Make an invitation worthless."""
    _managers_only()
    with unit_of_work():
        joining_service.take_back(joining.get_invitation(invitation_id), actor=actor())
    flash(_("The invitation is taken back."))
    return redirect(url_for(".people"), 303)


@bp.get("/at/<place>/people/<uuid:person_id>")
def person(person_id: UUID) -> ResponseReturnValue:
    """Show what the organisation knows of one person; each look is recorded."""
    _managers_only()
    found = queries.person_here(actor(), person_id)
    with unit_of_work():
        audit.record_look(found, actor_id=actor().id)
    return _person_page(found, RoleForm(formdata=None))


@bp.post("/at/<place>/people/<uuid:person_id>/roles")
def give_role(person_id: UUID) -> ResponseReturnValue:
    """Give a further role."""
    _managers_only()
    found = queries.person_here(actor(), person_id)
    form = RoleForm()
    offer_roles(form, actor(), g.place)
    if not form.validate():
        return _person_page(found, form), 422
    with unit_of_work():
        service.give_role(found, form.role.data, g.place, actor=actor())
    flash(_("Saved."))
    return redirect(url_for(".person", person_id=found.id), 303)


@bp.post("/at/<place>/people/<uuid:person_id>/roles/<uuid:membership_id>/end")
def end_role(person_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """End a role."""
    _managers_only()
    with unit_of_work():
        service.end_role(queries.role_here(actor(), person_id, membership_id), actor=actor())
    flash(_("The role has ended."))
    return redirect(url_for(".person", person_id=person_id), 303)


def _managers_only() -> None:
    if not policy.can_manage_people(actor()):
        raise Forbidden


def _people_page(form: InviteForm) -> str:
    _managers_only()
    offer_roles(form, actor(), g.place)
    name = request.args.get("q", "")
    role = request.args.get("role", "")
    roles = policy.ROLES_OF[g.place.kind]
    wanted = Role(role) if role in {r.value for r in roles} else None
    found = page_by(queries.people(actor(), name=name, role=wanted), Person.name_key, Person.id)
    return render_template(
        "edu/tenancy/people.html",
        form=form,
        found=found,
        invitations=joining.open_invitations(),
        name=name,
        role=wanted,
        roles=roles,
    )


def _person_page(found: Person, form: RoleForm) -> str:
    offer_roles(form, actor(), g.place)
    held: list[Membership] = list(queries.roles_here(actor(), found))
    record = url_for("lrs.show_statements", person=found.email) if can_read_all(actor()) else None
    return render_template(
        "edu/tenancy/person.html", form=form, person=found, held=held, record_url=record
    )


# Every request --------------------------------------------------------------------------------


def init_app(app: Flask) -> None:
    """Enter the organisation named in the address, before anything else looks at the request."""

    @app.url_value_preprocessor
    def _enter(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "place" in values:
            g.place = queries.by_code(values.pop("place"))
            enter(g.place.id)

    @app.url_defaults
    def _stay(endpoint: str, values: dict[str, Any]) -> None:
        if "place" in values or "place" not in g:
            return
        if app.url_map.is_endpoint_expecting(endpoint, "place"):
            values["place"] = g.place.code

    @app.context_processor
    def _place() -> dict[str, object]:
        """`place`: where we are; `places`: where the reader works, for switching."""
        if not request:
            return {"place": None, "places": []}
        who = visitor()
        return {"place": g.get("place"), "places": accounts.places_of(who) if who else []}
