import re
import unicodedata
from enum import StrEnum

import pytest

from edu.taxonomy.core import sheets
from edu.taxonomy.core.sheets import Problem, Rule, SheetRefused


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def sheet_of(text, columns=("code", "label")):
    return sheets.read("some.csv", text.encode(), columns)


def found(sheet):
    return [(each.line, each.column, each.rule, each.value) for each in sheet.problems]


def test_columns_may_stand_in_any_order_behind_a_byte_order_mark():
    sheet = sheet_of("\ufefflabel,code\nHàn,a\n")

    assert [row.cells for row in sheet.rows] == [{"label": "Hàn", "code": "a"}]
    assert not sheet.problems


def test_a_header_must_have_the_columns_and_no_others():
    sheet = sheet_of("code,colour,code\na,red,b\n")

    assert found(sheet) == [
        (1, "label", Rule.COLUMN_MISSING, ""),
        (1, "colour", Rule.COLUMN_UNKNOWN, ""),
        (1, "code", Rule.COLUMN_UNKNOWN, ""),
    ]
    assert not sheet.rows


def test_further_columns_are_passed_over_on_request():
    sheet = sheets.read("some.csv", b"code,more\na,b\n", ["code"], others=True)

    assert sheet.rows[0].text("code") == "a"
    assert not sheet.problems


def test_an_empty_file_lacks_every_column():
    assert found(sheet_of("")) == [
        (1, "code", Rule.COLUMN_MISSING, ""),
        (1, "label", Rule.COLUMN_MISSING, ""),
    ]


def test_bytes_that_are_not_utf8_are_named_by_line():
    sheet = sheets.read("some.csv", b"code\na\n\xff\n", ["code"])

    assert found(sheet) == [(3, "", Rule.NOT_UTF8, "")]


def test_a_quote_out_of_place_is_named_by_line():
    assert found(sheet_of('code,label\na,"b"c\n')) == [(2, "", Rule.NOT_CSV, "")]


def test_a_line_with_too_few_cells_is_left_out_and_lines_are_counted_through_cells():
    sheet = sheet_of('code,label\na,"one\ntwo"\nb\nc,d\n')

    assert [(row.line, row.cells["code"]) for row in sheet.rows] == [(2, "a"), (5, "c")]
    assert found(sheet) == [(4, "", Rule.CELL_COUNT, "1")]


def test_each_kind_of_cell_says_what_is_wrong_with_it():
    decomposed = unicodedata.normalize("NFD", "điện")
    columns = ["empty", "spaced", "decomposed", "form", "choice", "number", "list"]
    line = f", a,{decomposed},B!,green,-1,x| y|X|z||label"
    row = sheets.read("some.csv", f"{','.join(columns)}\n{line}\n".encode(), columns).rows[0]

    row.text("empty")
    row.text("spaced")
    row.text("decomposed")
    row.formed("form", re.compile("[a-z]+"))
    assert row.choice("choice", Colour) is Colour.RED
    assert row.number("number") == 0
    row.listed("list", besides="Label")

    listed = "x| y|X|z||label"
    assert [(each.column, each.rule, each.value) for each in row.problems] == [
        ("empty", Rule.EMPTY, ""),
        ("spaced", Rule.STRAY_SPACE, " a"),
        ("decomposed", Rule.NOT_NFC, decomposed),
        ("form", Rule.FORM, "B!"),
        ("choice", Rule.NOT_A_CHOICE, "green"),
        ("number", Rule.NOT_A_NUMBER, "-1"),
        ("list", Rule.STRAY_SPACE, listed),
        ("list", Rule.SAID_TWICE, "X"),
        ("list", Rule.STRAY_SPACE, listed),
        ("list", Rule.SAID_TWICE, "label"),
    ]


def test_each_kind_of_cell_gives_its_value():
    columns = ["form", "none", "choice", "number", "list", "nothing"]
    row = sheets.read(
        "some.csv", b"form,none,choice,number,list,nothing\nab,,blue,12,x|y,\n", columns
    ).rows[0]

    assert row.formed("form", re.compile("[a-z]+")) == "ab"
    assert row.formed("none", re.compile("[a-z]+"), required=False) == ""
    assert row.choice("choice", Colour) is Colour.BLUE
    assert row.number("number") == 12
    assert row.listed("list") == ("x", "y")
    assert row.listed("nothing") == ()
    assert not row.problems


def test_repetition_disorder_and_unknown_codes_are_noted_at_the_later_line():
    sheet = sheet_of("code,label\nb,Hàn\na,HÀN\nc,May\nb,Tiện\n")

    sheet.check_unique("code")
    sheet.check_unique("label")
    sheet.check_sorted("code")
    sheet.check_known("code", {"a", "b"})

    assert found(sheet) == [
        (5, "code", Rule.DUPLICATE, "b"),
        (3, "label", Rule.DUPLICATE, "HÀN"),
        (3, "code", Rule.UNSORTED, "a"),
        (5, "code", Rule.UNSORTED, "b"),
        (4, "code", Rule.UNKNOWN_CODE, "c"),
    ]


def test_a_refusal_reads_like_a_place_in_a_file():
    problem = Problem("some.csv", 7, "label", Rule.EMPTY)

    with pytest.raises(SheetRefused, match=r"some\.csv:7:label: empty ''") as refusal:
        raise SheetRefused([problem])

    assert refusal.value.problems == (problem,)
