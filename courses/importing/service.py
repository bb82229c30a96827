"""Take a course that was written elsewhere into a module.

Importing again updates: units, files and questions are recognised by their names, so that what
learners did stays with them, and only what says something new becomes a new version.
"""

import functools
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
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
    Verdict,
)
from courses.authoring.core.course import UnitKind as CoreKind
from courses.authoring.core.layouts.plan import variant
from courses.authoring.core.quizzes.collection import written_in
from courses.authoring.core.reading.texts import MACHINE_TRANSLATION
from courses.authoring.core.source import CourseSource, SourceRefused
from courses.authoring.core.wording import Wording, with_title
from courses.authoring.models import Asset, Unit, UnitKind
from courses.importing import queries
from courses.importing.models import ImportRun, ImportState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import after_commit, db, lock
from edu.errors import Forbidden
from edu.i18n import LANGUAGES, LanguageMap, words
from edu.storage import service as storage
from edu.storage.filenames import safe_filename

_ATTRIBUTION = {
    "vi": "Từ khóa học “{title}”. {owner}. Giấy phép {licence}.",
    "en": "From the course “{title}”. {owner}. Licence: {licence}.",
}


@dataclass
class Taken:
    """What an import made of a module: its units by what happened to them, and the report.

    `kept` are units that a teacher is just rewriting: the import leaves them alone.
    """

    report: Report
    new: list[UUID] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    unchanged: list[UUID] = field(default_factory=list)
    kept: list[UUID] = field(default_factory=list)

    @property
    def drafted(self) -> list[UUID]:
        """The units that say something new."""
        return self.new + self.changed


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
        writing.publish_all(author, module, only=taken.drafted)
    asked = {item.id for quiz in course.quizzes for item in quiz.items}
    for identifier in asked & (skills or {}).keys():
        bank.ask_for(module, identifier, (skills or {})[identifier])
    return taken


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
        _draft(taken, author, unit, _wording(one, course.language))
        units[one.path] = unit
    _store_quizzes(module, course, units)
    db.session.flush()
    return taken


def _draft(taken: Taken, author: Person, unit: Unit, wording: Wording) -> None:
    """Let a unit say what was imported, unless that is not new or a teacher is at work on it."""
    said = _fingerprint(wording)
    if unit.imported == said:
        taken.unchanged.append(unit.id)
        return
    draft = authoring.draft_of(unit)
    if draft is not None and _fingerprint(writing.wording_of(draft)) != unit.imported:
        taken.kept.append(unit.id)
        return
    unit.imported = said
    writing.save_draft(author, unit, wording)
    (taken.changed if unit.published else taken.new).append(unit.id)


def _fingerprint(wording: Wording) -> str:
    whole = [wording.source, wording.targets_as_json()]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


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
    path = variant(next(iter(section.introduction.values())).path)[0]
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


def _wording(one: ImportedUnit, own: str) -> Wording:
    """What a unit says, the course's own language first."""
    texts = dict(sorted(one.texts.items(), key=lambda entry: (entry[0] != own, entry[0])))
    return Wording(
        {tag: with_title(text.markdown, text.title) for tag, text in texts.items()},
        {tag: text.targets for tag, text in texts.items()},
        [tag for tag, text in texts.items() if _is_by_machine(text)],
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


# Imports from an uploaded file ----------------------------------------------------------------


def start(
    actor: Person, module: Module, *, name: str, content: BinaryIO, publishes: bool
) -> ImportRun:
    """Keep an uploaded file and import it later. Raises Forbidden."""
    if not policy.can_edit(actor, module):
        raise Forbidden
    stored = storage.store().put(content)
    run = ImportRun(
        module=module,
        started_by=actor,
        file_name=safe_filename(name),
        blob_key=stored.key,
        publishes=publishes,
    )
    db.session.add(run)
    db.session.flush()
    audit.record("import.started", actor_id=actor.id, subject=run, file=run.file_name)
    return run


def begin(run: ImportRun) -> None:
    """Say that the file is being read."""
    run.state = ImportState.READING


def store(run: ImportRun, course: ImportedCourse, source: CourseSource) -> None:
    """Take what was read into the module, and write the report."""
    taken = take(run.started_by, run.module, course, source)
    run.report = {
        "new": len(taken.new),
        "changed": len(taken.changed),
        "unchanged": len(taken.unchanged),
        "kept": [str(unit_id) for unit_id in taken.kept],
        "drafted": [str(unit_id) for unit_id in taken.drafted],
        "counts": [
            [verdict.value, reason.value, count]
            for (verdict, reason), count in taken.report.counts().items()
        ],
        "lines": [
            [line.reason.value, line.path, dict(line.values)]
            for line in taken.report.lines
            if line.verdict is not Verdict.TAKEN
        ],
    }
    run.state = ImportState.PUBLISHING if run.publishes else ImportState.STORING
    run.total = len(taken.drafted)


def drafted(run: ImportRun) -> list[UUID]:
    """Name the units that an import gave something new to say."""
    return [UUID(unit_id) for unit_id in run.report["drafted"]]


def refuse(run: ImportRun, refused: SourceRefused | importer.CourseUnrecognised) -> None:
    """Say why nothing was taken."""
    run.state = ImportState.REFUSED
    run.problem = refused.code
    run.path = refused.values.get("path", "")[:300] if isinstance(refused, SourceRefused) else ""
    _forget_file(run)


def finish(run: ImportRun) -> None:
    """Close the import; its file is no longer needed."""
    run.state = ImportState.DONE
    _forget_file(run)


def _forget_file(run: ImportRun) -> None:
    """Delete the file once that is stored, unless another import waits for the same."""
    db.session.flush()
    if not queries.is_file_wanted(run.blob_key):
        after_commit(functools.partial(storage.store().delete, run.blob_key))
