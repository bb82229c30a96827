"""Choosing skills in any form: type words, find, tick. Works as a plain form post.

A feature that asks for skills writes three lines::

    class NeedForm(FormWithSkills):                                  # its forms.py
        skills = SkillPickerField(lazy("Skills"), [required()], most=10)

    form = NeedForm(skills=[skill.code for skill in need.skills])    # its view, to begin with
    if not form.validate():
        return render_template(…, form=form), 422
    service.change(need, form.skills.chosen)                         # a list of Skill

    {% from "edu/taxonomy/_picker.html" import skill_picker %}       # its template
    {{ skill_picker(form.skills) }}

Without JavaScript the button "Find" posts the whole form: `validate()` then says no, quietly, and
the page comes back with what was typed, what was found and what is ticked. With htmx the answers
come as one types, from `/taxonomy/skills/find`. `most=1` makes radio buttons.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from wtforms import Field, ValidationError

from edu.http.forms import Form
from edu.i18n import Text, ngettext
from edu.taxonomy import queries
from edu.taxonomy.models import Skill

FIELD_NAME = re.compile(r"[A-Za-z][\w-]{0,60}")
ANSWERS = 8
LONGEST_QUESTION = 200
MOST = 20


@dataclass(frozen=True)
class SkillChoice:
    """What the picker shows: the skills ticked so far and those found by the words typed."""

    name: str
    most: int
    asked: str
    codes: Sequence[str]

    @cached_property
    def chosen(self) -> list[Skill]:
        """The skills ticked; codes that do not exist are left out."""
        return queries.skills_by_codes(self.codes)

    @cached_property
    def found(self) -> list[Skill]:
        """What the words find, without what is ticked already."""
        if not self.asked:
            return []
        ticked = {skill.code for skill in self.chosen}
        answers = queries.search_skills(self.asked, ANSWERS + len(ticked))
        return [skill for skill in answers if skill.code not in ticked][:ANSWERS]


class SkillPickerField(Field):
    """Some skills; `data` are their codes, `chosen` the skills. At most `most` of them."""

    data: list[str]

    def __init__(
        self,
        label: Text,
        validators: Sequence[Any] = (),  # Any: as WTForms' own
        *,
        most: int = MOST,
        **kwargs: Any,  # Any: WTForms' own keywords
    ) -> None:
        super().__init__(cast("str", label), list(validators), **kwargs)
        self.most = most
        self.asked = ""
        self.is_finding = False

    @property
    def choice(self) -> SkillChoice:
        """What the picker's template shows."""
        return SkillChoice(self.name, self.most, self.asked, tuple(self.data))

    @property
    def chosen(self) -> list[Skill]:
        """The skills behind the codes."""
        return self.choice.chosen

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:  # Any: WTForms' own
        """Read the codes, and beside them the words typed and whether "Find" was pressed."""
        super().process(formdata, *args, **kwargs)
        self.data = list(self.data or [])
        if formdata:
            self.asked = question(formdata, self.name)
            self.is_finding = bool(self.asked) and f"{self.name}-find" in formdata

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep each code once, and no empty one (the radio button "none")."""
        self.data = list(dict.fromkeys(code for code in valuelist if code))

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # Any: WTForms' own
        """Refuse too many skills, and codes that nobody could have ticked."""
        if len(self.data) > self.most:
            raise ValidationError(
                ngettext(
                    "Please choose one skill only.",
                    "Please choose at most %(num)s skills.",
                    self.most,
                )
            )
        if len(self.chosen) < len(self.data):
            raise ValidationError(
                ngettext(
                    "This skill does not exist.",
                    "Some of these skills do not exist.",
                    len(self.data),
                )
            )


class FormWithSkills(Form):
    """A form with pickers: it is not valid, without any error, while somebody still looks."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:  # Any: WTForms' own
        """Check the answers, unless one of the pickers was asked to find something."""
        pickers = [field for field in self if isinstance(field, SkillPickerField)]
        if any(picker.is_finding for picker in pickers):
            return False
        return bool(super().validate(*args, **kwargs))


def question(values: Mapping[str, str], name: str) -> str:
    """The words typed into the picker of that name."""
    return values.get(f"{name}-q", "").strip()[:LONGEST_QUESTION]
