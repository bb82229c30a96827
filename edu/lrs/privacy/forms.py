"""What managers say about people in the record."""

from typing import Any

from wtforms import RadioField, ValidationError

from edu.errors import DomainError
from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import lazy
from edu.lrs.agents import HOW_TO_NAME, agent_named
from edu.lrs.forms import names_somebody
from edu.lrs.privacy import personas
from edu.lrs.privacy.models import ForgetMode

MODES = {
    ForgetMode.PSEUDONYMISE: lazy("Keep what was done, without the person"),
    ForgetMode.DELETE: lazy("Delete what the person did"),
}

MODE_HINTS = {
    ForgetMode.PSEUDONYMISE.value: lazy(
        "Statistics stay whole: what was done stays, under a random name. We keep no way back from "
        "it to the person."
    ),
    ForgetMode.DELETE.value: lazy(
        "What the person did goes, so statistics change. What others did stays, without the name."
    ),
}


def _names_somebody_known(_form: Form, field: TextField) -> None:
    try:
        personas.check_is_known(agent_named(field.data), field.data)
    except DomainError as refused:
        raise ValidationError(refused.message) from None


class ForgetForm(Form):
    """Whom to forget, and how."""

    person = TextField(
        lazy("Person"), [required(), at_most(1000), names_somebody()], description=HOW_TO_NAME
    )
    mode = RadioField(lazy("What becomes of the statements"), default=ForgetMode.PSEUDONYMISE.value)

    def __init__(self, **kwargs: Any) -> None:  # Any: WTForms' own keywords
        super().__init__(**kwargs)
        self.mode.choices = [option(mode.value, label) for mode, label in MODES.items()]


class MergeForm(Form):
    """Two names of one person."""

    one = TextField(
        lazy("One name"),
        [required(), at_most(1000), _names_somebody_known],
        description=HOW_TO_NAME,
    )
    other = TextField(
        lazy("The other name"),
        [required(), at_most(1000), _names_somebody_known],
        description=HOW_TO_NAME,
    )
