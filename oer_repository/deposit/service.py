"""Put resources into the repository, as new ones or as new versions."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import UUID

from edu.accounts.models import Person, Role
from edu.audit import service as audit
from edu.db import db
from edu.errors import DomainError, Forbidden
from edu.events import emit
from edu.i18n import LanguageMap, lazy
from edu.search.jobs import changed
from edu.storage import service as storage
from edu.storage import sniff, svg
from edu.storage.images import reencode
from oer_repository.records import queries
from oer_repository.records.core.licences import Licence, for_adaptation_of
from oer_repository.records.events import ResourcePublished
from oer_repository.records.models import (
    Resource,
    ResourceSkill,
    ResourceState,
    ResourceVersion,
)


class LicenceClash(DomainError):
    """The licence chosen drops what the licence of a source asks for."""

    code = "licence-clash"
    status = 422
    title = lazy("This licence does not fit the works it builds on. Choose one of those offered.")


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """What is shared: texts by language, whose they are, and under which licence.

    `html` is the Markdown `body` made safe; `built_on` are the licences of the works it was made
    from; `origin` says where it lives in the college, so that sharing again makes a new version.
    """

    origin: str
    title: LanguageMap
    description: LanguageMap
    body: LanguageMap
    html: LanguageMap
    authors: Sequence[str]
    licence: Licence
    level: str = ""
    skill_ids: Sequence[UUID] = ()
    built_on: Sequence[Licence] = ()
    attribution: LanguageMap = field(default_factory=dict)


def share(actor: Person, deposit: Deposit) -> Resource:
    """Publish a resource, or its next version, in the name of the current college.

    Raises Forbidden for who neither teaches nor manages here, LicenceClash for a licence that the
    sources do not allow.
    """
    _require_sharer(actor)
    if deposit.built_on and deposit.licence not in for_adaptation_of(deposit.built_on):
        raise LicenceClash
    resource = queries.by_origin(deposit.origin) or Resource(
        origin=deposit.origin, shared_by=actor, licence=deposit.licence, versions=[], skills=[]
    )
    resource.licence = deposit.licence
    resource.level = deposit.level
    resource.state = ResourceState.PUBLISHED
    known = {entry.skill_id: entry for entry in resource.skills}
    resource.skills[:] = [
        known.get(skill_id) or ResourceSkill(skill_id=skill_id)
        for skill_id in dict.fromkeys(deposit.skill_ids)
    ]
    version = ResourceVersion(
        number=len(resource.versions) + 1,
        title=deposit.title,
        description=deposit.description,
        body=deposit.body,
        html=deposit.html,
        authors=list(deposit.authors),
        attribution=deposit.attribution,
    )
    resource.versions.append(version)
    db.session.add(resource)
    db.session.flush()
    _announce(actor, resource)
    return resource


def keep_picture(actor: Person, content: BinaryIO, *, name: str) -> str:
    """Keep a figure for a text to show; give its address on the content host.

    What it is, its content says; it is drawn anew or, an SVG, cleaned. The same figure has the
    same address. Raises Forbidden, and Invalid for what is no picture.
    """
    _require_sharer(actor)
    upload = sniff.check(content, name, sniff.Purpose.IMAGE)
    if upload.media_type == svg.MEDIA_TYPE:
        drawn, media_type = svg.clean_svg(content.read()), upload.media_type
    else:
        picture = reencode(content)
        drawn, media_type = picture.content, picture.media_type
    stored = storage.store().put(io.BytesIO(drawn))
    return storage.public_url(stored.key, media_type=media_type, name=upload.name)


def _require_sharer(actor: Person) -> None:
    if not actor.has_role(Role.TEACHER, Role.MANAGER, Role.TRAINER):
        raise Forbidden


def withdraw(actor: Person, resource: Resource) -> None:
    """Take a resource out of the lists; what was made from it stays, as its licence allows."""
    if not (resource.shared_by_id == actor.id or actor.has_role(Role.MANAGER)):
        raise Forbidden
    resource.state = ResourceState.WITHDRAWN
    changed(queries.KIND, str(resource.id))
    audit.record("resource.withdrawn", actor_id=actor.id, subject=resource)


def _announce(actor: Person, resource: Resource) -> None:
    audit.record("resource.shared", actor_id=actor.id, subject=resource)
    changed(queries.KIND, str(resource.id))
    emit(
        ResourcePublished(
            tenant_id=resource.tenant_id,
            resource_id=resource.id,
            version=resource.latest.number,
        )
    )
