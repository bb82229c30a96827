"""The statements resource (Communication 2.1)."""

import base64
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from uuid import UUID

import orjson

from edu.db import new_id, see_afresh
from edu.errors import NotFound
from edu.lrs import attachments, queries, service
from edu.lrs.adapters.reading import Told
from edu.lrs.core import formats, json_in, multipart
from edu.lrs.core.identity import agent_key
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.languages import parse_accept_language
from edu.lrs.core.multipart import Attachment
from edu.lrs.core.problems import InvalidMultipart, InvalidRequest, Rule
from edu.lrs.core.query import (
    STATEMENTS,
    Format,
    StatementQuery,
    parse_put_statement,
    parse_statement_query,
)
from edu.lrs.core.signature import check_signatures
from edu.lrs.core.validation.statement import check_batch
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import Version
from edu.lrs.descriptions import Known
from edu.lrs.keys.models import Scope
from edu.lrs.models import LARGEST_SEQ, moment_of
from edu.lrs.queries import Page
from edu.lrs.xapi import partial
from edu.lrs.xapi.answers import Answer
from edu.lrs.xapi.asked import LONGEST_KNOWN, Asked, author_of, in_unit, max_bytes

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
PAGE = 100
LARGEST_PAGE = 500


# Writing --------------------------------------------------------------------------------------


def post(asked: Asked) -> Answer:
    """Store one statement or many, all or none, and give their ids (Communication 2.1.2)."""
    asked.must_have(Scope.WRITE)
    if asked.parameters == (("partial", "true"),):
        return partial.post(asked)
    if asked.parameters:
        raise InvalidRequest(Rule.PARAMETER_UNKNOWN, "Communication 2.1.2", asked.parameters[0][0])
    ids = _store(asked, *_read_body(asked))
    return Answer(orjson.dumps(ids))


def put(asked: Asked) -> Answer:
    """Store one statement under the id in the address (Communication 2.1.1)."""
    asked.must_have(Scope.WRITE)
    statements, files = _read_body(asked, single=True)
    statement_id = parse_put_statement(asked.parameters, statements[0], asked.version)
    _store(asked, [{"id": statement_id} | statements[0]], files)
    return Answer(status=204)


def _read_body(
    asked: Asked, *, single: bool = False
) -> tuple[list[JsonObject], tuple[Attachment, ...]]:
    """Check a body whole: JSON, or multipart/mixed with attachments (Communication 1.5)."""
    body = asked.read_content()
    files: tuple[Attachment, ...] = ()
    if multipart.is_multipart(asked.content_type):
        taken_apart = multipart.parse(body, asked.content_type)
        body, files = taken_apart.statements, taken_apart.attachments
    elif asked.content_type.partition(";")[0].strip().lower() != "application/json":
        raise InvalidMultipart(Rule.MULTIPART, "Communication 1.5")
    value = json_in.parse(body, max_bytes=max_bytes())
    statements = check_batch([value] if single else value, asked.version)
    multipart.match(statements, files)
    contents = {file.sha2: file.content for file in files}
    check_signatures(statements, contents, asked.version)
    return statements, files


def _store(asked: Asked, statements: list[JsonObject], files: tuple[Attachment, ...]) -> list[str]:
    author = author_of(asked.credential)
    if statements and not files:
        statements = [each if "id" in each else {"id": str(new_id())} | each for each in statements]
        if service.store_at_once(statements, author, asked.version):
            return [each["id"].lower() for each in statements]

    def work() -> list[str]:
        attachments.keep(files)
        return [str(each) for each in service.store(statements, author, asked.version)]

    return in_unit(work)


# Reading --------------------------------------------------------------------------------------


def get(asked: Asked) -> Answer:
    """Give one statement by its id, or a page of those that match (Communication 2.1.3)."""
    asked.must_have(Scope.READ, Scope.READ_MINE, Scope.ALL_READ)
    see_afresh()  # what is read now must not be as of a moment before `through`
    through = queries.consistent_through()
    given, after = _resume(asked.parameters)
    query = _query(given, asked.version)
    answer = _answered(asked, query, given, after)
    answer.say(CONSISTENT_THROUGH, _written(through))
    return answer


_known = lru_cache(maxsize=1024)(parse_statement_query)  # so nobody may change what it gives
_written = lru_cache(maxsize=16)(format_timestamp)


def _query(given: tuple[tuple[str, str], ...], version: Version) -> StatementQuery:
    """Read a question. Pages that poll ask the same again and again."""
    is_short = sum(len(written) for _, written in given) <= LONGEST_KNOWN
    return (_known if is_short else parse_statement_query)(given, version)


