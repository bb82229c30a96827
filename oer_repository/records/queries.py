"""Find resources. What is published is open to everyone, so every college is looked at."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import sqlalchemy as sa

from edu.db import db
from edu.errors import NotFound
from edu.i18n import LANGUAGES, LanguageMap, local, locale, words
from edu.search import current
from edu.search.index import Document, Hits, SearchQuery, Text
from edu.settings import in_force
from edu.tenancy import queries as tenancy
from edu.tenancy.models import Organisation
from oer_repository.records.core.licences import TERMS, Terms, Work, attribution, may_adapt
from oer_repository.records.models import Resource, ResourceState, ResourceVersion

KIND = "resource"

SIZE = 24
"""How many resources a page of results shows."""

_PICTURE = re.compile(r'<img [^>]*?src="([^"]+)"')


@dataclass(frozen=True)
class Card:
    """A resource as a list or another package shows it."""

    id: UUID
    title: LanguageMap
    description: LanguageMap
    authors: Sequence[str]
    college: Organisation
    licence: Terms
    may_adapt: bool
    languages: Sequence[str]
    reuses: int
    attribution: LanguageMap
    picture: str
    """Address of the first picture in it; empty where it has none."""


def get(resource_id: UUID) -> Resource:
    """Find a resource of any college, also a withdrawn one. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Resource).where(Resource.id == resource_id).execution_options(all_tenants=True)
    )
    if found is None:
        raise NotFound
    return found


def by_origin(origin: str) -> Resource | None:
    """Find what the current college shared from something of its own."""
    return db.session.scalar(sa.select(Resource).where(Resource.origin == origin))


def card(resource: Resource) -> Card:
    """Sum a resource up, with the sentence that says whose work it is."""
    return cards([resource])[0]


def cards(resources: Sequence[Resource]) -> list[Card]:
    """Sum resources up; their colleges are read at once."""
    colleges = tenancy.named({resource.tenant_id for resource in resources})
    return [_card(resource, colleges[resource.tenant_id]) for resource in resources]


def _card(resource: Resource, college: Organisation) -> Card:
    version = resource.latest
    return Card(
        id=resource.id,
        title=version.title,
        description=version.description,
        authors=version.authors,
        college=college,
        licence=TERMS[resource.licence],
        may_adapt=may_adapt(resource.licence),
        languages=[language for language in LANGUAGES if version.body.get(language)],
        reuses=resource.reuses,
        attribution=_attribution(resource, version, college),
        picture=_first_picture(local(version.html)),
    )


def _first_picture(html: str) -> str:
    found = _PICTURE.search(html)
    return unescape(found[1]) if found else ""


def _attribution(
    resource: Resource, version: ResourceVersion, college: Organisation
) -> LanguageMap:
    said = {}
    for language in LANGUAGES:
        source = f"{local(college.name, language)}, {in_force().base_url}/resources/{resource.id}"
        work = Work(local(version.title, language), version.authors, source, resource.licence)
        said[language] = attribution(work, language=language, adapted=False)
    return words(said["vi"], said["en"])


def search(
    text: str, facets: Mapping[str, tuple[str, ...]], cursor: str | None = None
) -> tuple[Sequence[Resource], Hits]:
    """Find resources by words, best first; accents may be left out. Gives the hits as well."""
    hits = current.index().search(
        SearchQuery(
            text=text,
            kinds=(KIND,),
            facets=facets,
            language=locale(),
            count_facets=("licence", "language"),
            cursor=cursor,
            size=SIZE,
        )
    )
    ids = [UUID(hit.id) for hit in hits.items]
    found = {
        resource.id: resource
        for resource in db.session.scalars(
            sa.select(Resource)
            .where(Resource.id.in_(ids), Resource.state == ResourceState.PUBLISHED)
            .execution_options(all_tenants=True)
        )
    }
    return [found[key] for key in ids if key in found], hits


class ResourceDocuments:
    """Published resources as the search index holds them."""

    kind = KIND

    def document_for(self, document_id: str) -> Document | None:
        """Describe a resource; None when nobody is to find it."""
        try:
            resource = get(UUID(document_id))
        except NotFound:
            return None
        if resource.state != ResourceState.PUBLISHED:
            return None
        version = resource.latest
        return Document(
            id=document_id,
            kind=KIND,
            texts={
                language: Text(
                    title=version.title.get(language, ""),
                    body=f"{version.description.get(language, '')}\n{version.body[language]}",
                    keywords=tuple(
                        entry.skill.label.get(language, "") for entry in resource.skills
                    ),
                )
                for language in version.body
            },
            changed_at=version.published_at,
            facets={"licence": (resource.licence.value,), "language": tuple(version.body)},
            tenant_id=resource.tenant_id,
        )

    def all_ids(self) -> Iterable[str]:
        """Name every published resource."""
        found = db.session.scalars(
            sa.select(Resource.id)
            .where(Resource.state == ResourceState.PUBLISHED)
            .execution_options(all_tenants=True)
        )
        return [str(resource_id) for resource_id in found]
