"""What is answered when something is wrong: JSON with the rule, its section and the place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

import orjson
import psycopg
import structlog
from flask import current_app
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from edu.db import see_afresh
from edu.errors import DomainError
from edu.http.errors import UNSTORABLE, Unstorable, trouble
from edu.i18n import LANGUAGES, Text, force_locale, lazy
from edu.lrs.core.problems import (
    InvalidJson,
    InvalidRequest,
    InvalidStatement,
    Problem,
    Rule,
)
from edu.lrs.xapi.answers import Answer
from edu.settings import in_force

log = structlog.get_logger()


class NoSuchResource(DomainError):
    """The specification knows no resource of this name."""

    code = "no-such-resource"
    status = 404
    title = lazy("There is no such resource; see /about for the versions spoken here.")


class MethodNotAllowed(DomainError):
    """The resource does not take this method."""

    code = "method-not-allowed"
    status = 405
    title = lazy("This resource does not take that method.")

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self.allowed = allowed


WORDS: dict[Rule, Text] = {
    Rule.NOT_JSON: lazy("This is not JSON."),
    Rule.TOO_LARGE: lazy("This is larger than the limit."),
    Rule.TOO_DEEP: lazy("This is nested too deeply."),
    Rule.DUPLICATE_KEY: lazy("An object names the same key twice."),
    Rule.NULL: lazy("null is allowed only inside extensions."),
    Rule.OBJECT: lazy("An object belongs here."),
    Rule.ARRAY: lazy("An array belongs here."),
    Rule.STRING: lazy("A string belongs here."),
    Rule.BOOLEAN: lazy("true or false belongs here."),
    Rule.NUMBER: lazy("A number belongs here."),
    Rule.INTEGER: lazy("A whole number, zero or more, belongs here."),
    Rule.IRI: lazy("An IRI with its scheme belongs here."),
    Rule.UUID: lazy("A UUID in its standard form belongs here."),
    Rule.TIMESTAMP: lazy("A timestamp of ISO 8601 belongs here; version 2.0 wants an offset."),
    Rule.DURATION: lazy("A duration of ISO 8601 belongs here."),
    Rule.LANGUAGE_TAG: lazy("A language tag of RFC 5646 belongs here."),
    Rule.MBOX: lazy("“mailto:” and one e-mail address belong here."),
    Rule.SHA1: lazy("A SHA-1 in hexadecimal belongs here."),
    Rule.SHA2: lazy("A SHA-2 in hexadecimal belongs here."),
    Rule.MEDIA_TYPE: lazy("A media type belongs here."),
    Rule.STATEMENT_VERSION: lazy("A statement's version begins with 1.0, or with 2.0 in 2.0."),
    Rule.VOCABULARY: lazy("Only the words that the specification lists are taken here."),
    Rule.MISSING: lazy("This property is required."),
    Rule.UNKNOWN_PROPERTY: lazy("The specification knows no such property here."),
    Rule.OBJECT_TYPE: lazy("This objectType does not belong here."),
    Rule.EMPTY: lazy("At least one item belongs here."),
    Rule.NO_IDENTIFIER: lazy("Exactly one identifier is needed; there is none."),
    Rule.SEVERAL_IDENTIFIERS: lazy("Exactly one identifier is needed; there are several."),
    Rule.COMPONENT_LIST: lazy("This list does not belong to this type of interaction."),
    Rule.COMPONENT_IDS: lazy("The ids of interaction components must differ."),
    Rule.SCALED_RANGE: lazy("A scaled score lies between -1 and 1."),
    Rule.SCORE_RANGE: lazy("The lowest score must be less than the highest."),
    Rule.RAW_RANGE: lazy("A raw score lies between the lowest and the highest."),
    Rule.VOIDING_TARGET: lazy("A voiding statement refers to a statement."),
    Rule.ONLY_WITH_ACTIVITY: lazy("This belongs only to statements about activities."),
    Rule.AUTHORITY_GROUP: lazy("An authority that is a group has exactly two members."),
    Rule.SAME_ID_TWICE: lazy("Two statements of this batch have the same id."),
    Rule.ID_MISMATCH: lazy("The statement has another id than the address."),
    Rule.MULTIPART: lazy("Send application/json, or multipart/mixed with attachments."),
    Rule.BOUNDARY: lazy("The boundary is missing or does not separate the parts."),
    Rule.FIRST_PART: lazy("The first part must be application/json with all statements."),
    Rule.TRANSFER_ENCODING: lazy("Content-Transfer-Encoding must be binary."),
    Rule.HASH_MISSING: lazy("A part lacks X-Experience-API-Hash."),
    Rule.HASH_MISMATCH: lazy("A part's content does not have the hash it names."),
    Rule.EXCESS_PART: lazy("No statement speaks of this part."),
    Rule.NO_CONTENT: lazy("An attachment is neither sent along nor at a fileUrl."),
    Rule.HEADER_MISMATCH: lazy("A part's headers and its statement disagree."),
    Rule.SIGNATURE_CONTENT_TYPE: lazy("A signature is application/octet-stream."),
    Rule.SIGNATURE_MALFORMED: lazy("The signature is not a JSON web signature."),
    Rule.SIGNATURE_ALGORITHM: lazy("A signature is made with RS256, RS384 or RS512."),
    Rule.SIGNATURE_PAYLOAD: lazy("What is signed is not this statement."),
    Rule.SIGNATURE_CERTIFICATE: lazy("The certificate cannot be read or its key is too short."),
    Rule.SIGNATURE_WRONG: lazy("The signature does not fit the certificate."),
    Rule.VERSION_MISSING: lazy("Send the header X-Experience-API-Version."),
    Rule.VERSION_UNKNOWN: lazy("Versions 1.0.x and 2.0.x are spoken here."),
    Rule.PARAMETER_UNKNOWN: lazy("This resource takes no such parameter."),
    Rule.PARAMETER_REPEATED: lazy("This parameter is given twice."),
    Rule.PARAMETER_MISSING: lazy("This parameter is required."),
    Rule.PARAMETER_CONFLICT: lazy("These parameters do not go together."),
    Rule.METHOD: lazy("The alternate syntax takes one method: GET, PUT, POST, DELETE or HEAD."),
    Rule.ALTERNATE_SYNTAX: lazy("The alternate request syntax is not used like that."),
    Rule.NOT_MERGEABLE: lazy("Only two JSON objects can be merged; nothing was changed."),
}


@contextmanager
def in_language_of(accepted: str | None) -> Iterator[None]:
    """Say what is said meanwhile in a reader's language, as Accept-Language tells it."""
    best = parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES)
    with force_locale(best or in_force().default_locale):
        yield


