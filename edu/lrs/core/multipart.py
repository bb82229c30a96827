"""Statements with attachments: multipart/mixed taken apart and put together (RFC 2046 5.1).

body = parse(content, content_type)
match(statements, body.attachments)
content_type, content = build(statements_json, attachments)
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidMultipart, Rule

SECTION = "Communication 1.5.2"
MAX_PARTS = 1000
MAX_HEADER_BYTES = 8192

_ALGORITHMS = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
# RFC 2046 5.1.1: 1 to 70 of these characters, the last no space.
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """The bytes of an attachment and what its part says of them."""

    sha2: str  # lower case hexadecimal, proved
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    content_length: int | None = None  # as the part declares, if it does


@dataclass(frozen=True, slots=True)
class Multipart:
    """A request with attachments: the statements, still JSON text, and the bytes beside them."""

    statements: bytes
    attachments: tuple[Attachment, ...]


def is_multipart(content_type: str) -> bool:
    """True when a Content-Type header announces multipart/mixed."""
    return content_type.partition(";")[0].strip().lower() == "multipart/mixed"


def parse(content: bytes, content_type: str) -> Multipart:
    """Take apart the body of a request.

    Raises InvalidMultipart unless a JSON part comes first and each other part is binary and holds
    what its hash says. At most MAX_PARTS parts of MAX_HEADER_BYTES of headers each.
    """
    if not is_multipart(content_type):
        raise InvalidMultipart(Rule.MULTIPART, SECTION)
    parts = [_read_part(part) for part in _split(content, _boundary(content_type))]
    headers, statements = parts[0]
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise InvalidMultipart(Rule.FIRST_PART, SECTION)
    return Multipart(statements, tuple(_attachment(*part) for part in parts[1:]))


def _boundary(content_type: str) -> bytes:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        boundary = value.strip().removeprefix('"').removesuffix('"')
        if name.strip().lower() == "boundary" and _BOUNDARY.fullmatch(boundary):
            return boundary.encode("ascii")
    raise InvalidMultipart(Rule.BOUNDARY, SECTION)


def _split(content: bytes, boundary: bytes) -> list[bytes]:
    """Cut at the boundaries; what comes before the first and after the last is not looked at."""
    # The line break before a boundary belongs to it; the first boundary may start the body.
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary, MAX_PARTS + 1)
    parts: list[bytes] = []
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            if not parts:
                break
            return parts
        line, found, part = piece.partition(b"\r\n")
        if line.strip(b" \t") or not found:  # a longer word than the boundary, or no end of line
            break
        parts.append(part)
    raise InvalidMultipart(Rule.BOUNDARY, SECTION)  # none, no part, too many, or no closing one


def _read_part(part: bytes) -> tuple[dict[str, str], bytes]:
    # A part without headers starts with the empty line that ends them.
    head, found, body = (b"\r\n" + part).partition(b"\r\n\r\n")
    if not found or len(head) > MAX_HEADER_BYTES:
        raise InvalidMultipart(Rule.MULTIPART, SECTION)
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        value = value.strip()
        if not colon or name.lower() in headers or not value.isprintable():
            raise InvalidMultipart(Rule.MULTIPART, SECTION)
        headers[name.lower()] = value
    return headers, body


def _attachment(headers: dict[str, str], content: bytes) -> Attachment:
    if headers.get("content-transfer-encoding", "").lower() != "binary":
        raise InvalidMultipart(Rule.TRANSFER_ENCODING, SECTION)
    declared = headers.get("x-experience-api-hash", "").lower()
    if not declared:
        raise InvalidMultipart(Rule.HASH_MISSING, SECTION)
    algorithm = _ALGORITHMS.get(len(declared))
    if algorithm is None or hashlib.new(algorithm, content).hexdigest() != declared:
        raise InvalidMultipart(Rule.HASH_MISMATCH, SECTION)
    length = headers.get("content-length", "")
    return Attachment(
        declared,
        content,
        headers.get("content-type", "application/octet-stream"),
        int(length) if re.fullmatch("[0-9]{1,15}", length) else None,
    )


def described(statements: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Every attachment object of some statements, those of SubStatements included."""
    for statement in statements:
        yield from statement.get("attachments", ())
        yield from statement["object"].get("attachments", ())


def match(statements: Sequence[JsonObject], attachments: Sequence[Attachment]) -> None:
    """Pair what valid statements say of attachments with the parts received, by hash alone.

    Raises InvalidMultipart for an attachment neither sent nor at a fileUrl, for a part no statement
    speaks of, and where a part's headers and the statement disagree. For a request in plain JSON
    pass no attachments.
    """
    by_hash = {attachment.sha2: attachment for attachment in attachments}
    spoken_of: set[str] = set()
    for description in described(statements):
        sha2 = description["sha2"].lower()
        spoken_of.add(sha2)
        received = by_hash.get(sha2)
        if received is None:
            if "fileUrl" not in description:
                raise InvalidMultipart(Rule.NO_CONTENT, SECTION)
        elif received.content_length not in {None, description["length"]}:
            # The header is held to the statement, as the text says; the bytes to their hash.
            raise InvalidMultipart(Rule.HEADER_MISMATCH, SECTION)
    if by_hash.keys() - spoken_of:
        raise InvalidMultipart(Rule.EXCESS_PART, SECTION)


def build(statements: bytes, attachments: Iterable[Attachment]) -> tuple[str, bytes]:
    """Put together a body; returns its Content-Type and the bytes. Each hash is sent once."""
    once = {attachment.sha2: attachment for attachment in attachments}
    boundary = _unused_boundary([statements, *(part.content for part in once.values())])
    pieces = [f"--{boundary}\r\nContent-Type: application/json\r\n\r\n".encode(), statements]
    for attachment in once.values():
        pieces.append(
            f"\r\n--{boundary}\r\n"
            f"Content-Type: {attachment.content_type}\r\n"
            f"Content-Length: {len(attachment.content)}\r\n"
            "Content-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {attachment.sha2}\r\n\r\n".encode("latin-1")
        )
        pieces.append(attachment.content)
    pieces.append(f"\r\n--{boundary}--\r\n".encode())
    return f'multipart/mixed; boundary="{boundary}"', b"".join(pieces)


def _unused_boundary(contents: Sequence[bytes]) -> str:
    boundary = token_hex(16)
    while any(boundary.encode() in content for content in contents):
        boundary = token_hex(16)
    return boundary
