"""Pages of accounts: sign-in with its second step, and everything about one's own account."""

from uuid import UUID

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from edu.accounts import queries, service
from edu.accounts.core import second_step
from edu.accounts.core.devices import recognise
from edu.accounts.forms import (
    CodeForm,
    ConfirmForm,
    PasswordForm,
    ProfileForm,
    SignInForm,
)
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import unit_of_work
from edu.errors import SignInRequired
from edu.http.addresses import onward
from edu.http.forms import shown_in
from edu.http.ratelimit import by_account, limiter, was_refused
from edu.http.session import (
    actor,
    forget,
    held,
    hold,
    public,
    remember,
    token,
    visitor,
)
from edu.i18n import _
from edu.settings import in_force

bp = Blueprint("accounts", __name__)

NEW_SECRET = "new_totp_secret"  # noqa: S105 - the name of a key in the session

# ASVS 6.3.1: failures in a quarter of an hour, for the account and for the address of the browser
PER_ACCOUNT = "10 per 15 minutes"
PER_ADDRESS = "100 per 15 minutes"


# Sign-in --------------------------------------------------------------------------------------


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; who is signed in goes on at once."""
    if visitor():
        return redirect(onward(), 303)
    return _sign_in_page(SignInForm())


@bp.post("/sign-in")
@public
@limiter.limit(PER_ACCOUNT, key_func=by_account, deduct_when=was_refused)
@limiter.limit(PER_ADDRESS, deduct_when=was_refused)
def check_password() -> ResponseReturnValue:
    """Check the password; then comes the second step, or the page that was asked for."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form), 422
    person = service.check_password(form.email.data, form.password.data)
    if person is None:
        with unit_of_work():
            audit.record(
                "account.sign_in_failed", actor_id=None, subject=queries.by_email(form.email.data)
            )
        form.password.errors = [_("The e-mail address and the password do not fit together.")]
        return _sign_in_page(form), 422
    return enter(person, onward())


def _sign_in_page(form: SignInForm) -> str:
    return render_template("edu/accounts/sign_in.html", form=form, onward=onward(), demo=_is_demo())


def enter(person: Person, address: str) -> Response:
    """Go on after the right password. Every way in passes here (ASVS 6.3.4).

    Nobody gets past an address not proved or a second step that is due.
    """
    if person.email_verified_at is None:
        hold(person.id, onward=address)
        return redirect(url_for("joining.waiting"), 303)
    if person.totp_secret:
        hold(person.id, onward=address)
        return redirect(url_for("accounts.ask_code"), 303)
    if person.is_staff and not _is_demo():
        hold(person.id, onward=address)
        return redirect(url_for("accounts.set_up_second_step"), 303)
    _begin_session(person)
    if person.is_staff:
        flash(_("This is a demo: staff sign in here without the second step."), "warning")
    return redirect(address, 303)


def _begin_session(person: Person) -> None:
    with unit_of_work():
        started = service.start_session(person, device=request.user_agent.string)
    remember(started)


def _is_demo() -> bool:
    return in_force().demo


@bp.get("/sign-in/code")
@public
def ask_code() -> ResponseReturnValue:
    """Ask for the code of the second step."""
    _who_owes_a_code()
    return render_template("edu/accounts/code.html", form=CodeForm())


@bp.post("/sign-in/code")
@public
@limiter.limit(PER_ACCOUNT, key_func=lambda: f"code:{_owes()}", deduct_when=was_refused)
@limiter.limit(PER_ADDRESS, deduct_when=was_refused)
def check_code() -> ResponseReturnValue:
    """Check the code and sign in."""
    person, address = _who_owes_a_code()
    form = CodeForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            service.pass_second_step(person, form.code.data)
    if form.errors:
        with unit_of_work():
            audit.record("account.code_refused", actor_id=person.id, subject=person)
        return render_template("edu/accounts/code.html", form=form), 422
    _begin_session(person)
    return redirect(address, 303)


def _owes() -> UUID | None:
    """Whose tries to count: never anything that the one who tries can vary."""
    half, person = held(), visitor()
    return person.id if person else half.person_id if half else None


def _who_owes_a_code() -> tuple[Person, str]:
    half = held()
    if half is None:
        raise SignInRequired
    person = queries.get(half.person_id)
    if not person.totp_secret or not person.is_active:
        raise SignInRequired
    return person, half.onward


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this device's session, and have the browser forget what it kept (ASVS 14.3.1)."""
    if ended := forget():
        with unit_of_work():
            service.end_session(ended)
    return _goodbye(url_for("home.show"))


