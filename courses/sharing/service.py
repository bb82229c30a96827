"""Give lessons to the open repository; take lessons from it, with attribution written for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from courses.assessment import queries as bank
from courses.authoring import policy
from courses.authoring import queries as authoring
from courses.authoring import service as writing
from courses.authoring.core import places
from courses.authoring.core.course import AssetTarget, Target
from courses.authoring.core.reading.images import picture
from courses.authoring.core.wording import Wording, with_title, without_title
from courses.authoring.models import Asset, Unit, UnitKind, UnitVersion
from courses.programmes.models import Module
from courses.sharing.core.addresses import files_named, with_whole_addresses
from courses.statements import service as statements
from edu.accounts.models import Person
from edu.db import db
from edu.errors import DomainError, Forbidden, Invalid, NotFound
from edu.i18n import LanguageMap, lazy
from edu.storage import service as storage
from oer_repository.public import (
    Deposit,
    Licence,
    card,
    for_adaptation_of,
    get,
    may_adapt,
    note_reuse,
    share,
)

ATTRIBUTION_ONLY = frozenset({"MIT", "Apache-2.0"})
"""Licences of software that courses carry too. Like CC BY they ask to keep whose work it is."""


class NotYoursToShare(DomainError):
    """The lesson builds on a work whose licence does not let it be passed on changed."""

    code = "not-yours-to-share"
    status = 422
    title = lazy("This lesson builds on a work that may not be passed on in a changed form.")


class NotAdaptable(DomainError):
    """The resource's licence forbids changed versions."""

    code = "not-adaptable"
    status = 422
    title = lazy(
        "The licence of this resource does not allow changed versions. Link to it instead."
    )


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a teacher says of a lesson when sharing it."""

    licence: Licence
    authors: Sequence[str]
    description: LanguageMap
    level: str = ""


def licences_for(unit: Unit) -> tuple[Licence, ...]:
    """Under which licences a unit may be shared, the most useful one first; () when none."""
    allowed = for_adaptation_of(_built_on(unit)) if _may_pass_on(unit) else ()
    return tuple(sorted(allowed, key=lambda licence: licence is not Licence.BY))


def _built_on(unit: Unit) -> list[Licence]:
    if unit.source_licence in ATTRIBUTION_ONLY:
        return [Licence.BY]
    return [Licence(unit.source_licence)] if unit.source_licence else []


def _may_pass_on(unit: Unit) -> bool:
    return unit.source_licence in {"", *ATTRIBUTION_ONLY, *Licence}


def authors_of(unit: Unit) -> list[str]:
    """Name who wrote the published versions of a unit, each once."""
    written = [v.author.name for v in authoring.versions_of(unit) if v.published_at is not None]
    return list(dict.fromkeys(written))


def share_unit(actor: Person, unit: Unit, offer: Offer) -> UUID:
    """Publish a unit, as learners read it now, for every college; give the resource's id.

    Sharing again makes a new version of the same resource. Raises Forbidden, NotYoursToShare,
    Invalid for what is not published or has no author.
    """
    if not policy.can_edit(actor, unit.module):
        raise Forbidden
    if unit.published is None:
        raise writing.NothingToPublish
    if not offer.authors:
        raise Invalid(fields={"authors": lazy("Say who wrote the lesson.")})
    if offer.licence not in licences_for(unit):
        raise NotYoursToShare
    resource = share(
        actor,
        Deposit(
            origin=f"unit:{unit.id}",
            title=unit.title,
            description=offer.description,
            body=_body(unit),
            html=_html(unit),
            authors=offer.authors,
            licence=offer.licence,
            level=offer.level,
            skill_ids=bank.skills_of(unit),
            built_on=_built_on(unit),
            attribution=unit.attribution,
        ),
    )
    statements.shared(actor, unit)
    return resource.id


def _body(unit: Unit) -> LanguageMap:
    """The text with addresses that hold anywhere."""
    wording = writing.wording_of(_published(unit))
    assets = authoring.assets_in(unit.module)
    files = {asset.blob_key: authoring.file_url(asset) for asset in assets}
    body = {}
    for tag, text in wording.source.items():
        whole = {
            address: files[target.sha256]
            for address, target in wording.targets.get(tag, {}).items()
            if isinstance(target, AssetTarget) and target.sha256 in files
        }
        body[tag] = with_whole_addresses(without_title(text), whole.get)
    return body


def _html(unit: Unit) -> LanguageMap:
    """The text as HTML; links to other lessons of the module keep their words alone."""
    where = authoring.places_in(unit.module).without_units()
    shown = writing.rendered(where, writing.wording_of(_published(unit)))
    html = {tag: lesson.html for tag, lesson in shown.items()}
    files = authoring.file_urls(
        {asset for text in html.values() for asset in places.ids_in(text, places.ASSET)}
    )
    return {
        tag: places.filled(text, lambda _kind, row_id: files[row_id]) for tag, text in html.items()
    }


def _published(unit: Unit) -> UnitVersion:
    if unit.published is None:
        raise writing.NothingToPublish
    return unit.published


# Taking ---------------------------------------------------------------------------------------


def reuse(actor: Person, module: Module, resource_id: UUID) -> Unit:
    """Take a resource into a module as a draft, with its pictures and whose work it is.

    Taking it again leads to the unit made before. Raises Forbidden, NotFound, NotAdaptable.
    """
    if not policy.can_edit(actor, module):
        raise Forbidden
    resource = get(resource_id)
    if not may_adapt(resource.licence):
        raise NotAdaptable
    origin = f"resource:{resource_id}"
    if unit := authoring.unit_made_from(module, origin):
        return unit
    before = authoring.units_in(module)
    unit = writing.new_unit(module, UnitKind.LESSON, slug="")
    unit.position = before[-1].position + 1 if before else 0
    unit.section = before[-1].section if before else {}
    unit.derived_from = origin
    unit.source_licence = resource.licence.value
    unit.attribution = dict(card(resource).attribution)
    latest = resource.latest
    source = {
        tag: with_title(text, latest.title.get(tag) or next(iter(latest.title.values())))
        for tag, text in latest.body.items()
    }
    targets = {tag: _files(module, text) for tag, text in source.items()}
    writing.save_draft(actor, unit, Wording(source, targets))
    note_reuse(actor, resource_id, place=f"module:{module.id}")
    return unit


def _files(module: Module, markdown: str) -> dict[str, Target]:
    """Make the pictures of a text files of the module: the store has their content already."""
    known = {asset.blob_key: asset for asset in authoring.assets_in(module)}
    targets: dict[str, Target] = {}
    for address, token, name in files_named(markdown):
        try:
            key, media_type = storage.read_token(token)
            size = storage.store().size(key)
        except NotFound:  # an address of another installation: it stays a link
            continue
        if key not in known:
            known[key] = _asset(module, f"{key[:6]}-{name}", key, media_type)
            known[key].size = size
            db.session.add(known[key])
            db.session.flush()
        targets[address] = AssetTarget(key)
    return targets


def _asset(module: Module, path: str, key: str, media_type: str) -> Asset:
    asset = Asset(module_id=module.id, path=path, blob_key=key, media_type=media_type)
    if media_type.startswith("image/"):
        with storage.store().open(key) as content:
            seen = picture(content.read())
        asset.width, asset.height = (seen.width, seen.height) if seen else (None, None)
    return asset
