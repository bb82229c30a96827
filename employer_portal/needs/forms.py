"""What employers type about a need."""

import re
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional

from edu.db import today
from edu.http.forms import TextField, at_most, option, required
from edu.i18n import format_decimal, lazy, words
from edu.taxonomy.forms import FormWithSkills, SkillPickerField
from edu.taxonomy.models import Occupation
from employer_portal.companies.forms import communes
from employer_portal.needs import queries
from employer_portal.needs.models import Contract, NeedKind, SkillNeed
from employer_portal.needs.service import AGES, USUAL_VALIDITY, NeedText

LONGEST_ABOUT = 4000
MOST_PAY = 1_000_000_000
MOST_OPENINGS = 1000

AGE_LABELS = {
    15: lazy("15: light work within the law's list"),
    16: lazy("16: no hazardous work, no night work"),
    18: lazy("18: hazardous or night work, or in general"),
}


class DongField(IntegerField):
    """An amount in đồng, typed with or without points between the thousands."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 8.500.000 and 8,500,000 as 8500000."""
        super().process_formdata([re.sub(r"[.,\s₫đ]", "", text) for text in valuelist])

    def _value(self) -> str:
        if self.raw_data:  # what was typed, be it an amount or not
            return str(self.raw_data[0])
        return str(format_decimal(self.data)) if self.data is not None else ""


class NeedForm(FormWithSkills):
    """A need on one page."""

    occupation = HiddenField(validators=[required()])
    title_vi = TextField(
        lazy("Title, in Vietnamese"),
        [required(), at_most(120)],
        description=lazy("As you would say it: “Thợ hàn MAG kết cấu thép”."),
    )
    title_en = TextField(lazy("Title, in English"), [at_most(120)])
    kind = RadioField(
        lazy("What you offer"), choices=[option(one.value, one.label) for one in NeedKind]
    )
    essential = SkillPickerField(
        lazy("Skills without which the work cannot be done"),
        [required()],
        most=12,
        description=lazy("Few and true: three to five find the right people."),
    )
    optional = SkillPickerField(lazy("Skills that help"), most=12)
    place_code = SelectField(lazy("Where the work is"))
    openings = IntegerField(
        lazy("How many people"),
        [required(), NumberRange(1, MOST_OPENINGS, lazy("A number from 1 up, please."))],
    )
    contract = SelectField(
        lazy("How the work is arranged"),
        choices=[option(one.value, one.label) for one in Contract],
    )
    pay_from = DongField(
        lazy("Pay from, đồng a month"),
        [Optional(), NumberRange(0, MOST_PAY, lazy("An amount in đồng, please."))],
        render_kw={"inputmode": "numeric"},
    )
    pay_to = DongField(
        lazy("Pay to, đồng a month"),
        [Optional(), NumberRange(0, MOST_PAY, lazy("An amount in đồng, please."))],
        render_kw={"inputmode": "numeric"},
    )
    minimum_age = SelectField(
        lazy("Least age by law"),
        coerce=int,
        choices=[option(age, AGE_LABELS[age]) for age in AGES],
    )
    valid_until = DateField(lazy("Last day"), [Optional()])
    about_vi = TextAreaField(
        lazy("What the work is like, in Vietnamese"),
        [at_most(LONGEST_ABOUT)],
        description=lazy(
            "Hours, team, who looks after newcomers. No wishes about sex, looks or home town."
        ),
        render_kw={"rows": 5},
    )
    about_en = TextAreaField(
        lazy("What the work is like, in English"), [at_most(LONGEST_ABOUT)], render_kw={"rows": 5}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(*args, **kwargs)
        self.place_code.choices = communes()

    def text(self, occupation: Occupation) -> NeedText:
        """What was typed, as the service takes it."""
        essential = [(skill, True) for skill in self.essential.chosen]
        optional = [(skill, False) for skill in self.optional.chosen]
        return NeedText(
            title=words(self.title_vi.data, self.title_en.data or ""),
            about=words(self.about_vi.data or "", self.about_en.data or ""),
            occupation=occupation,
            skills=[*essential, *optional],
            kind=NeedKind(self.kind.data),
            place_code=self.place_code.data,
            openings=self.openings.data or 1,
            contract=Contract(self.contract.data),
            pay_from=self.pay_from.data,
            pay_to=self.pay_to.data,
            minimum_age=self.minimum_age.data,
            valid_until=self.valid_until.data,
        )


def defaults_for(occupation: Occupation, title: str, place_code: str) -> dict[str, Any]:
    """Begin a need with what is usual, so that little is left to type."""
    suggested = queries.skills_taken_by(occupation)
    return {
        "occupation": occupation.code,
        "title_vi": title or occupation.label.get("vi", ""),
        "title_en": "" if title else occupation.label.get("en", ""),
        "kind": NeedKind.JOB.value,
        "essential": [skill.code for skill, is_essential in suggested if is_essential],
        "optional": [skill.code for skill, is_essential in suggested if not is_essential],
        "place_code": place_code,
        "openings": 1,
        "contract": Contract.FULL_TIME.value,
        "minimum_age": 18,
        "valid_until": today() + USUAL_VALIDITY,
    }


def as_typed(need: SkillNeed) -> dict[str, Any]:
    """Give a need as its form shows it."""
    return {
        "occupation": need.occupation.code,
        "title_vi": need.title.get("vi", ""),
        "title_en": need.title.get("en", ""),
        "about_vi": need.about.get("vi", ""),
        "about_en": need.about.get("en", ""),
        "kind": need.kind.value,
        "essential": [skill.code for skill in need.essential],
        "optional": [skill.code for skill in need.optional],
        "place_code": need.place_code,
        "openings": need.openings,
        "contract": (need.contract or Contract.FULL_TIME).value,
        "pay_from": need.pay_from,
        "pay_to": need.pay_to,
        "minimum_age": need.minimum_age,
        "valid_until": need.valid_until,
    }
