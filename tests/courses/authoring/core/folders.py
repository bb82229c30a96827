"""Courses small enough to read, made on the spot."""

import io
import struct
import zipfile
import zlib

from courses.authoring.core.source import FolderSource, ZipSource

MODIFIED = (2026, 1, 2, 3, 4, 6)


def folder(root, files):
    """The files, path → text or bytes, as a course folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return FolderSource(root)


def archive(files, method=zipfile.ZIP_DEFLATED):
    """The files, path or ZipInfo → text or bytes, as the stream of a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as written:
        for name, content in files.items():
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, MODIFIED)
            info.compress_type = method
            written.writestr(info, content)
    stream.seek(0)
    return stream


def zipped(files):
    return ZipSource(archive(files))


def png(width=3, height=2):
    """A real picture, grey."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
