"""What people type about their own account."""

from typing import cast

from wtforms import (
    DateField,
    SelectField,
    TelField,
)
from wtforms.validators import Optional, ValidationError

from edu.accounts.core.passwords import LONGEST, SHORTEST
from edu.db import today
from edu.http.forms import LONGEST_EMAIL, Form, SecretField, TextField, at_most, option, required
from edu.i18n import LANGUAGES, Text, lazy

NAME_LENGTH = 200
PHONE_LENGTH = 20
OLDEST = 120  # years


class SignInForm(Form):
    """Address and password."""

    email = TextField(
        lazy("E-mail address"),
        [required(), at_most(LONGEST_EMAIL)],
        render_kw={"type": "email", "autocomplete": "username", "inputmode": "email"},
    )
    password = SecretField(
        lazy("Password"), [required()], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(Form):
    """A code of the second step."""

    code = TextField(
        lazy("Code"),
        [required(), at_most(40)],
        description=lazy("Six digits from your app, or one of your codes on paper."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none"},
    )


class ConfirmForm(Form):
    """The current password, asked for again before something important."""

    current = SecretField(
        lazy("Current password"), [required()], render_kw={"autocomplete": "current-password"}
    )


def new_password_field(label: Text) -> SecretField:
    """Make a field for a new password; the rules are the service's."""
    return SecretField(
        cast("str", label),
        [required()],
        description=lazy(
            "At least %(shortest)s characters. Several words in a row are good and easy to keep.",
            shortest=SHORTEST,
        ),
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )


class PasswordForm(ConfirmForm):
    """A new password for an account that has one."""

    password = new_password_field(lazy("New password"))


class ProfileForm(Form):
    """What a person may say of themselves."""

    name = TextField(
        lazy("Full name"),
        [required(), at_most(NAME_LENGTH)],
        description=lazy("As on your identity card: it is printed on certificates."),
        render_kw={"autocomplete": "name"},
    )
    phone = TelField(
        lazy("Telephone"),
        [Optional(), at_most(PHONE_LENGTH)],
        render_kw={"autocomplete": "tel"},
    )
    birth_date = DateField(lazy("Date of birth"), [Optional()], render_kw={"autocomplete": "bday"})
    locale = SelectField(
        lazy("Language"),
        choices=[option(code, {"vi": "Tiếng Việt", "en": "English"}[code]) for code in LANGUAGES],
        description=lazy("For our pages, and for the mail we send you."),
    )

    def validate_birth_date(self, field: DateField) -> None:
        """Refuse days that nobody now alive was born on."""
        day = today()
        if field.data and not (day.year - OLDEST < field.data.year and field.data <= day):
            raise ValidationError(lazy("Please check the year."))
