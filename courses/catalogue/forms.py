"""What a teacher types to open a class."""

from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import NumberRange, Optional

from courses.catalogue.service import Run
from edu.http.forms import Form, TextField, at_most, required
from edu.i18n import lazy


class ClassForm(Form):
    """When a class runs, and for whom."""

    code = TextField(
        lazy("Code of the class"),
        [required(), at_most(40)],
        description=lazy("As your college names its classes, for example DL101-K47A."),
    )
    starts_on = DateField(lazy("First day"), [required()])
    ends_on = DateField(lazy("Last day"), [required()])
    capacity = IntegerField(
        lazy("Places"),
        [Optional(), NumberRange(min=1, max=100_000, message=lazy("At least one place, please."))],
        description=lazy("Leave it empty when there is no limit."),
    )
    is_open = BooleanField(
        lazy("Open to everyone"),
        description=lazy("Anyone may enrol. Otherwise only learners of your college."),
    )

    def run(self) -> Run:
        """Give what was typed, once it is valid."""
        if self.starts_on.data is None or self.ends_on.data is None:
            raise ValueError("the form has not been validated")
        return Run(
            code=self.code.data.strip(),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            capacity=self.capacity.data,
            is_open=bool(self.is_open.data),
        )
