"""What the forms about the record have in common."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from wtforms import DateField, Field, ValidationError
from wtforms import Form as AnyForm
from wtforms.validators import Optional

from edu.db import start_of
from edu.http.forms import Form, TextField, at_most
from edu.i18n import lazy
from edu.lrs.agents import HOW_TO_NAME, NoSuchAgent, agent_named
from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.values import iri
from edu.lrs.wanted import Wanted


def an_iri() -> Callable[[AnyForm, Field], None]:
    """Ask for the whole address of a verb or an activity; blanks around it are no matter.

    Put `Optional()` before it where the field may stay empty.
    """

    def check(_form: AnyForm, field: Field) -> None:
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


def not_before(first: str) -> Callable[[AnyForm, Field], None]:
    """Ask that a day does not come before the one in the field `first`; either may stay empty."""

    def check(form: AnyForm, field: Field) -> None:
        begin = form[first].data
        if begin and field.data and field.data < begin:
            raise ValidationError(lazy("The first day must come before the last."))

    return check


def names_somebody() -> Callable[[AnyForm, Field], None]:
    """Ask for what `agent_named` can read."""

    def check(_form: AnyForm, field: Field) -> None:
        try:
            agent_named(field.data)
        except NoSuchAgent as refused:
            raise ValidationError(refused.message) from None

    return check


_IRI = [Optional(), at_most(1000), an_iri()]


class Filters(Form):
    """Which statements: by person, verb, activity and days; all may stay empty."""

    person = TextField(
        lazy("Person"), [Optional(), at_most(1000), names_somebody()], description=HOW_TO_NAME
    )
    verb = TextField(lazy("Verb"), _IRI, description=lazy("Its whole address (IRI)."))
    activity = TextField(lazy("Activity"), _IRI, description=lazy("Its whole address (IRI)."))
    first_day = DateField(lazy("Recorded from"), [Optional()])
    last_day = DateField(lazy("Recorded to"), [Optional(), not_before("first_day")])

    def wanted(self) -> Wanted:
        """Say it in the record's words; days are whole, the last one included."""
        return Wanted(
            since=_before(self.first_day.data),
            until=_before(self.last_day.data, days=1),
            verb=(self.verb.data or "").strip(),
            activity=(self.activity.data or "").strip(),
            agent=agent_named(self.person.data) if self.person.data else None,
        )


def _before(day: date | None, *, days: int = 0) -> datetime | None:
    """The last microsecond before a day: "since" is exclusive, "until" inclusive."""
    return start_of(day + timedelta(days=days)) - timedelta(microseconds=1) if day else None
