import ast
import io
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.frontend import parse_mapping_cfg

import edu.taxonomy.models
from edu.dictionary import queries
from edu.dictionary.extract import python_and_tables

ROOT = Path(__file__).parents[3]

SOURCE = b'''
from edu.i18n import lazy

class Skill(Base):
    """A skill.

    More about it.
    """

    __tablename__ = "skill"
    title = lazy("Title")

class Silent(Base):
    __tablename__ = "silent"

class Rule:
    """No table."""

    limit: int = 3
'''


def messages(source):
    return [found[1] for found in extract(python_and_tables, io.BytesIO(source), {"lazy": None})]


def test_texts_and_meanings_of_tables_are_found():
    assert messages(SOURCE) == ["Title", "A skill."]


def test_the_meanings_found_are_those_that_the_dictionary_shows(app):
    source = Path(edu.taxonomy.models.__file__).read_bytes()

    with app.test_request_context("/?lang=en", base_url="http://portal.test"):
        shown = {
            str(table.meaning) for table in queries.tables() if table.feature == "edu.taxonomy"
        }

    assert shown <= set(messages(source))
    assert ast.parse(source)


def test_the_catalogue_is_gathered_with_it():
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, _options = parse_mapping_cfg(file)

    assert ("**.py", "edu.dictionary.extract:python_and_tables") in methods
