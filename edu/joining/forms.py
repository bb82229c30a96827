"""What people type on their way in."""

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from edu.accounts.forms import NAME_LENGTH, ConfirmForm, new_password_field
from edu.accounts.models import Role
from edu.http.forms import Form, SecretField, TextField, at_most, email_field, required
from edu.i18n import lazy


class InvitedForm(Form):
    """Name and password of somebody whose address is known by the invitation."""

    name = TextField(
        lazy("Full name"),
        [required(), at_most(NAME_LENGTH)],
        description=lazy("As on your identity card: it is printed on certificates."),
        render_kw={"autocomplete": "name"},
    )
    password = new_password_field(lazy("Password"))


class JoinForm(InvitedForm):
    """A new account."""

    email = email_field(lazy("E-mail address"))
    birth_date = DateField(
        lazy("Date of birth"),
        [Optional()],
        description=lazy("If you are under 18, the law asks us to take special care."),
        render_kw={"autocomplete": "bday"},
    )


class AddressForm(Form):
    """The address of an account."""

    email = email_field(lazy("E-mail address"))


class NewAddressForm(ConfirmForm):
    """Another address for one's account."""

    email = email_field(lazy("New e-mail address"))


class ProveForm(Form):
    """The password, typed by the reader of the mail."""

    current = SecretField(
        lazy("Your password"),
        [required()],
        description=lazy("The one you chose when you opened the account."),
        render_kw={"autocomplete": "current-password"},
    )


class ResetForm(Form):
    """A new password for somebody who lost theirs."""

    password = new_password_field(lazy("New password"))


class InviteForm(Form):
    """Whom a manager invites, as what."""

    email = email_field(lazy("E-mail address"))
    role = SelectField(lazy("Role"), coerce=Role)
