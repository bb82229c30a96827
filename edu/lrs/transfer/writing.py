"""Write statements into a file, a batch at a time: memory does not grow with the record."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TypeAlias

import orjson

from edu.lrs.transfer.columns import COLUMNS, Row, flat
from edu.lrs.transfer.models import Format

Batch: TypeAlias = Sequence[bytes]
Write: TypeAlias = Callable[[Iterable[Batch], Path, Sequence[str]], None]

# A spreadsheet takes these at the start of a cell for a formula, the wide ones too (OWASP).
_DANGEROUS = tuple("=+-@\t\r＝＋－＠")
_MEMORY = (
    128 << 20
)  # bytes that DuckDB may use, beside its reading; beyond, it writes to its folder
_BUFFER = 1 << 20  # bytes for reading, unless a row is longer: it takes a multiple, and fills it


def write(batches: Iterable[Batch], path: Path, kind: Format, languages: Sequence[str]) -> None:
    """Write the statements of some batches, as JSON in UTF-8, in the format asked for."""
    _WRITERS[kind](batches, path, languages)


def _ndjson(batches: Iterable[Batch], path: Path, _languages: Sequence[str]) -> None:
    with path.open("wb") as file:
        for batch in batches:
            file.writelines(line + b"\n" for line in batch)


def _csv(batches: Iterable[Batch], path: Path, languages: Sequence[str]) -> None:
    with path.open("wb") as file:
        _csv_into(file, batches, languages)


def _csv_for_excel(batches: Iterable[Batch], path: Path, languages: Sequence[str]) -> None:
    """The byte order mark tells Excel that it is UTF-8."""
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        _csv_into(file, batches, languages)


def _csv_into(file: BinaryIO, batches: Iterable[Batch], languages: Sequence[str]) -> None:
    """RFC 4180: lines end in CRLF."""
    text = TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _rows(batches, languages):
        writer.writerow(_cell(row[name]) for name in COLUMNS)
    text.detach()


def _cell(value: object) -> object:
    """Only texts can be dangerous: a number that begins with a minus stays a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, str):
        text = value.replace("\0", "")  # which no spreadsheet can read
        return f"'{text}" if text.startswith(_DANGEROUS) else text
    return value


def _parquet(batches: Iterable[Batch], path: Path, languages: Sequence[str]) -> None:
    """By DuckDB, from lines of JSON in a file beside it."""
    import duckdb  # 20 MB that only the worker, writing Parquet, has use for

    lines, longest = path.with_suffix(".rows"), _BUFFER
    with lines.open("wb") as file:
        for row in _rows(batches, languages):
            longest = max(longest, file.write(orjson.dumps(_plain(row)) + b"\n"))
    columns = ", ".join(f"{_quoted(name)}: {_quoted(kind.value)}" for name, kind in COLUMNS.items())
    allowed = f"{_MEMORY + 8 * longest}B"
    with duckdb.connect(config={"memory_limit": allowed, "threads": 1}) as engine:
        engine.execute(f"SET temp_directory = {_quoted(str(path.parent))}")
        engine.execute(
            f"COPY (SELECT * FROM read_json({_quoted(str(lines))}, format = 'newline_delimited',"  # noqa: S608 - names of ours
            f" maximum_object_size = {longest}, columns = {{{columns}}}))"
            f" TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)"
        )
    lines.unlink()


def _plain(row: Row) -> Mapping[str, object]:
    return {
        name: value.replace(tzinfo=None) if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _rows(batches: Iterable[Batch], languages: Sequence[str]) -> Iterator[Row]:
    for batch in batches:
        for payload in batch:
            yield flat(orjson.loads(payload), languages)


_WRITERS: Mapping[Format, Write] = {
    Format.NDJSON: _ndjson,
    Format.CSV: _csv,
    Format.EXCEL: _csv_for_excel,
    Format.PARQUET: _parquet,
}
