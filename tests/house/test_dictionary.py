"""What must be documented is: columns in the data dictionary, settings in docs/settings.md."""

from pathlib import Path

import pytest

from edu.db import Base, Meaning, Privacy
from edu.dictionary import queries
from edu.settings import Settings
from edu.sqlite import UtcDateTime

ROOT = Path(__file__).parents[2]
SECRET_WORDS = ("password", "secret", "token_hash", "code_hash")


def columns():
    return [
        (f"{table.name}.{column.name}", column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
    ]


def test_every_column_says_what_it_means(app):
    silent = [name for name, c in columns() if not isinstance(c.info.get("meaning"), Meaning)]

    assert silent == []
    assert len(columns()) > 100


def test_every_meaning_is_a_sentence(app):
    with app.test_request_context():
        poor = [
            name
            for name, column in columns()
            if not str(column.info["meaning"].text).strip().endswith((".", "…"))
        ]

    assert poor == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_meaning_shows_marks_of_a_programmer(app, language):
    """The dictionary is a public page for people, not Markdown."""
    with app.test_request_context(f"/?lang={language}"):
        tables = queries.tables()
        said = {table.name: table.meaning for table in tables} | {
            each.name: each.meaning for table in tables for each in table.elements
        }

    assert [f"{name}: {text}" for name, text in said.items() if "`" in text or "**" in text] == []


def test_what_opens_accounts_is_marked_sensitive(app):
    wrong = [
        name
        for name, column in columns()
        if any(word in column.name for word in SECRET_WORDS)
        and not isinstance(column.type, UtcDateTime)
        and column.info["meaning"].privacy != Privacy.SENSITIVE
    ]

    assert wrong == []


def test_every_setting_is_documented():
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")

    missing = [
        name
        for name, field in Settings.model_fields.items()
        if f"`EDU_{name.upper()}`" not in written or str(field.description) not in written
    ]

    assert missing == [], "run `edu settings` and bring docs/settings.md up to date"
