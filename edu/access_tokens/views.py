"""Pages of access tokens: keys for programs that act for a person."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from edu.access_tokens.forms import AccessTokenForm
from edu.accounts import queries, service
from edu.db import unit_of_work, utcnow
from edu.http.session import actor
from edu.i18n import _

bp = Blueprint("access_tokens", __name__)


@bp.get("/account/tokens")
def show() -> ResponseReturnValue:
    """List one's keys for machines."""
    return _page(AccessTokenForm())


@bp.post("/account/tokens")
def create() -> ResponseReturnValue:
    """Make a key; this answer alone shows it."""
    form = AccessTokenForm()
    if not form.validate():
        return _page(form), 422
    with unit_of_work():
        made = service.create_access_token(
            actor(),
            name=form.name.data,
            scopes=form.scopes.data or [],
            expires_at=utcnow() + timedelta(days=form.days.data),
        )
    return _page(AccessTokenForm(formdata=None), made)


@bp.post("/account/tokens/<uuid:token_id>/revoke")
def revoke(token_id: UUID) -> ResponseReturnValue:
    """Make a key worthless."""
    with unit_of_work():
        service.revoke_access_token(actor(), token_id)
    flash(_("The access token is revoked."))
    return redirect(url_for(".show"), 303)


def _page(form: AccessTokenForm, made: str = "") -> str:
    return render_template(
        "edu/access_tokens/show.html",
        form=form,
        made=made,
        tokens=queries.access_tokens_of(actor()),
        now=utcnow(),
    )
