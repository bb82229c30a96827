"""What a person says who makes an access token."""

from typing import Any

from wtforms import SelectField, SelectMultipleField

from edu.http.forms import Form, TextField, at_most, option, required
from edu.http.session import SCOPES
from edu.i18n import lazy


class AccessTokenForm(Form):
    """A key for a machine."""

    name = TextField(
        lazy("Name"),
        [required(), at_most(100)],
        description=lazy("What will use it, so that you know it again: “Timetable export”."),
    )
    scopes = SelectMultipleField(lazy("It may"), [required()])
    days = SelectField(
        lazy("It ends after"),
        coerce=int,
        choices=[
            option(30, lazy("30 days")),
            option(90, lazy("90 days")),
            option(365, lazy("one year")),
        ],
    )

    def __init__(self, **kwargs: Any) -> None:  # Any: WTForms' own keywords
        super().__init__(**kwargs)
        self.scopes.choices = [option(name, str(label)) for name, label in SCOPES.items()]
