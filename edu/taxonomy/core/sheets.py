"""Tables of text with a header, whose every complaint says in which file, line and column.

A sheet never stops at the first mistake: whoever edits the data wants to see all of them. A cell
that cannot be used gives a stand-in, and `SheetRefused` is raised before anyone can use it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

SEPARATOR = "|"


class Rule(StrEnum):
    """What can be wrong with a sheet."""

    FILE_MISSING = "file-missing"
    NOT_UTF8 = "not-utf-8"
    NOT_CSV = "not-csv"
    COLUMN_MISSING = "column-missing"
    COLUMN_UNKNOWN = "column-unknown"
    CELL_COUNT = "cell-count"
    EMPTY = "empty"
    NOT_NFC = "not-nfc"
    STRAY_SPACE = "stray-space"
    FORM = "form"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_NUMBER = "not-a-number"
    SAID_TWICE = "said-twice"
    DUPLICATE = "duplicate"
    UNSORTED = "unsorted"
    UNKNOWN_CODE = "unknown-code"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the rule, where (line 1 is the header, column empty for a line), what stood."""

    file: str
    line: int
    column: str
    rule: Rule
    value: str = ""


class SheetRefused(Exception):
    """Reference data that does not hold together; `problems` lists every mistake in order."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(f"{first.file}:{first.line}:{first.column}: {first.rule} {first.value!r}")


@dataclass(slots=True)
class Row:
    """One line; its methods read a cell as something, and note what is wrong with it."""

    file: str
    line: int
    cells: dict[str, str]
    problems: list[Problem]

    def note(self, column: str, rule: Rule, value: str = "") -> None:
        """Put a mistake on the list."""
        self.problems.append(Problem(self.file, self.line, column, rule, value))

    def optional(self, column: str) -> str:
        """The text of a cell, which may be empty."""
        value = self.cells[column]
        if value != " ".join(value.split()):
            self.note(column, Rule.STRAY_SPACE, value)
        if not unicodedata.is_normalized("NFC", value):
            self.note(column, Rule.NOT_NFC, value)
        return value

    def text(self, column: str) -> str:
        """The text of a cell that may not be empty."""
        value = self.optional(column)
        if not value:
            self.note(column, Rule.EMPTY)
        return value

    def formed(self, column: str, pattern: re.Pattern[str], *, required: bool = True) -> str:
        """The text of a cell that has a form, such as a code."""
        value = self.text(column) if required else self.optional(column)
        if value and not pattern.fullmatch(value):
            self.note(column, Rule.FORM, value)
        return value

    def number(self, column: str) -> int:
        """A whole number that is not negative."""
        value = self.text(column)
        if not (value.isascii() and value.isdecimal()):
            self.note(column, Rule.NOT_A_NUMBER, value)
            return 0
        return int(value)

    def choice(self, column: str, choices: type[Choice]) -> Choice:
        """One of a few words."""
        value = self.text(column)
        try:
            return choices(value)
        except ValueError:
            self.note(column, Rule.NOT_A_CHOICE, value)
            return next(iter(choices))

    def listed(self, column: str, *, besides: str = "") -> tuple[str, ...]:
        """The parts between bars: none empty, none said twice, none equal to `besides`."""
        value = self.optional(column)
        parts = tuple(value.split(SEPARATOR)) if value else ()
        seen = {besides.casefold()} if besides else set()
        for part in parts:
            if not part or part != part.strip():
                self.note(column, Rule.STRAY_SPACE, value)
            if part.casefold() in seen:
                self.note(column, Rule.SAID_TWICE, part)
            seen.add(part.casefold())
        return parts


@dataclass(slots=True)
class Sheet:
    """A file read into rows; problems of all its rows are on one list."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def note(self, line: int, column: str, rule: Rule, value: str = "") -> None:
        """Put a mistake on the list."""
        self.problems.append(Problem(self.file, line, column, rule, value))

    def check_unique(self, *columns: str) -> None:
        """Note each row that repeats what an earlier one says in these columns."""
        seen: set[tuple[str, ...]] = set()
        for row in self.rows:
            key = tuple(row.cells[column].casefold() for column in columns)
            if key in seen:
                row.note(columns[-1], Rule.DUPLICATE, row.cells[columns[-1]])
            seen.add(key)

    def check_sorted(self, *columns: str) -> None:
        """Note each row that should stand further up."""
        last: tuple[str, ...] = ()
        for row in self.rows:
            key = tuple(row.cells[column] for column in columns)
            if key < last:
                row.note(columns[0], Rule.UNSORTED, row.cells[columns[0]])
            last = max(last, key)

    def check_known(self, column: str, known: Collection[str]) -> None:
        """Note each row whose column names something that is not there."""
        for row in self.rows:
            if row.cells[column] not in known:
                row.note(column, Rule.UNKNOWN_CODE, row.cells[column])


def read(file: str, content: bytes, columns: Collection[str], *, others: bool = False) -> Sheet:
    """The rows of a CSV file in UTF-8, with or without a byte order mark, columns in any order.

    Every one of `columns` must be there; further ones are a mistake unless `others`. A mistake
    that leaves nothing to read gives a sheet without rows.
    """
    sheet = Sheet(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sheet.note(content.count(b"\n", 0, error.start) + 1, "", Rule.NOT_UTF8)
        return sheet
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(records, [])
        if _header_fits(sheet, header, columns, others=others):
            sheet.rows.extend(_rows(sheet, header, records))
    except csv.Error:
        sheet.note(records.line_num, "", Rule.NOT_CSV)
    return sheet


def _header_fits(
    sheet: Sheet, header: list[str], columns: Collection[str], *, others: bool
) -> bool:
    for column in columns:
        if column not in header:
            sheet.note(1, column, Rule.COLUMN_MISSING)
    for index, column in enumerate(header):
        if (column not in columns and not others) or column in header[:index]:
            sheet.note(1, column, Rule.COLUMN_UNKNOWN)
    return not sheet.problems


def _rows(sheet: Sheet, header: list[str], records: Iterator[list[str]]) -> Iterator[Row]:
    line = 2
    for record in records:
        if len(record) == len(header):
            cells = dict(zip(header, record, strict=True))
            yield Row(sheet.file, line, cells, sheet.problems)
        else:
            sheet.note(line, "", Rule.CELL_COUNT, str(len(record)))
        line += 1 + sum(cell.count("\n") for cell in record)
