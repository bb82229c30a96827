"""What one may ask of the dictionary."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from edu.dictionary.queries import Question, tables
from edu.dictionary.words import OWNER_WORDS, PRIVACY_WORDS, SHARING_WORDS
from edu.http.forms import Form, TextField, at_most, option
from edu.i18n import _, lazy


class QuestionForm(Form):
    """Words and four filters; all may stay empty."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    q = TextField(lazy("Words"), [Optional(), at_most(200)])
    table = SelectField(lazy("Table"))
    owner = SelectField(lazy("Who may change it"))
    privacy = SelectField(lazy("How private"))
    sharing = SelectField(lazy("With whom it is shared"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(*args, **kwargs)
        every = option("", _("All"))
        names = sorted(each.name for each in tables())
        self.table.choices = [every, *(option(name, name) for name in names)]
        for field, words in (
            (self.owner, OWNER_WORDS),
            (self.privacy, PRIVACY_WORDS),
            (self.sharing, SHARING_WORDS),
        ):
            field.choices = [every, *(option(str(key), str(text)) for key, text in words.items())]

    def question(self) -> Question:
        """What is asked; an answer that is not offered asks for nothing."""
        self.validate()
        said = {f.name: "" if f.errors else f.data or "" for f in self}
        return Question(
            words=said["q"],
            table=said["table"],
            owner=said["owner"],
            sharing=said["sharing"],
            privacy=said["privacy"],
        )
