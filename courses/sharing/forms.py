"""What a teacher says when sharing a lesson, and where one taken from others goes."""

from collections.abc import Mapping, Sequence

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from courses.authoring.queries import Desk
from courses.programmes.models import CurriculumVersion, Module
from courses.sharing.service import Offer
from edu.http.forms import Form, TextField, at_most, option, required
from edu.i18n import Text, _, format_date, lazy, local, words
from oer_repository.public import TERMS, Licence

MEANINGS: Mapping[Licence, Text] = {
    Licence.CC0: lazy("Anyone may do anything with it, even without naming you."),
    Licence.BY: lazy("Anyone may use, change and share it, as long as they name you. Recommended."),
    Licence.BY_SA: lazy("As CC BY, and what they make of it must be just as free."),
    Licence.BY_NC: lazy("As CC BY, but nobody may earn money with it. Some schools hesitate then."),
    Licence.BY_NC_SA: lazy("Nobody may earn money with it, and what they make must be as free."),
    Licence.BY_ND: lazy("Anyone may pass it on as it is, but nobody may share a changed version."),
    Licence.BY_NC_ND: lazy("Passed on only as it is and without earning money: the least useful."),
}
"""What each licence means, in one sentence."""

LEVELS = {
    "": lazy("For everyone"),
    "elementary": lazy("Elementary level"),
    "intermediate": lazy("Intermediate level"),
    "college": lazy("College level"),
}


class OfferForm(Form):
    """A lesson for everyone."""

    licence = RadioField(lazy("Under which licence?"), [required()])
    authors = TextField(
        lazy("Who wrote it?"),
        [required(), at_most(400)],
        description=lazy("Names, with commas between them. Others will name them so."),
    )
    description_vi = TextAreaField(
        lazy("What is it good for? In Vietnamese"), [Optional(), at_most(600)]
    )
    description_en = TextAreaField(
        lazy("What is it good for? In English"), [Optional(), at_most(600)]
    )
    level = SelectField(
        lazy("Whom is it for?"),
        choices=[option(code, text) for code, text in LEVELS.items()],
        default="",
    )

    def offer(self) -> Offer:
        """Give what was typed, once it is valid."""
        return Offer(
            licence=Licence(self.licence.data),
            authors=[name.strip() for name in self.authors.data.split(",") if name.strip()],
            description=words(self.description_vi.data or "", self.description_en.data or ""),
            level=self.level.data or "",
        )


def offer_licences(form: OfferForm, allowed: Sequence[Licence]) -> OfferForm:
    """Let the form offer only these; the first is chosen until somebody chooses."""
    form.licence.choices = [option(licence.value, TERMS[licence].name) for licence in allowed]
    if form.licence.data is None and allowed:
        form.licence.data = allowed[0].value
    return form


class ReuseForm(Form):
    """Where a lesson of others goes."""

    module = SelectField(lazy("Into which module?"), [required()])


def offer_modules(form: ReuseForm, desk: Desk) -> ReuseForm:
    """Let the form offer the modules somebody may write, each under its curriculum's name."""
    taught = [
        option(module.id, f"{_name(module)} ({_curriculum(shelf.curriculum)})")
        for shelf in desk.taught
        for module in shelf.modules
    ]
    groups = {str(_("What you teach now")): taught} if taught else {}
    for shelf in [*desk.in_force, *desk.other_versions]:
        groups[_curriculum(shelf.curriculum)] = [option(m.id, _name(m)) for m in shelf.modules]
    form.module.choices = groups
    return form


def _name(module: Module) -> str:
    return f"{module.code} · {local(module.title)}"


def _curriculum(version: CurriculumVersion) -> str:
    programme, day = local(version.programme.title), format_date(version.valid_from)
    return str(_("%(programme)s, curriculum of %(date)s", programme=programme, date=day))
