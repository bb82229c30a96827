"""Rows as CSV and as JSON, line by line, so that a large dataset never stands in memory whole."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | Decimal | date | None
Row: TypeAlias = Sequence[Cell]

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Write RFC 4180: a header, a comma between fields, CRLF after each record.

    A text that a spreadsheet would run as a formula is written with an apostrophe before it
    (OWASP: CSV injection).
    """
    for row in chain([columns], rows):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(cell) for cell in row])
        yield line.getvalue()


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Write one array with an object for each row, a line each."""
    between = "[\n"
    for row in rows:
        document = {name: _plain(cell) for name, cell in zip(columns, row, strict=True)}
        yield between + json.dumps(document, ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell


def _plain(cell: Cell) -> Cell:
    """As JSON knows it: days as texts (RFC 3339), decimals as numbers."""
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell
