"""What to look for in the audit log."""

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from edu.http.forms import Form, TextField, at_most
from edu.i18n import lazy


class FilterForm(Form):
    """Person, kind of act, day; all may stay empty."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    person = TextField(lazy("E-mail address of a person"), [Optional(), at_most(254)])
    action = SelectField(lazy("What was done"), validate_choice=False)
    day = DateField(lazy("Day"), [Optional()])
