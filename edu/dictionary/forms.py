"""What one may ask of the dictionary."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField

from edu.dictionary.queries import Question, tables
from edu.dictionary.words import OWNER_WORDS, PRIVACY_WORDS, SHARING_WORDS
from edu.http.forms import Form, TextField, option
from edu.i18n import Text, _, lazy

LONGEST_QUESTION = 200


class QuestionForm(Form):
    """Words and four filters; all may stay empty."""

    class Meta:
        """It changes nothing, so it needs no token."""

        csrf = False

    q = TextField(lazy("Words of the name or the meaning"))
    table = SelectField(lazy("Table"))
    owner = SelectField(lazy("Who may change it"))
    privacy = SelectField(lazy("How private"))
    sharing = SelectField(lazy("With whom it is shared"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(*args, **kwargs)
        names = sorted(each.name for each in tables())
        self._offer(self.table, {name: name for name in names})
        self._offer(self.owner, OWNER_WORDS)
        self._offer(self.privacy, PRIVACY_WORDS)
        self._offer(self.sharing, SHARING_WORDS)

    @property
    def filters(self) -> list[SelectField]:
        """The fields beside the words."""
        return [self.table, self.owner, self.privacy, self.sharing]

    def question(self) -> Question:
        """What is asked."""
        return Question(
            words=(self.q.data or "").strip()[:LONGEST_QUESTION],
            table=self.table.data,
            owner=self.owner.data,
            sharing=self.sharing.data,
            privacy=self.privacy.data,
        )

    def _offer(self, field: SelectField, words: Mapping[Any, Text]) -> None:  # Any: words of enums
        """Let one of these be chosen, or all; what is not offered asks for all."""
        offered = {str(value): str(text) for value, text in words.items()}
        field.choices = [option(value, text) for value, text in {"": _("All"), **offered}.items()]
        field.data = field.data if field.data in offered else ""
