"""Look at the beginning of an upload, so that the wrong file is refused while its owner waits."""

import codecs
import enum
from typing import BinaryIO

import orjson

HEAD_BYTES = 1 << 20
BYTE_ORDER_MARK = codecs.BOM_UTF8

_PACKED = (b"PK\x03\x04", b"\x1f\x8b")  # zip, gzip


class NotStatements(enum.StrEnum):
    """What a file is instead of statements, one a line."""

    EMPTY = "empty"
    PACKED = "packed"
    NOT_UTF8 = "not-utf8"
    ONE_LIST = "one-list"
    NO_LINES = "no-lines"


def what_else(file: BinaryIO) -> NotStatements | None:
    """Say what a file is instead; None where one of its first lines is a JSON object.

    Wrong lines among right ones are no reason to refuse it: each is named when it is taken in. The
    file is left at its beginning.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    lines = [line for line in head.removeprefix(BYTE_ORDER_MARK).split(b"\n") if line.strip()]
    is_cut_off = len(head) == HEAD_BYTES and len(lines) == 1 and lines[0].startswith(b"{")
    if is_cut_off or any(map(_is_object, lines)):
        return None
    if not lines:
        return NotStatements.EMPTY
    if head.startswith(_PACKED):
        return NotStatements.PACKED
    if not _is_utf8(head):
        return NotStatements.NOT_UTF8
    is_list = lines[0].lstrip().startswith(b"[")
    return NotStatements.ONE_LIST if is_list else NotStatements.NO_LINES


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _is_utf8(head: bytes) -> bool:
    """Whether it is UTF-8, perhaps cut off within a letter."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return False
    return True
