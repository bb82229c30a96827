"""What managers say about an export or an import."""

import re
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, ValidationError

from edu.http.forms import Form, option
from edu.i18n import _, lazy
from edu.lrs.core.problems import Rule
from edu.lrs.forms import Filters
from edu.lrs.service import StatementConflict
from edu.lrs.transfer.first_look import NotStatements, what_else
from edu.lrs.transfer.models import Format
from edu.lrs.xapi.problems import WORDS

_WHY = re.compile(r"(?:(?P<place>.+): )?(?P<rule>[a-z0-9-]+) \((?P<section>.+)\)")

FORMATS = {
    Format.EXCEL: lazy("Table for Excel (CSV)"),
    Format.CSV: lazy("Table for programs (CSV)"),
    Format.PARQUET: lazy("Table for data science (Parquet)"),
    Format.NDJSON: lazy("Whole statements, to take elsewhere (NDJSON)"),
}


class ExportForm(Filters):
    """Which statements, and in which format."""

    format = SelectField(lazy("Format"))

    def __init__(self, **kwargs: Any) -> None:  # Any: WTForms' own keywords
        super().__init__(**kwargs)
        self.format.choices = [option(kind.value, label) for kind, label in FORMATS.items()]


def reason(why: str) -> str:
    """Say in a sentence why a line was not taken; `why` is the place, the code and the section."""
    if why == StatementConflict.code:
        return str(_("Another statement has this id already, and says something else."))
    found = _WHY.fullmatch(why)
    if found is None or found["rule"] not in set(Rule):
        return why
    place = f"{found['place']}, " if found["place"] not in {None, "/"} else ""
    return f"{WORDS[Rule(found['rule'])]} ({place}{found['section']})"


_WRONG_FILES = {
    NotStatements.EMPTY: lazy("There is nothing in this file."),
    NotStatements.PACKED: lazy(
        "This is a packed file. Please unpack it, and choose the file of statements inside."
    ),
    NotStatements.NOT_UTF8: lazy(
        "This is not a text in UTF-8. If it holds statements, one a line, save it as UTF-8 and "
        "choose it again."
    ),
    NotStatements.ONE_LIST: lazy(
        "This file is one long list. Each statement must stand on a line of its own, without the "
        "brackets and commas of the list (NDJSON)."
    ),
    NotStatements.NO_LINES: lazy(
        "No line of this file is a statement. Each must stand on one line, as JSON (NDJSON); "
        "tables cannot be taken in."
    ),
}


class ImportForm(Form):
    """A file of statements."""

    file = FileField(lazy("File of statements"), [FileRequired(lazy("Please choose a file."))])

    def validate_file(self, field: FileField) -> None:
        """Refuse at once what is no file of statements."""
        if (found := what_else(field.data.stream)) is not None:
            raise ValidationError(str(_WRONG_FILES[found]))
