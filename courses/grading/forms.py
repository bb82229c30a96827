"""The form with which a mark is given."""

from decimal import Decimal

from wtforms import DecimalField, HiddenField, SelectField
from wtforms.validators import NumberRange

from courses.grading.models import MarkKind
from edu.http.forms import Form, required
from edu.i18n import lazy

KINDS = {
    MarkKind.REGULAR: lazy("Regular test"),
    MarkKind.PERIODIC: lazy("Periodic test"),
    MarkKind.FINAL: lazy("Final examination"),
}


class MarkForm(Form):
    """A mark for one learner."""

    enrolment_id = HiddenField(validators=[required()])
    kind = SelectField(lazy("Kind of test"), choices=list(KINDS.items()))
    value = DecimalField(
        lazy("Mark"),
        [
            required(),
            NumberRange(Decimal(0), Decimal(10), lazy("A mark lies between 0 and 10.")),
        ],
        description=lazy("0 to 10, for example 8.5"),
        places=2,
    )
