"""What a client asks, however it says it: plainly, or in the alternate syntax of 1.0.3."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import psycopg
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from edu.db import enter, unit_of_work
from edu.errors import DomainError
from edu.i18n import lazy
from edu.lrs.adapters.rows import IdTaken
from edu.lrs.core import alternate_request
from edu.lrs.core.documents import Preconditions
from edu.lrs.core.problems import InvalidRequest, Rule
from edu.lrs.core.version import HEADER, Version, negotiate
from edu.lrs.keys import queries
from edu.lrs.keys.models import Scope
from edu.lrs.keys.queries import Credential
from edu.lrs.service import Author
from edu.settings import in_force

T = TypeVar("T")

ATTEMPTS = 4
_VERSION = f"HTTP_{HEADER.upper().replace('-', '_')}"  # as WSGI names it


class NotAuthenticated(DomainError):
    """No credentials, or none that open a record (Communication 4.1)."""

    code = "not-authenticated"
    status = 401
    title = lazy("Send the key of a tool: HTTP Basic, or a bearer token.")


class NotAllowed(DomainError):
    """The key is good but lacks the scope (Communication 4.2). `values`: `scope`."""

    code = "not-allowed"
    status = 403
    title = lazy("This key may not do that; it lacks the scope “%(scope)s”.")


class Busy(DomainError):
    """Others changed the same thing at the same moment, again and again."""

    code = "busy"
    title = lazy("Others are changing the same thing right now. Please send it again.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was meant."""

    mount: str
    method: str
    version: Version
    credential: Credential
    parameters: tuple[tuple[str, str], ...]
    content_type: str
    preconditions: Preconditions
    languages: str | None  # Accept-Language
    read_content: Callable[[], bytes]

    def must_have(self, *scopes: Scope) -> None:
        """Refuse a key without any of the scopes."""
        if not self.credential.has(*scopes):
            raise NotAllowed(scope=scopes[0])


def understand(request: Request, mount: str) -> Asked:
    """Read a request: who asks, in which version, what; enter that tenant.

    Credentials are looked at first, so nothing is told to strangers.
    """
    query = tuple(request.args.items(multi=True)) if request.query_string else ()
    if alternate_request.is_alternate(request.method, query):
        return _alternate(request, mount, query)
    find = request.environ.get
    credential = _authenticate(find("HTTP_AUTHORIZATION"))
    return Asked(
        mount,
        "GET" if request.method == "HEAD" else request.method,
        negotiate(find(_VERSION)),
        credential,
        query,
        find("CONTENT_TYPE", ""),
        Preconditions(find("HTTP_IF_MATCH"), find("HTTP_IF_NONE_MATCH")),
        find("HTTP_ACCEPT_LANGUAGE"),
        partial(_body, request),
    )


def _body(request: Request) -> bytes:
    """Read a body. Raises RequestEntityTooLarge, before anything is read where its length is told.

    Of one that comes in chunks a byte too many is read: werkzeug would cut it in silence.
    """
    limit = max_bytes()
    request.max_content_length = limit + (request.content_length is None)
    content = request.get_data()
    if len(content) > limit:
        raise RequestEntityTooLarge
    return content


def _alternate(request: Request, mount: str, query: tuple[tuple[str, str], ...]) -> Asked:
    if request.mimetype != "application/x-www-form-urlencoded":  # Communication 1.3
        raise InvalidRequest(Rule.ALTERNATE_SYNTAX, alternate_request.SECTION, "Content-Type")
    request.max_form_memory_size = None  # the limit on the whole body is enough
    form = tuple(request.form.items(multi=True))
    credential = _authenticate(
        next((given for name, given in form if name.lower() == "authorization"), None)
        or request.headers.get("Authorization")
    )
    meant = alternate_request.read(query, form, version_header=request.headers.get(HEADER))
    return Asked(
        mount,
        "GET" if meant.method == "HEAD" else meant.method,
        meant.version,
        credential,
        meant.parameters,
        meant.headers.get("Content-Type", "application/json"),
        Preconditions(meant.headers.get("If-Match"), meant.headers.get("If-None-Match")),
        request.headers.get("Accept-Language"),
        lambda: meant.content or b"",
    )


def _authenticate(authorization: str | None) -> Credential:
    found = queries.credential(authorization) if authorization else None
    if found is None:
        raise NotAuthenticated
    enter(found.tenant_id)
    return found


def author_of(credential: Credential) -> Author:
    """In whose name a tool stores statements."""
    return Author(credential.authority, may_define=credential.has(Scope.DEFINE))


def max_bytes() -> int:
    """The longest JSON that is read."""
    return in_force().max_upload_mb * 1024 * 1024


def in_unit(work: Callable[[], T]) -> T:
    """Do it in a unit of work; do it again when another request was faster.

    Raises Busy after some attempts.
    """
    for _ in range(ATTEMPTS):
        try:
            with unit_of_work():
                return work()
        except (IdTaken, IntegrityError):
            continue
        except OperationalError as error:
            if not isinstance(error.orig, psycopg.errors.TransactionRollback):  # a deadlock is one
                raise
    raise Busy
