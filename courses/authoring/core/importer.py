"""A folder or a zip of Markdown, imported: what a teacher then opens, corrects and publishes.

The importer changes nothing and keeps nothing: it gives an `ImportedCourse`, whose report accounts
for every file of the source and for everything in the texts that could not be taken as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from courses.authoring.core.course import (
    ImportedCourse,
    ImportedSection,
    ImportedUnit,
    Reason,
    UnitKind,
    UnitText,
)
from courses.authoring.core.layouts import beginners, plain
from courses.authoring.core.layouts.plan import (
    OWN,
    Plan,
    PlannedSection,
    PlannedUnit,
    Variants,
    variant,
)
from courses.authoring.core.ledger import Ledger
from courses.authoring.core.markdown import headings, read
from courses.authoring.core.paths import humanised, number_of
from courses.authoring.core.quizzes.collection import QuizCollection
from courses.authoring.core.reading.addresses import Addresses
from courses.authoring.core.reading.assets import Assets
from courses.authoring.core.reading.front_matter import read_metadata
from courses.authoring.core.reading.licence import is_licence_file, licence_terms
from courses.authoring.core.reading.texts import decoded, read_text
from courses.authoring.core.source import CourseSource, Subfolder

COURSE_FILE = "course.yml"
LANGUAGES = ("vi", "en")

COMPLETE = 0.9
"""A translation with fewer headings than this share of the original's has lost a part."""

_LEFT_OUT = {
    "hidden": Reason.HIDDEN,
    "symlink": Reason.SYMLINK,
    "special-file": Reason.SPECIAL_FILE,
}


class CourseUnrecognised(Exception):
    """The files are in none of the layouts we know: no numbered lesson was found."""

    code = "course-unrecognised"


def import_course(source: CourseSource, languages: Sequence[str] = LANGUAGES) -> ImportedCourse:
    """The course in the source, in its own language and in those wanted.

    Raises CourseUnrecognised, and SourceRefused when a file cannot be read.
    """
    source = unwrapped(source)
    plan = recognised(source.paths)
    return _Importer(source, plan, languages).course()


def unwrapped(source: CourseSource) -> CourseSource:
    """The source without the one folder that archives put around everything."""
    tops = {path.split("/", 1)[0] for path in source.paths}
    top = next(iter(tops), "")
    wrapped = len(tops) == 1 and top not in source.paths and number_of(top) is None
    return unwrapped(Subfolder(source, top)) if wrapped else source


def recognised(paths: Sequence[str]) -> Plan:
    """The course as the layout sees it that finds most lessons. Raises CourseUnrecognised."""
    best = max((beginners.plan(paths), plain.plan(paths)), key=lambda plan: plan.lessons)
    if not best.lessons:
        raise CourseUnrecognised
    return best


def _parts(text: UnitText) -> int:
    return sum(1 for _ in headings(read(text.markdown).tokens))


