"""What managers say about people in the record."""

from typing import Any

from wtforms import SelectField, ValidationError

from edu.errors import DomainError
from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import lazy
from edu.lrs.agents import agent_named
from edu.lrs.privacy.models import ForgetMode

MODES = {
    ForgetMode.PSEUDONYMISE: lazy("Keep what was done, without the person"),
    ForgetMode.DELETE: lazy("Delete what the person did"),
}

_HINT = lazy("E-mail address, or how tools name the person: HOMEPAGE NAME.")


def _names_somebody(_form: Form, field: TextField) -> None:
    try:
        agent_named(field.data)
    except DomainError as refused:
        raise ValidationError(refused.message) from None


class ForgetForm(Form):
    """Whom to forget, and how."""

    person = TextField(
        lazy("Person"), [required(), at_most(1000), _names_somebody], description=_HINT
    )
    mode = SelectField(lazy("What becomes of the statements"))

    def __init__(self, **kwargs: Any) -> None:  # Any: WTForms' own keywords
        super().__init__(**kwargs)
        self.mode.choices = [option(mode.value, label) for mode, label in MODES.items()]


class MergeForm(Form):
    """Two names of one person."""

    one = TextField(
        lazy("One name"), [required(), at_most(1000), _names_somebody], description=_HINT
    )
    other = TextField(
        lazy("The other name"), [required(), at_most(1000), _names_somebody], description=_HINT
    )
