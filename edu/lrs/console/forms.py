"""What managers type about the record."""

from collections.abc import Collection

from wtforms import SelectField, SelectMultipleField

from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import Text, lazy
from edu.lrs.forms import Filters
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


USUAL = (Scope.WRITE, Scope.STATE)


class KeyForm(Form):
    """A key for a tool."""

    name = TextField(
        lazy("Tool"),
        [required(), at_most(100)],
        description=lazy("What will use the key, so that you know it again: “Moodle”."),
    )
    scopes = SelectMultipleField(lazy("It may"), [required()])
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

    def __init__(self, grantable: Collection[Scope]) -> None:
        """Offer what its maker may grant; tick what most tools need of that."""
        offered = {scope: label for scope, label in SCOPES.items() if scope in grantable}
        usual = [str(scope) for scope in USUAL if scope in offered]
        super().__init__(data={"scopes": usual})
        self.scopes.choices = [option(str(scope), label) for scope, label in offered.items()]


class FilterForm(Filters):
    """Which statements to show."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False
