"""Write lessons: draft, preview, publish.

A draft is edited freely. Publishing freezes it: its text is split into blocks, each rendered as
safe HTML, and the questions written in it go into the bank.
"""

import io
from collections.abc import Collection
from typing import BinaryIO
from uuid import UUID

from courses.assessment import service as bank
from courses.assessment.models import QuizPlace
from courses.authoring import policy, queries
from courses.authoring.core import blocks as core
from courses.authoring.core import places
from courses.authoring.core.course import ImportedUnit, QuizTarget, UnitText
from courses.authoring.core.course import UnitKind as CoreKind
from courses.authoring.core.html import Words
from courses.authoring.core.lesson import lesson
from courses.authoring.core.quizzes.collection import written_in
from courses.authoring.core.reading.images import picture
from courses.authoring.core.render import Rendered
from courses.authoring.core.wording import Wording, with_title
from courses.authoring.models import Asset, Block, Unit, UnitKind, UnitVersion, VersionState
from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.audit import service as audit
from edu.db import db, lock, utcnow
from edu.errors import DomainError, Forbidden, Invalid
from edu.i18n import LANGUAGES, LanguageMap, _, force_locale, lazy
from edu.storage import service as storage
from edu.storage import sniff
from edu.storage.images import Picture, reencode
from edu.storage.svg import clean_svg

WRITTEN_MEANWHILE = lazy(
    "Somebody else saved this lesson while you wrote. Open it in another window, bring the two "
    "together, and save again there."
)
_ADAPTED = {"vi": "Đã chỉnh sửa.", "en": "Adapted."}


class NothingToPublish(DomainError):
    """There is no draft, or nothing is written in it."""

    code = "nothing-to-publish"
    title = lazy("There is nothing new to publish here.")


def add_unit(actor: Person, module: Module, *, title: LanguageMap) -> Unit:
    """Begin a lesson at the end of a module, with nothing but its title. Raises Forbidden."""
    _require_writer(actor, module)
    if not title:
        raise Invalid(fields={"title_vi": lazy("Please give the lesson a title.")})
    before = queries.units_in(module)
    unit = new_unit(module, UnitKind.LESSON, slug="")
    if before:
        unit.position, unit.section = before[-1].position + 1, before[-1].section
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


def move(actor: Person, unit: Unit, *, up: bool) -> None:
    """Let a unit change places with the one before or after it. Raises Forbidden."""
    _require_writer(actor, unit.module)
    lock(unit.module)
    units = list(queries.units_in(unit.module))
    here = units.index(unit)
    there = here - 1 if up else here + 1
    if 0 <= there < len(units):
        units[here], units[there] = units[there], units[here]
        unit.section = units[here].section
    for position, one in enumerate(units):
        one.position = position


def require(actor: Person, unit: Unit, *, is_required: bool) -> None:
    """Say whether a unit counts for completing the module. Raises Forbidden."""
    _require_writer(actor, unit.module)
    unit.is_required = is_required