def _answered(
    asked: Asked, query: StatementQuery, given: Sequence[tuple[str, str]], after: int | None
) -> Answer:
    own_only = not asked.credential.has(Scope.READ, Scope.ALL_READ)
    authority = asked.credential.authority if own_only else None
    if query.is_for_one:
        return _get_one(asked, query, authority)
    limit = min(query.limit or PAGE, LARGEST_PAGE)
    if query.format is Format.EXACT and not query.attachments:
        joined = queries.joined_page(query, limit=limit, after=after, authority=authority)
        if joined is not None:
            return Answer(_listed(joined.statements, _more(asked.mount, given, joined.after)))
    page = queries.page(query, limit=limit, after=after, authority=authority)
    page, files = _within_bounds(page, query)
    told = _formatted(page.statements, query.format, asked.languages)
    listed = _listed(b",".join(told), _more(asked.mount, given, page.after))
    return _with_files(listed, files)


def _listed(statements: bytes, more: str) -> bytes:
    return b'{"statements":[%b],"more":%b}' % (statements, orjson.dumps(more))


def _get_one(asked: Asked, query: StatementQuery, authority: JsonObject | None) -> Answer:
    wanted = query.statement_id or query.voided_statement_id
    found = queries.one(UUID(wanted), voided=query.voided_statement_id is not None)
    if found is None or (authority and not _is_by(authority, found)):
        raise NotFound
    [told] = _formatted([found], query.format, asked.languages)
    _page, files = _within_bounds(Page([found], None), query)
    answer = _with_files(told, files)
    answer.say_changed(moment_of(found.seq))  # IEEE 9274.1.1, 4.1.6.1
    return answer


def _is_by(authority: JsonObject, found: Told) -> bool:
    return agent_key(orjson.loads(found.payload)["authority"]) == agent_key(authority)


def _formatted(found: Sequence[Told], wanted: Format, accepted: str | None) -> list[bytes]:
    if wanted is Format.EXACT:
        return [each.payload for each in found]
    statements = [orjson.loads(each.payload) for each in found]
    if wanted is Format.IDS:
        return [json_in.write(formats.ids_only(each)) for each in statements]
    known = Known(statements)
    described = formats.canonical(
        parse_accept_language(accepted), definition=known.definition, display=known.display
    )
    return [json_in.write(described(each)) for each in statements]


def _within_bounds(page: Page, query: StatementQuery) -> tuple[Page, list[Attachment] | None]:
    """End a page before it becomes too heavy (Communication 2.1.3), and read files asked for."""
    payloads = [each.payload for each in page.statements]
    files = None
    if query.attachments:
        files, fitting = attachments.files_within(payloads, most=max_bytes())
    else:
        fitting = max(1, bisect_right([*accumulate(map(len, payloads))], max_bytes()))
    if fitting < len(payloads):
        page = Page(page.statements[:fitting], page.statements[fitting - 1].seq)
    return page, files


def _with_files(body: bytes, files: list[Attachment] | None) -> Answer:
    """Communication 1.5.2, 2.1.3: multipart/mixed where files were asked for, else plain JSON."""
    if files is None:
        return Answer(body)
    content_type, content = multipart.build(body, files)
    return Answer(content, content_type=content_type)


# Going on -------------------------------------------------------------------------------------


def _more(mount: str, given: Sequence[tuple[str, str]], after: int | None) -> str:
    """Give the address of the next page, if there is one: the same question, from a number on."""
    if after is None:
        return ""
    place = base64.urlsafe_b64encode(orjson.dumps([given, after])).decode().rstrip("=")
    return f"{mount}/statements?more={place}"


def _resume(
    parameters: tuple[tuple[str, str], ...],
) -> tuple[tuple[tuple[str, str], ...], int | None]:
    """Read an address that `_more` made; any other is a question from the beginning."""
    if len(parameters) != 1 or parameters[0][0] != "more":
        return parameters, None
    written = parameters[0][1]
    try:
        given, after = orjson.loads(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
        question = tuple((str(name), str(value)) for name, value in given)
    except (ValueError, TypeError):  # binascii's and orjson's errors are ValueErrors
        question, after = (), None
    if type(after) is not int or not 0 <= after <= LARGEST_SEQ:
        raise InvalidRequest(Rule.PARAMETER_UNKNOWN, STATEMENTS, "more")
    return question, after
