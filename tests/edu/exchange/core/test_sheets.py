import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.exchange.core.sheets import csv_lines, json_lines

COLUMNS = ["name", "value"]


def test_csv_has_a_header_and_ends_its_lines_as_rfc_4180_asks():
    text = "".join(csv_lines(COLUMNS, [("Hàn, cắt", 3), ('"x"', None)]))

    assert text == 'name,value\r\n"Hàn, cắt",3\r\n"""x""",\r\n'


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_a_text_that_would_run_in_a_spreadsheet_does_not(formula):
    line = list(csv_lines(COLUMNS, [(formula, -1)]))[1]

    assert line.startswith((f"'{formula}", f"\"'{formula}"))
    assert line.endswith(",-1\r\n")


def test_truth_days_and_marks():
    row = (True, date(2026, 11, 22), Decimal("8.5"), False)
    names = ["a", "b", "c", "d"]

    assert list(csv_lines(names, [row]))[1] == "true,2026-11-22,8.5,false\r\n"
    assert json.loads("".join(json_lines(names, [row]))) == [
        {"a": True, "b": "2026-11-22", "c": 8.5, "d": False}
    ]


def test_no_rows_are_an_empty_list():
    assert json.loads("".join(json_lines(COLUMNS, []))) == []
    assert "".join(csv_lines(COLUMNS, [])) == "name,value\r\n"


def test_a_row_too_long_for_its_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        list(json_lines(COLUMNS, [(1, 2, 3)]))


def test_nothing_is_read_before_it_is_asked_for():
    def rows():
        yield ("a", 1)
        raise RuntimeError

    lines = csv_lines(COLUMNS, rows())

    assert next(lines) == "name,value\r\n"
    assert next(lines) == "a,1\r\n"


@given(st.lists(st.tuples(st.text(), st.integers() | st.none())))
def test_json_gives_back_what_was_written(rows):
    read = json.loads("".join(json_lines(COLUMNS, rows)))

    assert [tuple(one.values()) for one in read] == rows


@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]))))
def test_csv_gives_texts_back_but_for_the_apostrophe(texts):
    written = "".join(csv_lines(["text", "end"], [(text, "x") for text in texts]))

    read = [row[0] for row in csv.reader(io.StringIO(written, newline=""))][1:]

    assert [text.removeprefix("'") for text in read] == [text.removeprefix("'") for text in texts]