def edit(
    actor: Person, unit: Unit, source: LanguageMap, *, seen: str | None = None
) -> UnitVersion | None:
    """Write the draft of a unit anew; None when it says what is published already.

    A language that is left empty is dropped. `seen` is the stamp of the version that the writer
    had before them. Raises Forbidden, and Invalid when no text is left or when somebody else
    wrote meanwhile.
    """
    _require_writer(actor, unit.module)
    lock(unit)  # two teachers, one draft
    latest = queries.latest_of(unit)
    if seen is not None and latest is not None and seen != stamp(latest):
        raise Invalid(fields={"text_vi": WRITTEN_MEANWHILE})
    before = wording_of(latest) if latest else Wording({})
    written = {tag: text.strip() for tag, text in source.items() if text.strip()}
    if not written:
        raise Invalid(fields={"text_vi": lazy("Write the lesson in at least one language.")})
    where = queries.places_in(unit.module)
    now = Wording(
        {tag: written[tag] for tag in _in_order(before.source, written)},
        {tag: where.addresses(text, before.targets.get(tag, {})) for tag, text in written.items()},
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
        unit.title = dict(wording.title)
    db.session.add(draft)
    db.session.flush()
    return draft


def _says(version: UnitVersion, wording: Wording) -> bool:
    return version.source == wording.source and version.targets == wording.targets_as_json()


def stamp(version: UnitVersion) -> str:
    """Name a version as it stands, to see later whether somebody changed it meanwhile."""
    return f"{version.id}/{version.edited_at.isoformat()}"


def add_picture(actor: Person, unit: Unit, content: BinaryIO, *, name: str, text: str) -> str:
    """Keep a picture for the lessons of a module; give the Markdown that shows it.

    It is drawn anew, so that it carries no place, camera or program. Raises Forbidden, and
    Invalid for what is no picture or has no description.
    """
    _require_writer(actor, unit.module)
    if not text:
        raise Invalid(fields={"picture_text": lazy("Say in a sentence what the picture shows.")})
    try:
        upload = sniff.check(content, name, sniff.Purpose.IMAGE)
        drawn = _drawn_anew(content, upload)
    except DomainError as refused:
        raise Invalid(fields={"picture": refused.message}) from None
    stored = storage.store().put(io.BytesIO(drawn.content))
    stem = upload.name.rpartition(".")[0].replace(" ", "-")
    asset = Asset(
        module_id=unit.module_id,
        path=f"{stem}-{stored.key[:6]}{drawn.extension}",
        blob_key=stored.key,
        media_type=drawn.media_type,
        size=stored.size,
        width=drawn.width or None,
        height=drawn.height or None,
    )
    if asset.path not in queries.places_in(unit.module).paths:
        db.session.add(asset)
        db.session.flush()
    shown = text.replace("[", "(").replace("]", ")")
    return f"![{shown}](<{asset.path}>)"


def _drawn_anew(content: BinaryIO, upload: sniff.Upload) -> Picture:
    """The picture and nothing else; a drawing that does not say its size has 0."""
    if upload.extension != ".svg":
        return reencode(content)
    drawing = clean_svg(content.read())
    seen = picture(drawing)
    size = (seen.width or 0, seen.height or 0) if seen else (0, 0)
    return Picture(drawing, upload.media_type, upload.extension, *size)


def discard(actor: Person, unit: Unit) -> None:
    """Throw the draft away; what is published stays. Raises Forbidden."""
    _require_writer(actor, unit.module)
    draft = queries.draft_of(unit)
    if draft is not None and unit.published is not None:
        db.session.delete(draft)
        db.session.flush()
        db.session.expire(unit, ["versions"])


# Showing --------------------------------------------------------------------------------------


def wording_of(version: UnitVersion) -> Wording:
    """Give what a version says."""
    return Wording.stored(version.source, version.targets, version.machine_translated)


def rendered(
    where: places.Places, wording: Wording, before: UnitVersion | None = None
) -> dict[str, Rendered]:
    """Render a text in each of its languages. Blocks that stay keep the ids of `before`."""
    previous: dict[str, list[Block]] = {}
    for block in before.blocks if before else ():
        previous.setdefault(block.language, []).append(block)
    return lesson(
        where,
        wording,
        previous={tag: [_as_core(b) for b in found] for tag, found in previous.items()},
        words={tag: _words_in(tag) for tag in wording.source},
    )


def _as_core(block: Block) -> core.Block:
    kind = core.BlockKind(block.kind)
    return core.Block(block.key, kind, block.markdown, block.anchor, block.reference)


def previewed(unit: Unit, source: LanguageMap) -> dict[str, Rendered]:
    """Render texts of a unit as they would be published; nothing is stored."""
    latest = queries.latest_of(unit)
    before = wording_of(latest) if latest else Wording({})
    where = queries.places_in(unit.module)
    targets = {
        tag: where.addresses(text, before.targets.get(tag, {})) for tag, text in source.items()
    }
    return rendered(where, Wording(source, targets))


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
    shown = rendered(where or queries.places_in(unit.module), wording_of(draft), unit.published)
    draft.blocks = [block for language, one in shown.items() for block in _stored(language, one)]
    draft.state = VersionState.PUBLISHED
    draft.published_at = utcnow()
    unit.published = draft
    unit.title = dict(Wording(draft.source).title)
    _keep_quizzes(unit, draft)
    db.session.flush()
    audit.record("unit.published", actor_id=actor.id, subject=unit, number=draft.number)
    return draft


def publish_all(actor: Person, module: Module, only: Collection[UUID] | None = None) -> int:
    """Publish every draft of a module, or those of some units; give how many there were."""
    where = queries.places_in(module)
    wanted = set(queries.drafts_in(module))
    if only is not None:
        wanted.intersection_update(only)
    for unit in queries.units_in(module):
        if unit.id in wanted:
            publish(actor, unit, where)
    return len(wanted)


def _stored(language: str, shown: Rendered) -> list[Block]:
    return [
        Block(
            language=language,
            position=position,
            key=one.block.id,
            kind=one.block.kind.value,
            reference=one.block.reference,
            anchor=one.block.anchor,
            markdown=one.block.markdown,
            html=one.html,
        )
        for position, one in enumerate(shown.blocks)
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
