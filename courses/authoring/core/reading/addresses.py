"""Where the links and images of a text lead."""

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from courses.authoring.core.course import (
    AssetTarget,
    QuizTarget,
    Reason,
    SectionTarget,
    Target,
    UnitKind,
    UnitTarget,
    UnitText,
)
from courses.authoring.core.html import is_unsafe
from courses.authoring.core.layouts.plan import introduction, variant
from courses.authoring.core.ledger import Ledger
from courses.authoring.core.markdown import Reference, headings, read, references
from courses.authoring.core.paths import is_external, resolve
from courses.authoring.core.reading.assets import Assets
from courses.authoring.core.reading.images import looks_like_picture

_QUIZ = re.compile(r"/quiz/(\d+)/?(?:[?#].*)?$")


@dataclass(frozen=True)
class Addresses:
    """Looks addresses up in one course.

    units and sections are what there is to lead to, by path; page takes a text that is in neither
    and says whether it is part of the course from now on; quizzes are the ids of the quiz-app's.
    """

    units: Mapping[str, UnitKind]
    sections: Mapping[str, str]
    page: Callable[[str], bool]
    quizzes: Collection[str]
    assets: Assets
    ledger: Ledger

    def targets(self, text: UnitText) -> dict[str, Target]:
        """What each address in the text leads to; the ledger has those that lead nowhere."""
        tokens = read(text.markdown).tokens
        anchors = {heading.anchor for _, heading in headings(tokens)}
        found: dict[str, Target] = {}
        for reference in references(tokens):
            address = reference.address
            if reference.is_image and not reference.label.strip():
                self.ledger.changed(Reason.ALT_MISSING, text.path, address=address)
            if address.startswith("#"):
                if unquote(address[1:]).lower() not in anchors:
                    self.ledger.skipped(Reason.BROKEN_ANCHOR, text.path, address=address)
            elif target := self._target(text.path, reference):
                found[address] = target
        return found

    def _target(self, path: str, reference: Reference) -> Target | None:
        address = reference.address
        if is_unsafe(address):
            self.ledger.skipped(Reason.UNSAFE_ADDRESS, path, address=address[:200])
            return None
        if is_external(address):
            return self._outside(path, reference)
        place = resolve(path, address)
        target = None
        if place is not None:
            target = self._image(path, place[0]) if reference.is_image else self._link(*place)
        if target is None:
            reason = Reason.MISSING_IMAGE if reference.is_image else Reason.BROKEN_LINK
            self.ledger.skipped(reason, path, address=address)
        return target

    def _outside(self, path: str, reference: Reference) -> Target | None:
        """External addresses are kept as they are, but for those of the course's own quiz-app."""
        quiz = _QUIZ.search(reference.address)
        if quiz and not reference.is_image:
            if quiz[1] in self.quizzes:
                return QuizTarget(quiz[1])
            self.ledger.skipped(Reason.QUIZ_MISSING, path, address=reference.address)
        if reference.is_image:
            self.ledger.skipped(Reason.EXTERNAL_IMAGE, path, address=reference.address)
        return None

    def _image(self, path: str, place: str) -> Target | None:
        file = self.assets.find(place)
        if file is None:
            file = self.assets.original_of(place)
            if file is not None:
                self.ledger.changed(Reason.ORIGINAL_IMAGE_USED, path, address=place, used=file)
        asset = self.assets.image(file) if file else None
        return AssetTarget(asset.sha256) if asset else None

    def _link(self, place: str, fragment: str) -> Target | None:
        own = variant(place)[0]
        if own in self.sections:
            return SectionTarget(self.sections[own], fragment)
        for path in (own, introduction(self.units, own)):
            if path is not None and (path in self.units or self.page(path)):
                return UnitTarget(path, self.units[path], fragment)
        file = self.assets.find(place)
        if file is None or posixpath.splitext(file)[1].lower() == ".md":
            return None
        take = self.assets.image if looks_like_picture(file) else self.assets.attachment
        asset = take(file)
        return AssetTarget(asset.sha256) if asset else None
