"""Write lessons: draft, preview, publish.

A draft is edited freely. Publishing freezes it: its text is split into blocks, each rendered as
safe HTML, and the questions written in it go into the bank.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from courses.assessment import service as bank
from courses.assessment.models import QuizPlace
from courses.authoring import policy, queries
from courses.authoring.core import blocks as core
from courses.authoring.core import places
from courses.authoring.core.course import ImportedUnit, QuizTarget, UnitText
from courses.authoring.core.course import UnitKind as CoreKind
from courses.authoring.core.html import Words
from courses.authoring.core.markdown import parse, title_of
from courses.authoring.core.quizzes.collection import written_in
from courses.authoring.core.render import Rendered, render_lesson
from courses.authoring.core.wording import with_title
from courses.authoring.models import Block, Unit, UnitKind, UnitVersion, VersionState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Forbidden, Invalid
from edu.i18n import LANGUAGES, LanguageMap, _, force_locale, lazy, words

_ADAPTED = {"vi": "Đã chỉnh sửa.", "en": "Adapted."}


class NothingToPublish(DomainError):
    """There is no draft, or nothing is written in it."""

    code = "nothing-to-publish"
    title = lazy("There is nothing new to publish here.")


@dataclass(frozen=True)
class Wording:
    """What a version says: Markdown by language, the language it was written in first."""

    source: LanguageMap
    targets: Mapping[str, places.Addresses] = field(default_factory=dict)
    machine_translated: Sequence[str] = ()

    @property
    def title(self) -> LanguageMap:
        """The title of each text."""
        titles = {tag: title_of(parse(text).tokens) for tag, text in self.source.items()}
        return words(titles.get("vi", ""), titles.get("en", ""))

    def targets_as_json(self) -> dict[str, dict[str, dict[str, str]]]:
        """What the addresses in the texts lead to, as a version keeps it."""
        return {
            tag: {address: places.as_json(target) for address, target in found.items()}
            for tag, found in self.targets.items()
        }


def wording_of(version: UnitVersion) -> Wording:
    """Give what a version says."""
    targets = {
        tag: {address: places.from_json(document) for address, document in found.items()}
        for tag, found in version.targets.items()
    }
    return Wording(version.source, targets, version.machine_translated)


def add_unit(actor: Person, module: Module, *, title: LanguageMap, section: LanguageMap) -> Unit:
    """Begin a lesson at the end of a module, with nothing but its title. Raises Forbidden."""
    _require_writer(actor, module)
    if not title:
        raise Invalid(fields={"title_vi": lazy("Please give the lesson a title.")})
    last = db.session.scalar(
        sa.select(sa.func.max(Unit.position)).where(Unit.module_id == module.id)
    )
    unit = new_unit(module, UnitKind.LESSON, slug="")
    unit.position = 0 if last is None else last + 1
    unit.section = section
    save_draft(actor, unit, Wording({tag: with_title("", text) for tag, text in title.items()}))
    return unit


def new_unit(module: Module, kind: UnitKind, *, slug: str) -> Unit:
    """Start a unit without a text. Without a slug, its id is its name."""
    unit = Unit(
        module=module,
        kind=kind,
        slug=slug,
        title={},
        position=0,
        is_required=kind == UnitKind.LESSON,
    )
    db.session.add(unit)
    db.session.flush()
    unit.slug = slug or str(unit.id)
    return unit


def edit(actor: Person, unit: Unit, source: LanguageMap) -> UnitVersion | None:
    """Write the draft of a unit anew; None when it says what is published already.

    A language that is left empty is dropped. Raises Forbidden, Invalid when no text is left.
    """
    _require_writer(actor, unit.module)
    lock(unit)  # two teachers, one draft
    latest = queries.latest_of(unit)
    before = wording_of(latest) if latest else Wording({})
    written = {tag: text.strip() for tag, text in source.items() if text.strip()}
    if not written:
        raise Invalid(fields={"text_vi": lazy("Write the lesson in at least one language.")})
    where = queries.places_in(unit.module)
    now = Wording(
        {tag: written[tag] for tag in _in_order(before.source, written)},
        {
            tag: where.addresses(text, before.targets.get(tag, {}))
            for tag, text in written.items()
        },
        [t for t in before.machine_translated if written.get(t) == before.source[t]],
    )
    if unit.derived_from and now.source != before.source:
        _say_adapted(unit)
    return save_draft(actor, unit, now)


def _in_order(before: LanguageMap, written: LanguageMap) -> list[str]:
    """The languages as they stood before, then the new ones."""
    return list(dict.fromkeys(tag for tag in (*before, *LANGUAGES, *written) if tag in written))


def _say_adapted(unit: Unit) -> None:
    """Open licences ask to say that a work was changed (CC BY 4.0 §3(a)(1)(B))."""
    unit.attribution = {
        tag: text if text.endswith(_ADAPTED[tag]) else f"{text} {_ADAPTED[tag]}"
        for tag, text in unit.attribution.items()
    }


def save_draft(author: Person, unit: Unit, wording: Wording) -> UnitVersion | None:
    """Let the draft say this; None when that is what is published and there is no draft.

    Whoever calls has checked that the author may.
    """
    draft = queries.draft_of(unit)
    if draft is None and unit.published and _says(unit.published, wording):
        return None
    if draft is None:
        draft = UnitVersion(unit=unit, number=len(unit.versions) + 1, state=VersionState.DRAFT)
    elif _says(draft, wording):
        return draft
    draft.author = author
    draft.source = dict(wording.source)
    draft.targets = wording.targets_as_json()
    draft.machine_translated = list(wording.machine_translated)
    draft.edited_at = utcnow()
    if unit.published is None:
        unit.title = wording.title
    db.session.add(draft)
    db.session.flush()
    return draft


def _says(version: UnitVersion, wording: Wording) -> bool:
    return version.source == wording.source and version.targets == wording.targets_as_json()


def discard(actor: Person, unit: Unit) -> None:
    """Throw the draft away; what is published stays. Raises Forbidden."""
    _require_writer(actor, unit.module)
    draft = queries.draft_of(unit)
    if draft is not None and unit.published is not None:
        unit.versions.remove(draft)
        db.session.delete(draft)


# Showing --------------------------------------------------------------------------------------


def rendered(
    where: places.Places, version: UnitVersion, before: UnitVersion | None = None
) -> dict[str, Rendered]:
    """Render a version in each of its languages. Blocks that stay keep the ids of `before`."""
    wording = wording_of(version)
    shown: dict[str, Rendered] = {}
    original: tuple[core.Block, ...] = ()
    for tag, text in wording.source.items():
        known = wording.targets.get(tag, {})
        parts = core.split(text, known, _blocks_in(before, tag))
        parts = core.translated(parts, original) if original else parts
        original = original or parts
        shown[tag] = render_lesson(text, parts, where.around(known, _words_in(tag)))
    return shown


def _blocks_in(version: UnitVersion | None, language: str) -> list[core.Block]:
    return [
        core.Block(b.key, core.BlockKind(b.kind), b.markdown, b.anchor, b.reference)
        for b in (version.blocks if version else ())
        if b.language == language
    ]


def _words_in(language: str) -> Words:
    with force_locale(language):
        return Words(
            callouts={
                "note": _("Note"),
                "tip": _("Tip"),
                "important": _("Important"),
                "warning": _("Warning"),
                "caution": _("Caution"),
            },
            footnote_back=_("Back to the text"),
        )


# Publishing -----------------------------------------------------------------------------------


def publish(actor: Person, unit: Unit, where: places.Places | None = None) -> UnitVersion:
    """Freeze the draft and show it to learners.

    `where` spares looking the module up for each of many units. Raises Forbidden,
    NothingToPublish.
    """
    _require_writer(actor, unit.module)
    draft = queries.draft_of(unit)
    if draft is None:
        raise NothingToPublish
    shown = rendered(where or queries.places_in(unit.module), draft, unit.published)
    draft.blocks = [
        block for language, lesson in shown.items() for block in _stored(language, lesson)
    ]
    draft.state = VersionState.PUBLISHED
    draft.published_at = utcnow()
    unit.published = draft
    unit.title = Wording(draft.source).title
    _keep_quizzes(unit, draft)
    db.session.flush()
    audit.record("unit.published", actor_id=actor.id, subject=unit, number=draft.number)
    return draft


def publish_all(actor: Person, module: Module, only: Collection[UUID] | None = None) -> int:
    """Publish every draft of a module, or those of some units; give how many there were."""
    where = queries.places_in(module)
    drafts = queries.drafts_in(module).keys()
    waiting = [u for u in queries.units_in(module) if u.id in drafts and u.id in (only or drafts)]
    for unit in waiting:
        publish(actor, unit, where)
    return len(waiting)


def _stored(language: str, lesson: Rendered) -> list[Block]:
    return [
        Block(
            language=language,
            position=position,
            key=shown.block.id,
            kind=shown.block.kind.value,
            reference=shown.block.reference,
            anchor=shown.block.anchor,
            markdown=shown.block.markdown,
            html=shown.html,
        )
        for position, shown in enumerate(lesson.blocks)
    ]


def _keep_quizzes(unit: Unit, version: UnitVersion) -> None:
    """Put the questions written in the text into the bank; let go of quizzes it lost."""
    text = as_imported(unit, version)
    found, _report = written_in(text, next(iter(version.source)))
    for quiz in found:
        bank.keep_quiz(
            unit, bank.Questions(quiz.id, QuizPlace(quiz.place.value), quiz.title, quiz.items)
        )
    linked = {
        target.quiz
        for addresses in wording_of(version).targets.values()
        for target in addresses.values()
        if isinstance(target, QuizTarget)
    }
    bank.let_go(unit, but={quiz.id for quiz in found} | linked)


def as_imported(unit: Unit, version: UnitVersion) -> ImportedUnit:
    """Give a version as the importer's readers know it."""
    wording = wording_of(version)
    return ImportedUnit(
        unit.slug,
        CoreKind(unit.kind.value),
        unit.position,
        None,
        None,
        {
            tag: UnitText(unit.slug, "", text, targets=wording.targets.get(tag, {}))
            for tag, text in wording.source.items()
        },
    )


def _require_writer(actor: Person, module: Module) -> None:
    if not policy.can_edit(actor, module):
        raise Forbidden
