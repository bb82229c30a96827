"""An imported course, as plain values: what a folder of Markdown turns into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from courses.assessment.core.items import Item, LanguageMap


class Layout(StrEnum):
    """How the files of a course are arranged; see `layouts`."""

    BEGINNERS = "beginners"
    PLAIN = "plain"


class UnitKind(StrEnum):
    """What a unit is for: taught in turn, consulted when linked to, or handed in."""

    LESSON = "lesson"
    PAGE = "page"
    ASSIGNMENT = "assignment"


class QuizPlace(StrEnum):
    """When a quiz is taken."""

    PRE = "pre"
    POST = "post"
    CHECK = "check"


@dataclass(frozen=True)
class UnitTarget:
    """An address in a text that leads to a unit, perhaps to a heading in it."""

    path: str
    kind: UnitKind
    fragment: str = ""


@dataclass(frozen=True)
class SectionTarget:
    """An address in a text that leads to a section, or with path "" to the course's front page."""

    path: str
    fragment: str = ""


@dataclass(frozen=True)
class AssetTarget:
    """An address in a text that leads to an image or another file of the course."""

    sha256: str


@dataclass(frozen=True)
class QuizTarget:
    """An address in a text that leads to one of the course's quizzes."""

    quiz: str


Target: TypeAlias = UnitTarget | SectionTarget | AssetTarget | QuizTarget


@dataclass(frozen=True)
class UnitText:
    """A unit in one language.

    path is the file it came from; metadata its front matter, flat. targets maps each address, as
    `markdown.references` gives it, to what it leads to; others are external or broken.
    """

    path: str
    title: str
    markdown: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportedUnit:
    """One unit in all its languages.

    path, that of the file in the course's own language, is its identity in links and when the
    course is imported again. lesson is the path of the lesson a page or an assignment belongs to.
    """

    path: str
    kind: UnitKind
    position: int
    section: str | None
    lesson: str | None
    texts: Mapping[str, UnitText]

    @property
    def title(self) -> LanguageMap:
        """Its title in every language it has."""
        return {language: text.title for language, text in self.texts.items()}


@dataclass(frozen=True)
class ImportedSection:
    """Units taught together; path is their folder. Its README, if it has one, introduces it."""

    path: str
    position: int
    title: LanguageMap
    introduction: Mapping[str, UnitText]


@dataclass(frozen=True)
class Asset:
    """A file that a text shows or offers. Its bytes stay in the source, at path. Sizes: pixels."""

    sha256: str
    path: str
    media_type: str
    bytes: int
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class ImportedQuiz:
    """A quiz and its items. id is unique in its unit; unit is None when no text asks the quiz."""

    id: str
    unit: str | None
    place: QuizPlace
    title: LanguageMap
    items: tuple[Item, ...]


class Verdict(StrEnum):
    """What became of something found in the source."""

    TAKEN = "taken"
    SKIPPED = "skipped"
    CHANGED = "changed"


class Reason(StrEnum):
    """Why, in one word for machines; the page has the sentence."""

    # Taken
    COURSE_FILE = "course-file"
    LICENCE = "licence"
    LESSON = "lesson"
    PAGE = "page"
    ASSIGNMENT = "assignment"
    INTRODUCTION = "introduction"
    IMAGE = "image"
    ATTACHMENT = "attachment"
    QUIZ = "quiz"
    QUIZ_FILE = "quiz-file"
    # Skipped, among the files
    HIDDEN = "hidden"
    SYMLINK = "symlink"
    SPECIAL_FILE = "special-file"
    LANGUAGE_NOT_WANTED = "language-not-wanted"
    LANGUAGE_TWICE = "language-twice"
    NOT_LINKED = "not-linked"
    NOT_USED = "not-used"
    NOT_TEXT = "not-text"
    EMPTY_TEXT = "empty-text"
    UNSUPPORTED_FILE = "unsupported-file"
    UNSAFE_IMAGE = "unsafe-image"
    # Skipped, inside a text
    BROKEN_LINK = "broken-link"
    BROKEN_ANCHOR = "broken-anchor"
    MISSING_IMAGE = "missing-image"
    EXTERNAL_IMAGE = "external-image"
    UNSAFE_ADDRESS = "unsafe-address"
    METADATA_LINE = "metadata-line"
    TRANSLATION_MISSING = "translation-missing"
    TRANSLATION_INCOMPLETE = "translation-incomplete"
    # Skipped, inside a quiz
    QUIZ_UNREADABLE = "quiz-unreadable"
    QUIZ_EMPTY = "quiz-empty"
    QUIZ_MISSING = "quiz-missing"
    QUESTION_UNREADABLE = "question-unreadable"
    QUESTION_WITHOUT_KEY = "question-without-key"
    QUIZ_TRANSLATION_DIFFERS = "quiz-translation-differs"
    # Changed
    ORIGINAL_IMAGE_USED = "original-image-used"
    TRANSLATOR_NOTE_MOVED = "translator-note-moved"
    HTML_REMOVED = "html-removed"
    ALT_MISSING = "alt-missing"
    TITLE_FROM_NAME = "title-from-name"
    TITLE_FROM_ORIGINAL = "title-from-original"
    TITLE_FROM_QUIZZES = "title-from-quizzes"
    QUIZ_NOT_ATTACHED = "quiz-not-attached"
    QUIZ_LINK_DIFFERS = "quiz-link-differs"


@dataclass(frozen=True)
class ReportLine:
    """One thing found, what became of it and why; values are for the sentence."""

    verdict: Verdict
    reason: Reason
    path: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """Everything the importer met, in the order it met it."""

    lines: tuple[ReportLine, ...]

    def of(self, verdict: Verdict, reason: Reason | None = None) -> tuple[ReportLine, ...]:
        """The lines with this verdict, and this reason if one is given."""
        return tuple(
            line for line in self.lines if line.verdict is verdict and reason in {None, line.reason}
        )

    def counts(self) -> dict[tuple[Verdict, Reason], int]:
        """How many lines there are of each sort, most frequent first."""
        found: dict[tuple[Verdict, Reason], int] = {}
        for line in self.lines:
            found[line.verdict, line.reason] = found.get((line.verdict, line.reason), 0) + 1
        return dict(sorted(found.items(), key=lambda entry: -entry[1]))


@dataclass(frozen=True)
class ImportedCourse:
    """A whole course.

    language is the one it was written in; about its front page; metadata what course.yml says, and
    "licence" (SPDX) and "copyright" as its licence file has them.
    """

    layout: Layout
    language: str
    title: LanguageMap
    about: Mapping[str, UnitText]
    metadata: Mapping[str, str]
    sections: tuple[ImportedSection, ...]
    units: tuple[ImportedUnit, ...]
    assets: tuple[Asset, ...]
    quizzes: tuple[ImportedQuiz, ...]
    report: Report
