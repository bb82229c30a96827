"""Pages on the way into an account."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from edu.accounts import queries as accounts
from edu.accounts import service as accounts_service
from edu.accounts.models import TokenPurpose
from edu.accounts.views import PER_ACCOUNT, PER_ADDRESS, enter
from edu.db import unit_of_work
from edu.http.forms import shown_in
from edu.http.ratelimit import by_account, limiter, was_refused
from edu.http.session import actor, held, public, visitor
from edu.i18n import _, local, locale
from edu.joining import service
from edu.joining.forms import (
    AddressForm,
    InvitedForm,
    JoinForm,
    NewAddressForm,
    ProveForm,
    ResetForm,
)
from edu.joining.service import Newcomer

bp = Blueprint("joining", __name__)

# Letters to one address, and from one browser's address (a computer room shares one)
LETTERS_TO_ONE = "5 per hour"
LETTERS_FROM_ONE = "100 per hour"


# Joining --------------------------------------------------------------------------------------


@bp.get("/join")
@public
def ask() -> ResponseReturnValue:
    """Show the form that opens an account."""
    if visitor():
        return redirect(url_for("home.show"), 303)
    return render_template("edu/joining/join.html", form=JoinForm())


@bp.post("/join")
@public
@limiter.limit(LETTERS_TO_ONE, key_func=by_account)
@limiter.limit(LETTERS_FROM_ONE)
def join() -> ResponseReturnValue:
    """Open an account; a letter asks to prove the address."""
    form = JoinForm()
    if form.validate():
        newcomer = Newcomer(
            name=form.name.data,
            email=form.email.data,
            password=form.password.data,
            birth_date=form.birth_date.data,
            locale=locale(),
        )
        with shown_in(form), unit_of_work():
            service.join(newcomer)
    if form.errors:
        return render_template("edu/joining/join.html", form=form), 422
    return redirect(url_for(".waiting"), 303)


@bp.get("/join/sent")
@public
def waiting() -> ResponseReturnValue:
    """Say that a letter is on its way; offer another to who gave the right password."""
    return render_template("edu/joining/waiting.html", may_ask_again=held() is not None)


@bp.post("/join/again")
@public
@limiter.limit(LETTERS_TO_ONE, key_func=lambda: f"again:{_held_id()}")
def send_again() -> ResponseReturnValue:
    """Send the letter again."""
    if (half := held()) and (person := accounts.get(half.person_id)).email_verified_at is None:
        with unit_of_work():
            service.send_link(person, TokenPurpose.VERIFY_EMAIL)
    flash(_("We sent the letter again."))
    return redirect(url_for(".waiting"), 303)


def _held_id() -> str:
    half = held()
    return str(half.person_id) if half else ""


@bp.get("/confirm/<token>")
@public
def ask_proof(token: str) -> ResponseReturnValue:
    """Open the link of the letter; nothing is used up by looking, as mail scanners do."""
    service.check_link(token, TokenPurpose.VERIFY_EMAIL)
    return render_template("edu/joining/prove.html", form=ProveForm(), token=token)


@bp.post("/confirm/<token>")
@public
@limiter.limit(PER_ADDRESS, deduct_when=was_refused)
@limiter.limit(PER_ACCOUNT, key_func=lambda: f"prove:{request.view_args}", deduct_when=was_refused)
def prove(token: str) -> ResponseReturnValue:
    """Prove the address and sign in, a second step included."""
    form = ProveForm()
    person = None
    if form.validate():
        with shown_in(form), unit_of_work():
            person = service.prove_address(token, form.current.data)
    if person is None:
        return render_template("edu/joining/prove.html", form=form, token=token), 422
    flash(_("Your e-mail address is confirmed."))
    return enter(person, url_for("home.show"))


# A forgotten password -------------------------------------------------------------------------


@bp.get("/forgot-password")
@public
def ask_reset() -> ResponseReturnValue:
    """Ask for the address of the account."""
    return render_template("edu/joining/forgot.html", form=AddressForm())


@bp.post("/forgot-password")
@public
@limiter.limit(LETTERS_TO_ONE, key_func=by_account)
@limiter.limit(LETTERS_FROM_ONE)
def send_reset() -> ResponseReturnValue:
    """Send a letter if there is an account; say the same in either case."""
    form = AddressForm()
    if not form.validate():
        return render_template("edu/joining/forgot.html", form=form), 422
    with unit_of_work():
        service.ask_reset(form.email.data)
    return redirect(url_for(".waiting"), 303)


@bp.get("/reset-password/<token>")
@public
def ask_new_password(token: str) -> ResponseReturnValue:
    """Ask for a new password."""
    service.check_link(token, TokenPurpose.RESET_PASSWORD)
    return render_template("edu/joining/reset.html", form=ResetForm(), token=token)


@bp.post("/reset-password/<token>")
@public
@limiter.limit(LETTERS_FROM_ONE)
def reset(token: str) -> ResponseReturnValue:
    """Set the new password; then sign in as always, a second step included."""
    form = ResetForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            service.reset_password(token, form.password.data)
    if form.errors:
        return render_template("edu/joining/reset.html", form=form, token=token), 422
    session.clear()
    flash(_("Your new password is set. All devices are signed out; please sign in."))
    return redirect(url_for("accounts.sign_in"), 303)


# Another address ------------------------------------------------------------------------------


@bp.get("/account/email")
def ask_email() -> ResponseReturnValue:
    """Ask for a new e-mail address."""
    return render_template("edu/joining/email.html", form=NewAddressForm())


@bp.post("/account/email")
@limiter.limit(LETTERS_TO_ONE, key_func=lambda: f"email:{actor().id}")
def change_email() -> ResponseReturnValue:
    """Send a link to the new address."""
    form = NewAddressForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            accounts_service.confirm_password(actor(), form.current.data)
            service.change_address(actor(), form.email.data)
    if form.errors:
        return render_template("edu/joining/email.html", form=form), 422
    flash(_("We sent a letter to the new address. Open the link in it within an hour."))
    return redirect(url_for("accounts.show"), 303)


# Invitations ----------------------------------------------------------------------------------


@bp.get("/at/<place>/invitation/<token>")
@public
def show_invitation(token: str) -> ResponseReturnValue:
    """Show to what one is invited, and the way to accept for this reader."""
    return _invitation_page(token, InvitedForm())


@bp.post("/at/<place>/invitation/<token>")
@public
@limiter.limit(LETTERS_FROM_ONE)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Take up the role, as who is signed in or with a new account."""
    if person := visitor():
        with unit_of_work():
            service.accept(token, g.place, person=person)
        flash(_("Welcome to %(place)s.", place=local(g.place.name)))
        return redirect(url_for("accounts.sign_in", next=url_for("tenancy.show")), 303)
    form = InvitedForm()
    if form.validate():
        newcomer = Newcomer(
            name=form.name.data, email="", password=form.password.data, locale=locale()
        )
        with shown_in(form), unit_of_work():
            person = service.accept_as_newcomer(token, g.place, newcomer)
    if person is None:
        return _invitation_page(token, form), 422
    return enter(person, url_for("tenancy.show"))


def _invitation_page(token: str, form: InvitedForm) -> str:
    invitation = service.find_invitation(token)
    return render_template(
        "edu/joining/invitation.html",
        form=form,
        token=token,
        invitation=invitation,
        has_account=accounts.by_email(invitation.email) is not None,
    )
