"""What managers type about the record."""

from typing import Any

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import Text, lazy
from edu.lrs.keys.models import Scope

SCOPES: dict[Scope, Text] = {
    Scope.WRITE: lazy("Store statements"),
    Scope.READ_MINE: lazy("Read the statements it stored itself"),
    Scope.READ: lazy("Read all statements"),
    Scope.STATE: lazy("Keep and read states, such as bookmarks"),
    Scope.PROFILE: lazy("Keep and read profiles"),
    Scope.DEFINE: lazy("Say what activities are called"),
    Scope.ALL_READ: lazy("Read everything"),
    Scope.ALL: lazy("Do everything"),
}


class KeyForm(Form):
    """A key for a tool."""

    name = TextField(
        lazy("Tool"),
        [required(), at_most(100)],
        description=lazy("What will use the key, so that you know it again: “Moodle”."),
    )
    scopes = SelectMultipleField(
        lazy("It may"), [required()], default=[str(Scope.WRITE), str(Scope.STATE)]
    )
    days = SelectField(
        lazy("It ends after"),
        coerce=int,
        choices=[
            option(0, lazy("never")),
            option(30, lazy("30 days")),
            option(90, lazy("90 days")),
            option(365, lazy("one year")),
        ],
    )

    def __init__(self, **kwargs: Any) -> None:  # Any: WTForms' own keywords
        super().__init__(**kwargs)
        self.scopes.choices = [option(str(scope), label) for scope, label in SCOPES.items()]


class FilterForm(Form):
    """Person, verb, activity and days; all may stay empty."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    person = TextField(lazy("E-mail address of a person"), [Optional(), at_most(254)])
    verb = TextField(
        lazy("Verb"), [Optional(), at_most(1000)], description=lazy("Its whole address (IRI).")
    )
    activity = TextField(
        lazy("Activity"), [Optional(), at_most(1000)], description=lazy("Its whole address (IRI).")
    )
    first_day = DateField(lazy("From"), [Optional()])
    last_day = DateField(lazy("To"), [Optional()])
