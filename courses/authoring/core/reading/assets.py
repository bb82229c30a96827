"""The pictures and files that the texts of a course use."""

import hashlib
import posixpath
import re

from courses.authoring.core.course import Asset, Reason
from courses.authoring.core.layouts.plan import variant
from courses.authoring.core.ledger import Ledger
from courses.authoring.core.reading.images import PictureUnsafe, attachment_type, picture
from courses.authoring.core.source import CourseSource

_TRANSLATED_NAME = re.compile(
    r"(?P<stem>.+?)\.[0-9a-f]{16,64}(?:\.[A-Za-z-]+)?(?P<extension>\.\w+)"
)


class Assets:
    """Takes what texts refer to, each file once, and says in the ledger what became of it."""

    def __init__(self, source: CourseSource, ledger: Ledger) -> None:
        self._source = source
        self._ledger = ledger
        self._paths = frozenset(source.paths)
        self._taken: dict[str, Asset | None] = {}
        self._by_name: dict[str, list[str]] = {}
        for path in source.paths:
            self._by_name.setdefault(posixpath.basename(path), []).append(path)

    @property
    def taken(self) -> tuple[Asset, ...]:
        """Every file taken; two files of the same content are both here, under one sha256."""
        return tuple(asset for asset in self._taken.values() if asset is not None)

    def find(self, path: str) -> str | None:
        """The file a text means by the path: itself, or that of the course's own language."""
        own = variant(path)[0]
        return next((here for here in (path, own) if here in self._paths), None)

    def original_of(self, path: str) -> str | None:
        """The picture whose translation the path names, when only the original is there.

        The translating machine calls it <name>.<hash>.<language>.png, in a folder of its own.
        """
        found = _TRANSLATED_NAME.fullmatch(posixpath.basename(path))
        if found is None:
            return None
        originals = self._by_name.get(found["stem"] + found["extension"], [])
        return originals[0] if len(originals) == 1 else None

    def image(self, path: str) -> Asset | None:
        """The picture in the file; None, with a line in the ledger, when it is none to show."""
        if path not in self._taken:
            self._taken[path] = self._read_image(path)
        return self._taken[path]

    def attachment(self, path: str) -> Asset | None:
        """The file as one to offer for download; None, with a line in the ledger, if it may not."""
        if path not in self._taken:
            self._taken[path] = self._read_attachment(path)
        return self._taken[path]

    def _read_image(self, path: str) -> Asset | None:
        content = self._source.read(path)
        try:
            found = picture(content)
        except PictureUnsafe:
            self._ledger.left(Reason.UNSAFE_IMAGE, path)
            return None
        if found is None:
            self._ledger.left(Reason.UNSUPPORTED_FILE, path)
            return None
        self._ledger.taken(Reason.IMAGE, path)
        return Asset(
            _sha256(content), path, found.media_type, len(content), found.width, found.height
        )

    def _read_attachment(self, path: str) -> Asset | None:
        media_type = attachment_type(path)
        if media_type is None:
            self._ledger.left(Reason.UNSUPPORTED_FILE, path)
            return None
        content = self._source.read(path)
        self._ledger.taken(Reason.ATTACHMENT, path)
        return Asset(_sha256(content), path, media_type, len(content))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
