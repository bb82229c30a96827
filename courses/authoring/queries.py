"""Read lessons: what learners see, and what their teachers work on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload

from courses.authoring import policy
from courses.authoring.core import course, places
from courses.authoring.models import Asset, Block, Unit, UnitVersion, VersionState
from courses.catalogue.models import ClassGroup
from courses.programmes.models import CurriculumVersion, Module, Programme
from edu.accounts.models import Person
from edu.db import db, today
from edu.errors import NotFound
from edu.i18n import LANGUAGES
from edu.storage import service as storage


@dataclass(frozen=True)
class ShownBlock:
    """A block ready for a page: its addresses lead somewhere."""

    key: str
    kind: str
    reference: str
    html: str


@dataclass(frozen=True)
class Reading:
    """A unit in the reader's language, or in the best other one it has."""

    language: str
    blocks: Sequence[ShownBlock]
    is_machine_translated: bool


def blocks_of(
    unit: Unit,
    language: str,
    *,
    unit_url: Callable[[UUID], str],
    module_url: str,
) -> Reading:
    """Give a unit as last published. `unit_url` says where the unit with an id is read."""
    version = unit.published
    if version is None:
        raise NotFound
    spoken = next(tag for tag in (language, *LANGUAGES, *version.source) if tag in version.source)
    blocks = db.session.scalars(
        sa.select(Block)
        .where(Block.version_id == version.id, Block.language == spoken)
        .options(defer(Block.markdown))
        .order_by(Block.position)
    ).all()
    files = file_urls({i for block in blocks for i in places.ids_in(block.html, places.ASSET)})

    def address(kind: str, row_id: UUID) -> str:
        if kind == places.ASSET:
            return files.get(row_id, "")
        return unit_url(row_id) if kind == places.UNIT else module_url

    return Reading(
        spoken,
        [ShownBlock(b.key, b.kind, b.reference, places.filled(b.html, address)) for b in blocks],
        spoken in version.machine_translated,
    )


def file_urls(asset_ids: set[UUID]) -> dict[UUID, str]:
    """Give the addresses of files on the content host."""
    if not asset_ids:
        return {}
    found = db.session.scalars(sa.select(Asset).where(Asset.id.in_(asset_ids)))
    return {asset.id: file_url(asset) for asset in found}


def file_url(asset: Asset) -> str:
    """Give the address of a file on the content host."""
    name = asset.path.rpartition("/")[2]
    return storage.public_url(asset.blob_key, media_type=asset.media_type, name=name)


# For those who write --------------------------------------------------------------------------


def module_for(actor: Person, module_id: UUID) -> Module:
    """Find a module whose lessons the actor may write. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Module).where(Module.id == module_id, policy.editable_by(actor))
    )
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Shelf:
    """Modules of one version of a curriculum: the same module may stand in several versions."""

    curriculum: CurriculumVersion
    modules: Sequence[Module]


@dataclass(frozen=True)
class Desk:
    """What somebody may write: what they teach now, the rest by curriculum, in force or not."""

    taught: Sequence[Shelf]
    in_force: Sequence[Shelf]
    other_versions: Sequence[Shelf]

    @property
    def modules(self) -> list[Module]:
        """All of them, what is taught now first, then what is in force."""
        shelves = [*self.taught, *self.in_force, *self.other_versions]
        return [module for shelf in shelves for module in shelf.modules]


def desk_of(actor: Person) -> Desk:
    """Lay out the modules whose lessons the actor may write: newest curricula first, by code."""
    found = db.session.scalars(
        sa.select(Module)
        .join(Module.curriculum)
        .join(CurriculumVersion.programme)
        .where(policy.editable_by(actor))
        .options(contains_eager(Module.curriculum).contains_eager(CurriculumVersion.programme))
        .order_by(Programme.code, CurriculumVersion.valid_from.desc(), Module.code)
    ).all()
    running = set(
        db.session.scalars(
            sa.select(ClassGroup.module_id).where(
                ClassGroup.teacher_id == actor.id, ClassGroup.ends_on >= today()
            )
        )
    )
    others = _shelves(module for module in found if module.id not in running)
    return Desk(
        taught=_shelves(module for module in found if module.id in running),
        in_force=[shelf for shelf in others if shelf.curriculum.is_in_force],
        other_versions=[shelf for shelf in others if not shelf.curriculum.is_in_force],
    )


def _shelves(modules: Iterable[Module]) -> list[Shelf]:
    return [
        Shelf(version, list(found)) for version, found in groupby(modules, attrgetter("curriculum"))
    ]


def unit_for(actor: Person, unit_id: UUID) -> Unit:
    """Find a unit that the actor may write. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Unit)
        .join(Module, Module.id == Unit.module_id)
        .where(Unit.id == unit_id, policy.editable_by(actor))
    )
    if found is None:
        raise NotFound
    return found


