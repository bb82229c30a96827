"""Take a course that was written elsewhere into a module.

Importing again updates: units, files and questions are recognised by their names, so that what
learners did stays with them, and only what says something new becomes a new version.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from courses.assessment import service as bank
from courses.assessment.models import QuizPlace
from courses.authoring import policy
from courses.authoring import queries as authoring
from courses.authoring import service as writing
from courses.authoring.core import importer
from courses.authoring.core.course import (
    ImportedCourse,
    ImportedSection,
    ImportedUnit,
    Report,
    UnitText,
)
from courses.authoring.core.course import UnitKind as CoreKind
from courses.authoring.core.quizzes.collection import written_in
from courses.authoring.core.reading.texts import MACHINE_TRANSLATION
from courses.authoring.core.source import CourseSource
from courses.authoring.core.wording import with_title
from courses.authoring.models import Asset, Unit, UnitKind
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import db, lock
from edu.errors import Forbidden
from edu.i18n import LANGUAGES, LanguageMap, words
from edu.storage import service as storage

_ATTRIBUTION = {
    "vi": "Từ khóa học “{title}”. {owner}. Giấy phép {licence}.",
    "en": "From the course “{title}”. {owner}. Licence: {licence}.",
}


@dataclass
class Taken:
    """What an import made of a module: its units by what happened to them, and the report."""

    report: Report
    new: list[UUID] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    unchanged: list[UUID] = field(default_factory=list)


def import_course(  # noqa: PLR0913 - the options of one act
    author: Person,
    module: Module,
    source: CourseSource,
    *,
    languages: Sequence[str] = LANGUAGES,
    skills: Mapping[str, Sequence[str]] | None = None,
    publish: bool = False,
) -> Taken:
    """Read a course and take it into the module, as drafts or at once published.

    `skills` names the skills of questions by item id; those of other courses are passed over.
    Raises Forbidden, CourseUnrecognised, SourceRefused.
    """
    course = importer.import_course(source, languages)
    taken = take(author, module, course, source)
    if publish:
        writing.publish_all(author, module)
    for identifier in asked_in(course) & (skills or {}).keys():
        bank.ask_for(module, identifier, (skills or {})[identifier])
    return taken


def asked_in(course: ImportedCourse) -> set[str]:
    """Name the questions of a course."""
    return {item.id for quiz in course.quizzes for item in quiz.items}


def take(author: Person, module: Module, course: ImportedCourse, source: CourseSource) -> Taken:
    """Store what was read: files, units as drafts, questions. Raises Forbidden."""
    if not policy.can_edit(author, module):
        raise Forbidden
    lock(module)  # two imports of one course follow each other
    _store_files(module, course, importer.unwrapped(source))
    taken = Taken(course.report)
    units = {}
    sections = {section.path: section.title for section in course.sections}
    for one in [*course.units, *_introductions(course)]:
        unit = _unit(module, one, sections)
        unit.attribution, unit.source_licence = _origin(course)
        _sort(taken, unit, writing.save_draft(author, unit, _wording(one)))
        units[one.path] = unit
    _store_quizzes(module, course, units)
    db.session.flush()
    return taken


def _sort(taken: Taken, unit: Unit, draft: object) -> None:
    if unit.published is not None:
        (taken.changed if draft else taken.unchanged).append(unit.id)
    else:
        taken.new.append(unit.id)


def _store_files(module: Module, course: ImportedCourse, source: CourseSource) -> None:
    known = {asset.path: asset for asset in authoring.assets_in(module)}
    for file in course.assets:
        asset = known.get(file.path)
        if asset is None:
            asset = Asset(module_id=module.id, path=file.path)
            db.session.add(asset)
        if asset.blob_key != file.sha256:
            stored = storage.store().put(io.BytesIO(source.read(file.path)))
            asset.blob_key, asset.size = stored.key, stored.size
        asset.media_type = file.media_type
        asset.width, asset.height = file.width, file.height
    db.session.flush()


def _introductions(course: ImportedCourse) -> Iterable[ImportedUnit]:
    """The texts that introduce sections, as pages after all lessons."""
    for section in course.sections:
        if section.introduction:
            yield _as_page(section, len(course.units) + section.position)


def _as_page(section: ImportedSection, position: int) -> ImportedUnit:
    path = next(iter(section.introduction.values())).path
    return ImportedUnit(path, CoreKind.PAGE, position, section.path, None, section.introduction)


def _unit(module: Module, one: ImportedUnit, sections: Mapping[str, Mapping[str, str]]) -> Unit:
    kind = UnitKind(one.kind.value)
    unit = authoring.unit_by_slug(module, one.path)
    if unit is None:
        unit = writing.new_unit(module, kind, slug=one.path)
    unit.kind = kind
    unit.position = one.position
    unit.section = dict(sections.get(one.section or "", {}))
    return unit


def _wording(one: ImportedUnit) -> writing.Wording:
    return writing.Wording(
        {tag: with_title(text.markdown, text.title) for tag, text in one.texts.items()},
        {tag: text.targets for tag, text in one.texts.items()},
        [tag for tag, text in one.texts.items() if _is_by_machine(text)],
    )


def _is_by_machine(text: UnitText) -> bool:
    return any(key.startswith(MACHINE_TRANSLATION) for key in text.metadata)


def _origin(course: ImportedCourse) -> tuple[LanguageMap, str]:
    """Whose work it is, in a sentence, and under which licence; empty where it is silent."""
    licence = course.metadata.get("licence", "")
    owner = course.metadata.get("author") or course.metadata.get("copyright", "")
    if not licence or not owner:
        return {}, licence
    said = {
        tag: sentence.format(
            title=course.title.get(tag) or next(iter(course.title.values())),
            owner=owner,
            licence=licence,
        )
        for tag, sentence in _ATTRIBUTION.items()
    }
    return words(said["vi"], said["en"]), licence


def _store_quizzes(module: Module, course: ImportedCourse, units: Mapping[str, Unit]) -> None:
    """Put the questions into the bank.

    Those written in the text of a unit that learners already read wait for its publishing.
    """
    written = {
        one.path: {quiz.id for quiz in written_in(one, course.language)[0]}
        for one in course.units
        if units[one.path].published is not None
    }
    for quiz in course.quizzes:
        if quiz.unit is None:
            for item in quiz.items:
                bank.keep_item(module, item)
        elif quiz.id not in written.get(quiz.unit, ()):
            place = QuizPlace(quiz.place.value)
            bank.keep_quiz(units[quiz.unit], bank.Questions(quiz.id, place, quiz.title, quiz.items))
