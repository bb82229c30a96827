"""Change documents, and read them, of the current tenant (Communication 2.2, 2.3, 2.6, 2.7)."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.db import db, utcnow
from edu.errors import DomainError
from edu.i18n import lazy
from edu.lrs.core.documents import (
    Decision,
    Document,
    DocumentQuery,
    Method,
    Preconditions,
    Resource,
    decide,
    etag,
    merge,
)
from edu.lrs.core.identity import agent_key
from edu.lrs.core.version import Version
from edu.lrs.documents.models import DocumentKind, StoredDocument
from edu.lrs.links import key_of
from edu.lrs.queries import tenant

_KINDS = {
    Resource.STATE: DocumentKind.STATE,
    Resource.AGENT_PROFILE: DocumentKind.AGENT_PROFILE,
    Resource.ACTIVITY_PROFILE: DocumentKind.ACTIVITY_PROFILE,
}


class Refused(DomainError):
    """The change is not safe: somebody else may have changed the document meanwhile.

    `status` is what the protocol says: 400, 409 or 412 (Communication 3.1).
    """

    code = "document-precondition"
    title = lazy(
        "Look at the current state of the document, then send If-Match with its ETag, or "
        "If-None-Match: * for a new one."
    )

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.status = int(decision)


def find(resource: Resource, query: DocumentQuery) -> StoredDocument | None:
    """Read one document."""
    return db.session.scalars(_one(resource, query)).one_or_none()


def find_ids(resource: Resource, query: DocumentQuery) -> Sequence[str]:
    """List the ids of an owner's documents: of every registration unless one is named."""
    statement = sa.select(StoredDocument.document_id).where(*_among(resource, query))
    if query.since is not None:
        statement = statement.where(StoredDocument.updated_at > query.since)
    return list(dict.fromkeys(db.session.scalars(statement.order_by(StoredDocument.document_id))))


def write(  # noqa: PLR0913 - what a request says
    resource: Resource,
    method: Method,
    query: DocumentQuery,
    posted: Document,
    *,
    preconditions: Preconditions,
    version: Version,
    max_bytes: int,
) -> StoredDocument:
    """PUT or POST a document.

    Raises Refused where it is not safe, Problem where two documents cannot be merged.
    """
    found = db.session.scalars(_one(resource, query).with_for_update()).one_or_none()
    _hold_to(resource, method, found, preconditions, version)
    if method is Method.POST:
        existing = Document(found.content, found.content_type) if found else None
        posted = merge(existing, posted, max_bytes=max_bytes)
    if found is None:
        found = _new(resource, query)
        db.session.add(found)
    found.content, found.content_type = posted.content, posted.content_type
    found.updated_at = utcnow()
    db.session.flush()
    return found


def delete(
    resource: Resource, query: DocumentQuery, *, preconditions: Preconditions, version: Version
) -> None:
    """Delete one document, or all of an owner's where no id is named. None is no error."""
    if query.document_id is None:
        db.session.execute(sa.delete(StoredDocument).where(*_among(resource, query)))
        return
    found = db.session.scalars(_one(resource, query).with_for_update()).one_or_none()
    _hold_to(resource, Method.DELETE, found, preconditions, version)
    if found is not None:
        db.session.delete(found)


def _hold_to(
    resource: Resource,
    method: Method,
    found: StoredDocument | None,
    preconditions: Preconditions,
    version: Version,
) -> None:
    current = etag(found.content) if found else None
    decision = decide(resource, method, preconditions, current=current, version=version)
    if decision is not Decision.ALLOW:
        raise Refused(decision)


def _new(resource: Resource, query: DocumentQuery) -> StoredDocument:
    return StoredDocument(
        kind=_KINDS[resource],
        key=_key(resource, query),
        owner_key=_owner_key(resource, query),
        activity_id=query.activity_id or "",
        agent=_as_text(_agent(query)),
        registration=UUID(query.registration) if query.registration else None,
        document_id=query.document_id,
    )


def _agent(query: DocumentQuery) -> str:
    return agent_key(query.agent) or "" if query.agent else ""


def _owner_key(resource: Resource, query: DocumentQuery) -> bytes:
    return key_of(tenant(), f"{resource.name} {query.activity_id}\n{_agent(query)}")


def _key(resource: Resource, query: DocumentQuery) -> bytes:
    owners = f"{resource.name} {query.activity_id}\n{_agent(query)}"
    return key_of(tenant(), f"{owners}\n{query.registration}\n{query.document_id}")


def _one(resource: Resource, query: DocumentQuery) -> sa.Select[StoredDocument]:
    """Find by the short key and compare what it is short for."""
    return sa.select(StoredDocument).where(
        StoredDocument.key == _key(resource, query),
        StoredDocument.document_id == query.document_id,
        *_owners(query),
    )


def _among(resource: Resource, query: DocumentQuery) -> list[sa.ColumnElement[bool]]:
    found = [StoredDocument.owner_key == _owner_key(resource, query), *_owners(query)]
    if query.registration is not None:
        found.append(StoredDocument.registration == UUID(query.registration))
    return found


def _owners(query: DocumentQuery) -> list[sa.ColumnElement[bool]]:
    return [
        StoredDocument.activity_id == (query.activity_id or ""),
        StoredDocument.agent == _as_text(_agent(query)),
    ]


def _as_text(identifier: str) -> str:
    """PostgreSQL keeps no NUL in text; the key beside it still tells such names apart."""
    return identifier.replace("\0", "\ufffd")
