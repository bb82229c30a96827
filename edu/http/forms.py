"""Forms: what a person types, and where a broken rule is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Regexp

from edu.errors import DomainError
from edu.i18n import Text, lazy

LONGEST_EMAIL = 254  # RFC 5321 §4.5.3.1.3, less the brackets

# control characters but tab and line ends (PostgreSQL takes no NUL), and those that turn the
# direction of writing, with which a name can look like another (Unicode TR 36, 2.10.2)
_NO_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


# what WTForms says of an answer that does not fit its field, and what we say
_WORDS = {
    "Not a valid choice.": lazy("Please choose one of those offered."),
    "Invalid Choice: could not coerce.": lazy("Please choose one of those offered."),
    "'%(value)s' is not a valid choice for this field.": lazy("Please choose among those offered."),
    "Invalid choice(s): one or more data inputs could not be coerced.": lazy(
        "Please choose among those offered."
    ),
    "Not a valid date value.": lazy("Please give a day that exists."),
    "Not a valid integer value.": lazy("Please give a whole number."),
    "Not a valid decimal value.": lazy("Please give a number."),
}


class _OurWords:
    """WTForms' own messages, in our words: it speaks no Vietnamese."""

    def gettext(self, text: str) -> str:
        return str(_WORDS.get(text, text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(_WORDS.get(one, one if number == 1 else many))


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """The root of every form: CSRF token, the request's values, WTForms' fields."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How WTForms finds its words and what was sent."""

        def get_translations(self, _form: FlaskForm) -> _OurWords:
            """Answer in our words."""
            return _OurWords()

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read what was sent, without what is no letter (Any: as WTForms has it)."""
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            return MultiDict((name, _readable(value)) for name, value in sent.items(multi=True))


class TextField(StringField):
    """One line of text. After `required()` and validation its data is a text, as its type says."""

    data: str


class SecretField(PasswordField):
    """A password; like TextField."""

    data: str


def option(value: object, label: Text = "") -> Any:
    """Offer one choice of a SelectField (Any: the published types do not know SelectChoice)."""
    return SelectChoice(value, label or str(value))


def required() -> InputRequired:
    """Ask for an answer, in our words."""
    return InputRequired(lazy("Please fill this in."))


def at_most(letters: int) -> Length:
    """Limit a text, in our words."""
    return Length(
        max=letters, message=lazy("At most %(letters)s characters, please.", letters=letters)
    )


def email_field(label: Text) -> TextField:
    """Make a field for an e-mail address that phones complete and password managers know."""
    return TextField(
        cast("str", label),  # WTForms keeps it lazy; its types do not know that
        [
            required(),
            at_most(LONGEST_EMAIL),
            # the proof of an address is the mail that arrives; this only catches slips of the hand
            Regexp(
                r"\s*[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+\s*$",
                message=lazy("This does not look like an e-mail address: name@example.vn."),
            ),
        ],
        render_kw={"type": "email", "autocomplete": "username", "inputmode": "email"},
    )


def _readable(value: object) -> object:
    return _NO_LETTERS.sub("", value) if isinstance(value, str) else value


@contextmanager
def shown_in(form: Form) -> Iterator[None]:
    """Show a broken rule at the fields it names instead of on an error page.

    A rule that names no field of this form goes on to the error page as always.
    """
    try:
        yield
    except DomainError as broken:
        named = {name: text for name, text in broken.fields.items() if name in form}
        if not named:
            raise
        for name, text in named.items():
            form[name].errors = [*form[name].errors, str(text)]
