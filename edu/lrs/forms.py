"""What the forms about the record have in common."""

from collections.abc import Callable

from wtforms import Field, Form, ValidationError

from edu.i18n import lazy
from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.values import iri


def an_iri() -> Callable[[Form, Field], None]:
    """Ask for the whole address of a verb or an activity; blanks around it are no matter.

    Put `Optional()` before it where the field may stay empty.
    """

    def check(_form: Form, field: Field) -> None:
        try:
            iri((field.data or "").strip())
        except InvalidStatement:
            raise ValidationError(
                lazy(
                    "This must be a whole address, such as "
                    "http://adlnet.gov/expapi/verbs/completed."
                )
            ) from None

    return check


def not_before(first: str) -> Callable[[Form, Field], None]:
    """Ask that a day does not come before the one in the field `first`; either may stay empty."""

    def check(form: Form, field: Field) -> None:
        begin = form[first].data
        if begin and field.data and field.data < begin:
            raise ValidationError(lazy("The first day must come before the last."))

    return check
