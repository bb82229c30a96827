"""All quizzes of a course: gathered in every language, and given to the lessons that ask them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from courses.authoring.core.course import (
    ImportedQuiz,
    ImportedUnit,
    QuizPlace,
    QuizTarget,
    Reason,
    Report,
    UnitText,
)
from courses.authoring.core.layouts.plan import OWN
from courses.authoring.core.ledger import Ledger
from courses.authoring.core.markdown import quiz_info, read, references
from courses.authoring.core.quizzes.draft import QuizDraft, in_all_languages
from courses.authoring.core.quizzes.quiz_app import QuizFileUnreadable, read_quiz_file
from courses.authoring.core.quizzes.written import read_quiz
from courses.authoring.core.source import CourseSource, LeftOut, SourceRefused


class QuizCollection:
    """The quizzes of one import. titles are what the quiz files call the course, by language."""

    def __init__(
        self, source: CourseSource, language: str, wanted: Collection[str], ledger: Ledger
    ) -> None:
        self._source = source
        self._language = language
        self._wanted = wanted
        self._ledger = ledger
        self._drafts: dict[str, dict[str, QuizDraft]] = {}
        self._files: dict[str, str] = {}
        self.titles: dict[str, str] = {}

    @property
    def ids(self) -> Collection[str]:
        """The ids of the quizzes that came in files, to which lessons may link."""
        return self._drafts.keys()

    def read_files(self, files: Mapping[str, Sequence[str]]) -> None:
        """Reads the files of a quiz-app, by language."""
        for tag, paths in files.items():
            language = self._language if tag == OWN else tag
            for path in paths:
                if language not in self._wanted:
                    self._ledger.left(Reason.LANGUAGE_NOT_WANTED, path, language=language)
                else:
                    self._read_file(path, language)

    def _read_file(self, path: str, language: str) -> None:
        try:
            title, drafts = read_quiz_file(self._source.read(path), language)
        except QuizFileUnreadable:
            self._ledger.left(Reason.QUIZ_UNREADABLE, path)
            return
        self._ledger.taken(Reason.QUIZ_FILE, path, language=language)
        if title:
            self.titles.setdefault(language, title.partition(":")[0].strip())
        for draft in drafts:
            self._drafts.setdefault(draft.id, {})[language] = draft
            self._files.setdefault(draft.id, path)
            self._say_faults(draft, path)

    def attached(self, units: Sequence[ImportedUnit]) -> tuple[ImportedQuiz, ...]:
        """Every quiz with something in it, by the unit that asks it, then those nobody asks."""
        found: list[ImportedQuiz] = []
        asked: set[str] = set()
        for unit in units:
            linked = self._linked(unit)
            for order, quiz in enumerate(quiz for quiz in linked if quiz not in asked):
                usual = QuizPlace.PRE if order == 0 and len(linked) > 1 else QuizPlace.POST
                drafts = self._drafts[quiz]
                found += self._quiz(drafts, unit.path, usual, self._files[quiz])
            asked.update(linked)
            for drafts in self._written(unit):
                found += self._quiz(drafts, unit.path, QuizPlace.CHECK, unit.path)
        for quiz in (quiz for quiz in self._drafts if quiz not in asked):
            self._ledger.changed(Reason.QUIZ_NOT_ATTACHED, self._files[quiz], quiz=quiz)
            found += self._quiz(self._drafts[quiz], None, QuizPlace.CHECK, self._files[quiz])
        return tuple(found)

    def _linked(self, unit: ImportedUnit) -> list[str]:
        """The quizzes the unit links to, in order, as the course's own language has them."""
        linked = {language: _quiz_links(text) for language, text in unit.texts.items()}
        own = linked.get(self._language) or next(iter(linked.values()))
        for language, quizzes in linked.items():
            if quizzes != own:
                path = unit.texts[language].path
                self._ledger.changed(
                    Reason.QUIZ_LINK_DIFFERS,
                    path,
                    own=" ".join(own),
                    here=" ".join(quizzes),
                    language=language,
                )
        return own

    def _written(self, unit: ImportedUnit) -> Iterator[dict[str, QuizDraft]]:
        """The quizzes written in the unit's text, each in all its languages."""
        drafts: dict[str, dict[str, QuizDraft]] = {}
        for language, text in unit.texts.items():
            for token in read(text.markdown).tokens:
                info = quiz_info(token)
                if info is not None:
                    draft = read_quiz(info, token.content, language)
                    self._say_faults(draft, text.path)
                    while language in drafts.get(draft.id, {}):
                        draft = replace(draft, id=f"{draft.id}-2")
                    drafts.setdefault(draft.id, {})[language] = draft
        yield from drafts.values()

    def _quiz(
        self, drafts: Mapping[str, QuizDraft], unit: str | None, usual: QuizPlace, path: str
    ) -> list[ImportedQuiz]:
        items, faults = in_all_languages(drafts, self._language)
        first = next(iter(drafts.values()))
        for fault in faults:
            self._ledger.skipped(fault.reason, path, quiz=first.id, detail=fault.detail)
        for language in sorted(set(self._wanted) - drafts.keys()):
            self._ledger.skipped(Reason.TRANSLATION_MISSING, path, quiz=first.id, language=language)
        if not items:
            self._ledger.skipped(Reason.QUIZ_EMPTY, path, quiz=first.id)
            return []
        self._ledger.taken(Reason.QUIZ, path, quiz=first.id, items=str(len(items)))
        title = {language: draft.title for language, draft in drafts.items() if draft.title}
        return [ImportedQuiz(first.id, unit, first.place or usual, title, items)]

    def _say_faults(self, draft: QuizDraft, path: str) -> None:
        for fault in draft.faults:
            self._ledger.skipped(fault.reason, path, quiz=draft.id, detail=fault.detail)


def written_in(unit: ImportedUnit, language: str) -> tuple[tuple[ImportedQuiz, ...], Report]:
    """The quizzes written in a unit's own texts, and what could not be taken of them.

    language is the one whose ids and keys hold.
    """
    ledger = Ledger()
    quizzes = QuizCollection(_NoFiles(), language, unit.texts.keys(), ledger)
    texts = {tag: replace(text, targets={}) for tag, text in unit.texts.items()}
    return quizzes.attached([replace(unit, texts=texts)]), ledger.report()


class _NoFiles:
    """A source for texts that are at hand already."""

    paths: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def read(self, path: str) -> bytes:
        raise SourceRefused("file-missing", path=path)


def _quiz_links(text: UnitText) -> list[str]:
    linked = [
        target.quiz
        for reference in references(read(text.markdown).tokens)
        if isinstance(target := text.targets.get(reference.address), QuizTarget)
    ]
    return list(dict.fromkeys(linked))
