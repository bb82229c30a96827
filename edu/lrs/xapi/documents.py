"""State, agent profile and activity profile (Communication 2.2, 2.3, 2.6, 2.7, 3.1)."""

import orjson

from edu.errors import NotFound
from edu.lrs.core.documents import (
    Document,
    DocumentQuery,
    Method,
    Resource,
    etag,
    parse_document_query,
)
from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.documents import service
from edu.lrs.keys.models import Scope
from edu.lrs.xapi.answers import Answer
from edu.lrs.xapi.asked import Asked, in_unit, max_bytes

_SCOPES = {
    Resource.STATE: Scope.STATE,
    Resource.AGENT_PROFILE: Scope.PROFILE,
    Resource.ACTIVITY_PROFILE: Scope.PROFILE,
}


def get(resource: Resource, asked: Asked) -> Answer:
    """Give one document, or the ids of those that match."""
    asked.must_have(_SCOPES[resource], Scope.ALL_READ)
    query = _query(resource, Method.GET, asked)
    if query.document_id is None:
        ids = service.find_ids(resource, query)
        return Answer(orjson.dumps(ids))
    found = service.find(resource, query)
    if found is None:
        raise NotFound
    answer = Answer(found.content, content_type=found.content_type)
    answer.say("ETag", etag(found.content))  # Communication 3.1
    answer.say_changed(found.updated_at)
    return answer


def put(resource: Resource, asked: Asked) -> Answer:
    """Keep a document in place of what there was."""
    return _write(resource, Method.PUT, asked)


def post(resource: Resource, asked: Asked) -> Answer:
    """Keep a document, or set its properties on the one there is."""
    return _write(resource, Method.POST, asked)


def _write(resource: Resource, method: Method, asked: Asked) -> Answer:
    asked.must_have(_SCOPES[resource])
    query = _query(resource, method, asked)
    content_type = asked.content_type or "application/octet-stream"
    if "\0" in content_type:  # PostgreSQL keeps none in text
        raise InvalidRequest(Rule.STRING, resource.section, "Content-Type")
    posted = Document(asked.read_content(), content_type[:255])
    in_unit(
        lambda: service.write(
            resource,
            method,
            query,
            posted,
            preconditions=asked.preconditions,
            version=asked.version,
            max_bytes=max_bytes(),
        )
    )
    return Answer(status=204)


def delete(resource: Resource, asked: Asked) -> Answer:
    """Delete a document, or all states of an owner."""
    asked.must_have(_SCOPES[resource])
    query = _query(resource, Method.DELETE, asked)
    in_unit(
        lambda: service.delete(
            resource, query, preconditions=asked.preconditions, version=asked.version
        )
    )
    return Answer(status=204)


def _query(resource: Resource, method: Method, asked: Asked) -> DocumentQuery:
    query = parse_document_query(resource, method, asked.parameters, asked.version)
    if "\0" in (query.document_id or ""):  # PostgreSQL keeps none in text
        raise InvalidRequest(Rule.STRING, resource.section, resource.id_name)
    return query
