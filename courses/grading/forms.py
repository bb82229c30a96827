"""The form with which a mark is given."""

from decimal import Decimal

from wtforms import DecimalField, HiddenField, SelectField
from wtforms.validators import NumberRange
from wtforms.widgets import TextInput

from courses.grading.models import MarkKind
from edu.http.forms import Form, option, required
from edu.i18n import lazy

KINDS = {
    MarkKind.REGULAR: lazy("Regular test"),
    MarkKind.PERIODIC: lazy("Periodic test"),
    MarkKind.FINAL: lazy("Final examination"),
}


class MarkField(DecimalField):
    """A mark, typed with a point or, as Vietnamese does, with a comma: hence a field of text."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 8,5 as 8.5."""
        super().process_formdata([text.replace(",", ".") for text in valuelist])


class MarkForm(Form):
    """A mark for one learner."""

    enrolment_id = HiddenField(validators=[required()])
    kind = SelectField(
        lazy("Kind of test"), choices=[option(kind.value, label) for kind, label in KINDS.items()]
    )
    value = MarkField(
        lazy("Mark"),
        [
            required(),
            NumberRange(Decimal(0), Decimal(10), lazy("A mark lies between 0 and 10.")),
        ],
        description=lazy("0 to 10, for example 8.5"),
        places=2,
    )
