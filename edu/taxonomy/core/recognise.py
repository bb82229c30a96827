"""Which kind of reference data a file holds, told by its content and not by its name."""

import zipfile
from enum import StrEnum
from pathlib import Path

LONGEST_HEADER = 4096


class FileKind(StrEnum):
    """What can be imported."""

    ESCO = "esco"
    PROVINCES = "provinces"
    COMMUNES = "communes"


def kind_of(path: Path) -> FileKind | None:
    """The kind of a file; None for anything else. A zip is taken to be ESCO's until it is read.

    Raises OSError when the file cannot be read.
    """
    if zipfile.is_zipfile(path):
        return FileKind.ESCO
    with path.open("rb") as file:
        header = file.readline(LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    columns = {column.strip().strip('"') for column in header.split(",")}
    if not {"code", "name", "type"} <= columns:
        return None
    return FileKind.COMMUNES if "province_code" in columns else FileKind.PROVINCES
