"""Zip archives of tables sent by others, opened with suspicion: nothing is trusted or unpacked.

Tables are streamed row by row out of the archive. Limits stand on the number of members, their
declared size and how far they are compressed; `zipfile` never yields more than a member declares.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

MAX_MEMBERS = 500
MAX_MEMBER_BYTES = 128 * 2**20
MAX_TOTAL_BYTES = 512 * 2**20
MAX_RATIO = 100
RATIO_MATTERS_FROM = 2**20  # a small member may be as empty as it likes
ENCRYPTED = 0x1


class Refusal(StrEnum):
    """Why an archive cannot be used."""

    NOT_A_ZIP = "not-a-zip"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_MEMBERS = "too-many-members"
    TOO_LARGE = "too-large"
    TABLE_MISSING = "table-missing"
    LANGUAGE_MISSING = "language-missing"
    SEVERAL_LANGUAGES = "several-languages"
    COLUMN_MISSING = "column-missing"
    NOT_UTF8 = "not-utf-8"
    NOT_CSV = "not-csv"
    CELL_COUNT = "cell-count"
    VALUE = "value"


class ArchiveRefused(Exception):
    """An archive that is not what it should be: `code` says why, `values` where and what."""

    def __init__(self, code: Refusal, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Line:
    """The wanted cells of one record, in the wanted order, and where they stood."""

    file: str
    number: int
    cells: tuple[str, ...]


class TableArchive:
    """A zip archive of CSV tables in UTF-8. Use it in a `with` block."""

    def __init__(self, source: Path | BinaryIO) -> None:
        """Open and inspect the archive; nothing is read out of it yet.

        Raises ArchiveRefused (NOT_A_ZIP, ENCRYPTED, TOO_MANY_MEMBERS, TOO_LARGE).
        """
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ArchiveRefused(Refusal.NOT_A_ZIP) from error
        try:
            _inspect(self._zip.infolist())
        except ArchiveRefused:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
        self._zip.close()

    def names(self) -> list[str]:
        """The members' names, directories left out."""
        return [member.filename for member in self._zip.infolist() if not member.is_dir()]

    def lines(self, member: str, columns: Sequence[str]) -> Iterator[Line]:
        """The records of a table, with the cells of these columns, wherever they stand.

        Raises ArchiveRefused (COLUMN_MISSING, CELL_COUNT, NOT_UTF8, NOT_CSV, DAMAGED).
        """
        file = PurePosixPath(member).name
        number = 1
        try:
            with (
                self._zip.open(member) as raw,
                io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
            ):
                records = csv.reader(text, strict=True)
                header = next(records, [])
                places = _places(file, header, columns)
                for record in records:
                    first, number = number + 1, records.line_num
                    if len(record) != len(header):
                        raise ArchiveRefused(Refusal.CELL_COUNT, file=file, line=first)
                    yield Line(file, first, tuple([record[place] for place in places]))
        except UnicodeDecodeError as error:
            raise ArchiveRefused(Refusal.NOT_UTF8, file=file, line=number + 1) from error
        except csv.Error as error:
            raise ArchiveRefused(Refusal.NOT_CSV, file=file, line=number + 1) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise ArchiveRefused(Refusal.DAMAGED, file=file) from error


def _inspect(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise ArchiveRefused(Refusal.TOO_MANY_MEMBERS, members=len(members), most=MAX_MEMBERS)
    for member in members:
        if member.flag_bits & ENCRYPTED:
            raise ArchiveRefused(Refusal.ENCRYPTED, file=member.filename)
        inflated = member.file_size > RATIO_MATTERS_FROM and (
            member.file_size > MAX_RATIO * member.compress_size
        )
        if inflated or member.file_size > MAX_MEMBER_BYTES:
            raise ArchiveRefused(Refusal.TOO_LARGE, file=member.filename, bytes=member.file_size)
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL_BYTES:
        raise ArchiveRefused(Refusal.TOO_LARGE, file="", bytes=total)


def _places(file: str, header: Sequence[str], columns: Sequence[str]) -> list[int]:
    for column in columns:
        if column not in header:
            raise ArchiveRefused(Refusal.COLUMN_MISSING, file=file, column=column)
    return [header.index(column) for column in columns]
