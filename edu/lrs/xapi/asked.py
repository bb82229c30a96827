"""What a client asks, however it says it: plainly, or in the alternate syntax of 1.0.3."""

import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import parse_qsl

import psycopg
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
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

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

T = TypeVar("T")

ATTEMPTS = 4
# Not below psycopg's TransactionRollback, which stands for the one state 40000 alone.
_MADE_WAY = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
LONGEST_KNOWN = 2000  # letters of a question that is worth remembering: 1024 take 5 MB at most
LONGEST_FORM = 2 << 20  # bytes of the alternate syntax: decoding takes up to eighty times as many
MOST_FIELDS = 100
_STAY_ENCODED = "werkzeug.url_quote"  # the name of werkzeug's handler of decoding errors
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


class Asked(NamedTuple):
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


def understand(environ: "WSGIEnvironment", mount: str) -> Asked:
    """Read a request: who asks, in which version, what; enter that tenant.

    Credentials are looked at first, so nothing is told to strangers.
    """
    find = environ.get
    method = environ["REQUEST_METHOD"]
    query = _parameters(find("QUERY_STRING", ""))
    if alternate_request.is_alternate(method, query):
        return _alternate(request_of(environ), mount, query)
    credential = _authenticate(find("HTTP_AUTHORIZATION"))
    return Asked(
        mount,
        "GET" if method == "HEAD" else method,
        negotiate(find(_VERSION)),
        credential,
        query,
        find("CONTENT_TYPE", ""),
        Preconditions(find("HTTP_IF_MATCH"), find("HTTP_IF_NONE_MATCH")),
        find("HTTP_ACCEPT_LANGUAGE"),
        partial(_body, environ),
    )


def request_of(environ: "WSGIEnvironment") -> Request:
    """Give the request to werkzeug, for what few requests need."""
    request = Request(environ)
    request.max_content_length = max_bytes()
    return request


def _parameters(query: str) -> tuple[tuple[str, str], ...]:
    """Take a query string apart. Pages that poll, and players that keep a state, repeat theirs."""
    return _known(query) if len(query) <= LONGEST_KNOWN else _taken_apart(query)


def _taken_apart(query: str) -> tuple[tuple[str, str], ...]:
    """Bytes that are no UTF-8 stay percent-encoded, so that different ones stay different."""
    return _fields(query.encode("latin-1"))  # PEP 3333


_known = lru_cache(maxsize=1024)(_taken_apart)


def _fields(written: bytes) -> tuple[tuple[str, str], ...]:
    try:
        fields = parse_qsl(
            written.decode(errors=_STAY_ENCODED),
            keep_blank_values=True,
            errors=_STAY_ENCODED,
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:  # no resource takes as many
        raise RequestEntityTooLarge from None
    return tuple(fields)


def _body(environ: "WSGIEnvironment", most: int = sys.maxsize) -> bytes:
    """Read a body. Raises RequestEntityTooLarge: before it is read, if its length is told."""
    limit, told = min(max_bytes(), most), environ.get("CONTENT_LENGTH", "")
    if "HTTP_TRANSFER_ENCODING" in environ or not told.isdecimal():
        return _untold_body(environ, limit)
    length = int(told[:18])  # no limit has more digits
    if length > limit:
        raise RequestEntityTooLarge
    content: bytes = environ["wsgi.input"].read(length)
    if len(content) < length:
        raise ClientDisconnected
    return content


def _untold_body(environ: "WSGIEnvironment", limit: int) -> bytes:
    """Read what comes in chunks, and a byte too many: werkzeug would cut it in silence."""
    request = Request(environ)
    request.max_content_length = limit + 1
    content = request.get_data()
    if len(content) > limit:
        raise RequestEntityTooLarge
    return content


def _alternate(request: Request, mount: str, query: tuple[tuple[str, str], ...]) -> Asked:
    if request.mimetype != "application/x-www-form-urlencoded":  # Communication 1.3
        raise InvalidRequest(Rule.ALTERNATE_SYNTAX, alternate_request.SECTION, "Content-Type")
    form = _fields(_body(request.environ, LONGEST_FORM))
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
        except (IdTaken, IntegrityError, *_MADE_WAY):  # straight from the driver, too
            continue
        except OperationalError as error:
            if not isinstance(error.orig, _MADE_WAY):
                raise
    raise Busy