class _Importer:
    """One import, step by step; each step leaves its lines in the ledger."""

    def __init__(self, source: CourseSource, plan: Plan, languages: Sequence[str]) -> None:
        self._source = source
        self._plan = plan
        self._ledger = Ledger()
        self._metadata = self._licence() | self._course_file()
        self._language = self._metadata.get("language", plan.language)
        self._wanted = {self._language, *languages}
        self._units: dict[str, PlannedUnit] = {}
        self._kinds: dict[str, UnitKind] = {}
        self._texts: dict[str, dict[str, UnitText]] = {}
        self._pages: list[str] = []

    def course(self) -> ImportedCourse:
        for entry in self._source.left_out:
            self._ledger.left(_LEFT_OUT[entry.code], entry.path)
        front = self._read(self._plan.front, Reason.INTRODUCTION)
        introductions = {
            section.path: self._read(section.files, Reason.INTRODUCTION)
            for section in self._plan.sections
        }
        for unit in self._plan.units:
            self._take(unit)
        if not self._units:
            raise CourseUnrecognised
        quizzes = QuizCollection(self._source, self._language, self._wanted, self._ledger)
        quizzes.read_files(self._plan.quiz_files)
        assets = Assets(self._source, self._ledger)
        addresses = self._addresses(assets, quizzes)
        introductions = {
            path: self._linked(texts, addresses) for path, texts in introductions.items()
        }
        units = self._linked_units(addresses)
        front = self._linked(front, replace(addresses, page=lambda path: False))  # noqa: ARG005
        taken = quizzes.attached(units)
        self._account_for_the_rest()
        return ImportedCourse(
            layout=self._plan.layout,
            language=self._language,
            title=self._title(front, quizzes.titles),
            about=front,
            metadata=self._metadata,
            sections=tuple(
                self._section(position, section, introductions[section.path])
                for position, section in enumerate(self._plan.sections)
            ),
            units=units,
            assets=assets.taken,
            quizzes=taken,
            report=self._ledger.report(),
        )

    def _course_file(self) -> dict[str, str]:
        if COURSE_FILE not in self._source.paths:
            return {}
        text = decoded(self._source.read(COURSE_FILE))
        if text is None:
            self._ledger.left(Reason.NOT_TEXT, COURSE_FILE)
            return {}
        values, unread = read_metadata(text)
        for line in unread:
            self._ledger.skipped(Reason.METADATA_LINE, COURSE_FILE, line=line)
        self._ledger.taken(Reason.COURSE_FILE, COURSE_FILE)
        return values

    def _licence(self) -> dict[str, str]:
        path = next((path for path in self._source.paths if is_licence_file(path)), None)
        text = decoded(self._source.read(path)) if path else None
        if path is None or text is None:
            return {}
        terms = licence_terms(text)
        self._ledger.taken(Reason.LICENCE, path, **terms)
        return terms

    def _read(self, files: Variants, reason: Reason) -> dict[str, UnitText]:
        """The texts in the languages wanted, the course's own first."""
        texts: dict[str, UnitText] = {}
        for tag, path in sorted(files.items()):
            language = tag if tag != OWN else self._language
            if language not in self._wanted:
                self._ledger.left(Reason.LANGUAGE_NOT_WANTED, path, language=language)
                continue
            if language in texts:
                self._ledger.left(Reason.LANGUAGE_TWICE, path, language=language)
                continue
            original = next((text.title for text in texts.values()), "")
            text = read_text(self._source, path, self._ledger, original=original)
            if text is not None:
                texts[language] = text
                self._ledger.taken(reason, path, language=language)
        return texts

    def _take(self, unit: PlannedUnit) -> bool:
        """Reads the unit; false when no language of it holds a text."""
        texts = self._read(unit.files, Reason(unit.kind))
        if not texts:
            return False
        said = next(iter(texts.values())).metadata.get("kind", "")
        self._units[unit.path] = unit
        self._kinds[unit.path] = UnitKind(said) if said in set(UnitKind) else unit.kind
        self._texts[unit.path] = texts
        self._say_what_is_not_translated(unit.path, texts)
        return True

    def _say_what_is_not_translated(self, path: str, texts: Mapping[str, UnitText]) -> None:
        for language in sorted(self._wanted - texts.keys()):
            self._ledger.skipped(Reason.TRANSLATION_MISSING, path, language=language)
        parts = {language: _parts(text) for language, text in texts.items()}
        for language, text in texts.items():
            if parts[language] < COMPLETE * parts.get(self._language, 0):
                self._ledger.skipped(
                    Reason.TRANSLATION_INCOMPLETE,
                    text.path,
                    language=language,
                    parts=str(parts[language]),
                    of=str(parts[self._language]),
                )

    def _take_page(self, path: str) -> bool:
        """Makes a text that a lesson links to a page of the course, if there is such a text."""
        files = self._plan.others.get(path)
        if files is None or self._ledger.has(next(iter(files.values()))):
            return False
        taken = self._take(PlannedUnit(path, UnitKind.PAGE, files))
        if taken:
            self._pages.append(path)
        return taken

    def _addresses(self, assets: Assets, quizzes: QuizCollection) -> Addresses:
        sections = {section.path: section.path for section in self._plan.sections}
        for section in self._plan.sections:
            sections |= {variant(path)[0]: section.path for path in section.files.values()}
        sections |= {variant(path)[0]: "" for path in self._plan.front.values()}
        return Addresses(
            units=self._kinds,
            sections=sections | {"": ""},
            page=self._take_page,
            quizzes=quizzes.ids,
            assets=assets,
            ledger=self._ledger,
        )

    def _linked(self, texts: Mapping[str, UnitText], addresses: Addresses) -> dict[str, UnitText]:
        return {
            language: replace(text, targets=addresses.targets(text))
            for language, text in texts.items()
        }

    def _linked_units(self, addresses: Addresses) -> tuple[ImportedUnit, ...]:
        """All units with their addresses looked up, which may bring in pages, and theirs."""
        units: list[ImportedUnit] = []
        waiting = list(self._units)
        self._pages.clear()
        while waiting:
            path = waiting.pop(0)
            texts = self._linked(self._texts[path], addresses)
            unit = self._units[path]
            units.append(
                ImportedUnit(path, self._kinds[path], len(units), unit.section, unit.lesson, texts)
            )
            waiting += self._pages
            self._pages.clear()
        return tuple(units)

    def _section(
        self, position: int, section: PlannedSection, introduction: Mapping[str, UnitText]
    ) -> ImportedSection:
        title = {language: text.title for language, text in introduction.items()}
        if not title:
            title = {self._language: humanised(section.path)}
            self._ledger.changed(Reason.TITLE_FROM_NAME, section.path, title=title[self._language])
        return ImportedSection(section.path, position, title, introduction)

    def _title(
        self, front: Mapping[str, UnitText], of_quizzes: Mapping[str, str]
    ) -> dict[str, str]:
        """As course.yml has it, or the front page, or, for want of both, the quizzes."""
        titles = {language: text.title for language, text in front.items()}
        said = self._metadata.get("title")
        if said:
            titles[self._language] = said
        for language in sorted(self._wanted):
            if named := self._metadata.get(f"title.{language}"):
                titles[language] = named
        if self._language not in titles and self._language in of_quizzes:
            titles[self._language] = of_quizzes[self._language]
            self._ledger.changed(Reason.TITLE_FROM_QUIZZES, "", title=titles[self._language])
        first = next(iter(self._texts.values()))
        return titles or {language: text.title for language, text in first.items()}

    def _account_for_the_rest(self) -> None:
        """Nothing is lost silently: what nobody asked for has its line too."""
        for path in self._source.paths:
            if self._ledger.has(path):
                continue
            language = variant(path)[1]
            if language not in {OWN, *self._wanted}:
                self._ledger.left(Reason.LANGUAGE_NOT_WANTED, path, language=language)
            elif path.lower().endswith(".md"):
                self._ledger.left(Reason.NOT_LINKED, path)
            else:
                self._ledger.left(Reason.NOT_USED, path)