def answer(error: Exception) -> Answer:
    """Turn whatever was raised behind the door into an answer."""
    see_afresh()
    if isinstance(error, Problem):
        return _refusal(error)
    if isinstance(error, DomainError):
        return _domain(error)
    if isinstance(error, HTTPException):
        return _made(error.code or 400, {"error": f"http-{error.code}", "message": error.name})
    log.error("xapi.crashed", exc_info=error)
    if found := trouble(error):
        return _domain(found)
    if isinstance(getattr(error, "orig", error), (*UNSTORABLE, psycopg.DataError)):
        return _made(400, {"error": Unstorable.code, "message": Unstorable().message})
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return _made(500, {"error": "internal-error"})


def describe(problem: Problem) -> dict[str, str]:
    """Say what is wrong: the rule, the section that says so, and the place."""
    said = {
        "error": str(problem.rule),
        "message": str(WORDS[problem.rule]),
        "section": problem.section,
    }
    if isinstance(problem, InvalidStatement):
        said["path"] = problem.path
    if isinstance(problem, InvalidRequest):
        said["name"] = problem.name
    return said


def _refusal(problem: Problem) -> Answer:
    is_too_large = isinstance(problem, InvalidJson) and problem.rule is Rule.TOO_LARGE
    return _made(413 if is_too_large else 400, describe(problem))


def _domain(error: DomainError) -> Answer:
    made = _made(error.status, {"error": error.code, "message": error.message})
    if error.status == HTTPStatus.UNAUTHORIZED:
        made.say_way_in()
        log.warning("request.denied", code=error.code, endpoint="xapi")
    if isinstance(error, MethodNotAllowed):
        made.say("Allow", ", ".join(error.allowed))
    return made


def _made(status: int, said: dict[str, str]) -> Answer:
    return Answer(orjson.dumps(said), status)