def _goodbye(address: str) -> Response:
    answer = redirect(address, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


# The second step ------------------------------------------------------------------------------


@bp.get("/account/second-step")
@public
def set_up_second_step() -> ResponseReturnValue:
    """Show the state of the second step, or the QR code that turns it on."""
    person, _address = _who_sets_up()
    if person.totp_secret:
        return _second_step_state(actor(), ConfirmForm())
    return _second_step_page(person, CodeForm())


@bp.post("/account/second-step")
@public
@limiter.limit(PER_ACCOUNT, key_func=lambda: f"set-up:{_owes()}", deduct_when=was_refused)
def turn_on_second_step() -> ResponseReturnValue:
    """Turn the second step on once a code shows that the app works; show the codes for paper."""
    person, address = _who_sets_up()
    if person.totp_secret:
        return redirect(url_for(".set_up_second_step"), 303)
    form = CodeForm()
    codes: list[str] = []
    if form.validate():
        with shown_in(form), unit_of_work():
            secret = session.get(NEW_SECRET, "")
            codes = service.turn_on_second_step(person, secret, form.code.data)
            service.end_all_sessions(person)
    if form.errors:
        return _second_step_page(person, form), 422
    _begin_session(person)
    return render_template("edu/accounts/recovery_codes.html", codes=codes, onward=address)


@bp.post("/account/second-step/codes")
def renew_recovery_codes() -> ResponseReturnValue:
    """Make new codes for paper, shown once."""
    form = ConfirmForm()
    codes: list[str] = []
    if form.validate():
        with shown_in(form), unit_of_work():
            service.confirm_password(actor(), form.current.data)
            codes = service.renew_recovery_codes(actor())
    if form.errors:
        return _second_step_state(actor(), form), 422
    return render_template("edu/accounts/recovery_codes.html", codes=codes, onward=url_for(".show"))


@bp.post("/account/second-step/off")
def turn_off_second_step() -> ResponseReturnValue:
    """Turn it off; staff are asked to set it up again at their next sign-in."""
    form = ConfirmForm()
    if form.validate():
        with shown_in(form), unit_of_work():
            service.confirm_password(actor(), form.current.data)
            service.turn_off_second_step(actor())
    if form.errors:
        return _second_step_state(actor(), form), 422
    flash(_("The second step is off."))
    return redirect(url_for(".show"), 303)


def _who_sets_up() -> tuple[Person, str]:
    """Who is signed in, or staff who gave their password and have no second step yet."""
    if person := visitor():
        return person, url_for(".show")
    half = held()
    if half is None:
        raise SignInRequired
    person = queries.get(half.person_id)
    if person.totp_secret or not person.is_active or person.email_verified_at is None:
        raise SignInRequired  # a second step that exists is passed, never replaced
    return person, half.onward


def _second_step_page(person: Person, form: CodeForm) -> str:
    secret = session.setdefault(NEW_SECRET, second_step.new_secret())
    address = second_step.address_for_app(secret, account=person.email, issuer="Nghề Số")
    return render_template(
        "edu/accounts/second_step.html",
        form=form,
        picture=Markup(second_step.picture_of(address)),  # noqa: S704 - drawn from our own text
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        is_due=visitor() is None,
    )


def _second_step_state(person: Person, form: ConfirmForm) -> str:
    left = queries.recovery_codes_left(person)
    return render_template("edu/accounts/second_step_on.html", form=form, codes_left=left)


# One's own account ----------------------------------------------------------------------------


@bp.get("/account")
def show() -> ResponseReturnValue:
    """Show one's account, with ways to everything about it."""
    return render_template("edu/accounts/show.html", form=ProfileForm(obj=actor()))


@bp.post("/account")
def change() -> ResponseReturnValue:
    """Change what a person may say of themselves."""
    form = ProfileForm()
    if not form.validate():
        return render_template("edu/accounts/show.html", form=form), 422
    with unit_of_work():
        service.change_profile(
            actor(),
            name=form.name.data,
            phone=form.phone.data or "",
            birth_date=form.birth_date.data,
            locale=form.locale.data,
        )
    flash(_("Saved."))
    answer = redirect(url_for(".show"), 303)
    answer.delete_cookie("lang")  # the account's language counts from now on
    return answer


@bp.get("/account/password")
def ask_new_password() -> ResponseReturnValue:
    """Ask for the old and the new password."""
    return render_template("edu/accounts/password.html", form=PasswordForm())


@bp.post("/account/password")
@limiter.limit(PER_ACCOUNT, key_func=lambda: f"password:{actor().id}", deduct_when=was_refused)
def change_password() -> ResponseReturnValue:
    """Change the password; other devices are signed out, this one goes on under a new session."""
    form = PasswordForm()
    person = actor()
    if form.validate():
        with shown_in(form), unit_of_work():
            service.confirm_password(person, form.current.data)
            service.set_password(person, form.password.data)
    if form.errors:
        return render_template("edu/accounts/password.html", form=form), 422
    _begin_session(person)
    flash(_("Your password is changed. Your other devices are signed out."))
    return redirect(url_for(".show"), 303)


@bp.get("/account/devices")
def devices() -> ResponseReturnValue:
    """List where one is signed in."""
    held_token = token()
    return render_template(
        "edu/accounts/devices.html",
        devices=[(d, recognise(d.device)) for d in queries.devices_of(actor())],
        this_device=queries.digest(held_token) if held_token else b"",
    )


@bp.post("/account/devices/<uuid:sign_in_id>/end")
def end_device(sign_in_id: UUID) -> ResponseReturnValue:
    """Sign one device out."""
    with unit_of_work():
        service.end_device(actor(), sign_in_id)
    flash(_("That device is signed out."))
    return redirect(url_for(".devices"), 303)


@bp.post("/account/devices/end-all")
def end_all_devices() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    with unit_of_work():
        service.end_all_sessions(actor())
    forget()
    flash(_("You are signed out on all your devices."))
    return _goodbye(url_for(".sign_in"))
