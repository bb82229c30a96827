"""What a file really is: pictures by their first bytes, other files by their name."""

import posixpath
import re
import struct
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG = "image/svg+xml"

ATTACHMENTS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "json": "application/json",
    "ipynb": "application/x-ipynb+json",
} | dict.fromkeys(
    ("txt", "py", "ino", "c", "h", "cpp", "ini", "sh", "ps1", "sql", "java", "cs", "js", "ts"),
    "text/plain",
)
"""Files a lesson may offer, by extension: media type. Code is offered as text, never run."""

_IMAGE_NAME = re.compile(r"\.(png|jpe?g|gif|webp|svg|bmp|tiff?|avif|ico)$", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*")
_SVG_ACTIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler"})
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame, not tables
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_LARGEST_SVG = 4 << 20


@dataclass(frozen=True)
class Picture:
    """Media type, and width and height in pixels where the file says so."""

    media_type: str
    width: int | None = None
    height: int | None = None


class PictureUnsafe(Exception):
    """A drawing that carries a program."""


def looks_like_picture(path: str) -> bool:
    """True when the file's name promises a picture."""
    return _IMAGE_NAME.search(path) is not None


def attachment_type(path: str) -> str | None:
    """The media type under which a file may be offered for download; None when it may not be."""
    return ATTACHMENTS.get(posixpath.splitext(path)[1].removeprefix(".").lower())


def picture(content: bytes) -> Picture | None:
    """What picture the bytes are; None when they are none that browsers show.

    Raises PictureUnsafe for an SVG with scripts, event handlers or addresses outside itself.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _sized("image/png", ">II", content[16:24])
    if content.startswith((b"GIF87a", b"GIF89a")):
        return _sized("image/gif", "<HH", content[6:10])
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    if b"<svg" in content[:4096]:
        return _svg(content)
    return None


def _sized(media_type: str, form: str, field: bytes) -> Picture:
    if len(field) != struct.calcsize(form):
        return Picture(media_type)
    width, height = struct.unpack(form, field)
    return Picture(media_type, width, height)


def _jpeg(content: bytes) -> Picture:
    """JPEG is a row of segments; the first frame header has the size (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004  a marker begins
        marker = content[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("image/jpeg", width, height)
        bare = marker in _JPEG_BARE
        at += 2 if bare else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return Picture("image/jpeg")


def _webp(content: bytes) -> Picture:
    """WebP keeps its size in one of three ways, by the kind of its first chunk (RFC 9649)."""
    chunk, data = content[12:16], content[20:30]
    if len(data) == 10:  # noqa: PLR2004  all of the header is there
        if chunk == b"VP8X":
            width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
            return Picture("image/webp", width, height)
        if chunk == b"VP8L":
            bits = int.from_bytes(data[1:5], "little")
            return Picture("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        if chunk == b"VP8 ":
            width, height = struct.unpack("<HH", data[6:10])
            return Picture("image/webp", width & 0x3FFF, height & 0x3FFF)
    return Picture("image/webp")


def _svg(content: bytes) -> Picture | None:
    if len(content) > _LARGEST_SVG:
        raise PictureUnsafe
    try:
        root = fromstring(content)
    except DefusedXmlException:  # entities, which could grow without bound
        raise PictureUnsafe from None
    except (ParseError, ValueError):
        return None
    if _local(root.tag) != "svg":
        return None
    if any(_is_active(element) for element in root.iter()):
        raise PictureUnsafe
    return Picture(SVG, _length(root.get("width")), _length(root.get("height")))


def _is_active(element: Element) -> bool:
    if _local(element.tag) in _SVG_ACTIVE:
        return True
    for name, value in element.attrib.items():
        bare = "".join(value.split()).lower()
        if _local(name).startswith("on") or "javascript:" in bare:
            return True
        inside = bare.startswith(("#", "data:image/png", "data:image/jpeg"))
        if _local(name) == "href" and _local(element.tag) != "a" and not inside:
            return True
    return False


def _local(name: object) -> str:
    """A name without its namespace; comments and instructions, which have none, give ""."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _length(value: str | None) -> int | None:
    found = _LENGTH.fullmatch(value or "")
    return int(found[1]) or None if found else None
