"""What a teacher types: a new lesson, the text of one, a picture for it."""

from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Optional

from courses.authoring.core.wording import with_title, without_title
from courses.authoring.models import UnitVersion
from courses.authoring.service import stamp, wording_of
from edu.http.forms import Form, TextField, at_most
from edu.i18n import LANGUAGES, LanguageMap, _, lazy, words

LONGEST_TITLE = 200
LONGEST_TEXT = 200_000


class NewUnitForm(Form):
    """A lesson that is to be written."""

    title_vi = TextField(lazy("Title in Vietnamese"), [Optional(), at_most(LONGEST_TITLE)])
    title_en = TextField(lazy("Title in English"), [Optional(), at_most(LONGEST_TITLE)])

    def title(self) -> LanguageMap:
        """Give the title in the languages it was written in."""
        return words((self.title_vi.data or "").strip(), (self.title_en.data or "").strip())


class UnitForm(NewUnitForm):
    """A lesson in both languages. `seen` is the version that the page showed."""

    text_vi = TextAreaField(lazy("Lesson in Vietnamese"), [Optional(), at_most(LONGEST_TEXT)])
    text_en = TextAreaField(lazy("Lesson in English"), [Optional(), at_most(LONGEST_TEXT)])
    picture = FileField(lazy("Picture"))
    picture_text = TextField(
        lazy("What the picture shows"),
        [Optional(), at_most(300)],
        description=lazy("One sentence, for those who cannot see it."),
    )
    seen = HiddenField()

    def source(self) -> LanguageMap:
        """Give the texts under their titles; a language without either is left out."""
        found = {}
        for language in LANGUAGES:
            title = (self[f"title_{language}"].data or "").strip()
            text = (self[f"text_{language}"].data or "").replace("\r\n", "\n").strip()
            if title or text:
                found[language] = with_title(text, title or _("Untitled"))
        return found


def form_for(version: UnitVersion | None) -> UnitForm:
    """Fill the form with what a version says."""
    values: dict[str, str] = {"seen": stamp(version) if version else ""}
    if version is not None:
        said = wording_of(version)
        for language in LANGUAGES:
            values[f"title_{language}"] = said.title.get(language, "")
            values[f"text_{language}"] = without_title(said.source.get(language, ""))
    return UnitForm(formdata=None, data=values)