def units_in(module: Module) -> Sequence[Unit]:
    """List all units of a module, in order."""
    return db.session.scalars(
        sa.select(Unit).where(Unit.module_id == module.id).order_by(Unit.position, Unit.id)
    ).all()


def unit_by_slug(module: Module, slug: str) -> Unit | None:
    """Find a unit by its name within the module."""
    return db.session.scalar(sa.select(Unit).where(Unit.module_id == module.id, Unit.slug == slug))


def unit_made_from(module: Module, origin: str) -> Unit | None:
    """Find the unit of a module that was made from a resource."""
    return db.session.scalar(
        sa.select(Unit).where(Unit.module_id == module.id, Unit.derived_from == origin)
    )


def assets_in(module: Module) -> Sequence[Asset]:
    """List the files of a module, by name."""
    return db.session.scalars(
        sa.select(Asset).where(Asset.module_id == module.id).order_by(Asset.path)
    ).all()


def draft_of(unit: Unit) -> UnitVersion | None:
    """Find the unit's draft, if it has one."""
    return db.session.scalar(
        sa.select(UnitVersion).where(
            UnitVersion.unit_id == unit.id, UnitVersion.state == VersionState.DRAFT
        )
    )


def latest_of(unit: Unit) -> UnitVersion | None:
    """Give what is being written, else what is published."""
    return draft_of(unit) or unit.published


def drafts_in(module: Module) -> dict[UUID, UnitVersion]:
    """Give every draft of a module, by unit."""
    found = db.session.scalars(
        sa.select(UnitVersion)
        .join(Unit, Unit.id == UnitVersion.unit_id)
        .where(Unit.module_id == module.id, UnitVersion.state == VersionState.DRAFT)
    )
    return {version.unit_id: version for version in found}


def versions_of(unit: Unit) -> Sequence[UnitVersion]:
    """List every version of a unit with its author, the first one first."""
    return db.session.scalars(
        sa.select(UnitVersion)
        .where(UnitVersion.unit_id == unit.id)
        .options(joinedload(UnitVersion.author))
        .order_by(UnitVersion.number)
    ).all()


@dataclass(frozen=True)
class Tally:
    """How many units of a module are published and how many have a draft."""

    published: int = 0
    drafts: int = 0


def tallies(module_ids: Sequence[UUID]) -> dict[UUID, Tally]:
    """Count the units of modules, in one look."""
    has_draft = (
        sa.select(UnitVersion.id)
        .where(UnitVersion.unit_id == Unit.id, UnitVersion.state == VersionState.DRAFT)
        .exists()
    )
    rows = db.session.execute(
        sa.select(
            Unit.module_id,
            sa.func.count(Unit.published_version_id),
            sa.func.count(sa.case((has_draft, 1))),
        )
        .where(Unit.module_id.in_(module_ids))
        .group_by(Unit.module_id)
    )
    return {module_id: Tally(published, drafts) for module_id, published, drafts in rows}


def places_in(module: Module) -> places.Places:
    """Say where the units and files of a module are, for its texts to lead to."""
    units = units_in(module)
    assets = assets_in(module)
    return places.Places(
        module=module.id,
        units={unit.slug: unit.id for unit in units},
        kinds={unit.slug: course.UnitKind(unit.kind.value) for unit in units},
        files={a.blob_key: places.File(a.id, a.width, a.height) for a in assets},
        paths={asset.path: asset.blob_key for asset in assets},
    )
