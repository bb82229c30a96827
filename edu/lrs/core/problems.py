"""What can be wrong with what a client sends: a code, the section that says so, and where it is.

There is no text for people here; whoever answers the client words the code in its language.
"""

from enum import StrEnum
from typing import Self


class Rule(StrEnum):
    """The rules a request can break."""

    # JSON
    NOT_JSON = "not-json"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    DUPLICATE_KEY = "duplicate-key"
    # kinds of value
    NULL = "null"
    OBJECT = "object"
    ARRAY = "array"
    STRING = "string"
    BOOLEAN = "boolean"
    NUMBER = "number"
    INTEGER = "integer"
    IRI = "iri"
    UUID = "uuid"
    TIMESTAMP = "timestamp"
    DURATION = "duration"
    LANGUAGE_TAG = "language-tag"
    MBOX = "mbox"
    SHA1 = "sha1"
    SHA2 = "sha2"
    MEDIA_TYPE = "media-type"
    STATEMENT_VERSION = "statement-version"
    VOCABULARY = "vocabulary"
    # objects and arrays
    MISSING = "missing"
    UNKNOWN_PROPERTY = "unknown-property"
    OBJECT_TYPE = "object-type"
    EMPTY = "empty"
    # statements
    NO_IDENTIFIER = "no-identifier"
    SEVERAL_IDENTIFIERS = "several-identifiers"
    COMPONENT_LIST = "component-list"
    COMPONENT_IDS = "component-ids"
    SCALED_RANGE = "scaled-range"
    SCORE_RANGE = "score-range"
    RAW_RANGE = "raw-range"
    VOIDING_TARGET = "voiding-target"
    ONLY_WITH_ACTIVITY = "only-with-activity"
    AUTHORITY_GROUP = "authority-group"
    SAME_ID_TWICE = "same-id-twice"
    ID_MISMATCH = "id-mismatch"
    # attachments
    MULTIPART = "multipart"
    BOUNDARY = "boundary"
    FIRST_PART = "first-part"
    TRANSFER_ENCODING = "transfer-encoding"
    HASH_MISSING = "hash-missing"
    HASH_MISMATCH = "hash-mismatch"
    EXCESS_PART = "excess-part"
    NO_CONTENT = "no-content"
    HEADER_MISMATCH = "header-mismatch"
    SIGNATURE_CONTENT_TYPE = "signature-content-type"
    SIGNATURE_MALFORMED = "signature-malformed"
    SIGNATURE_ALGORITHM = "signature-algorithm"
    SIGNATURE_PAYLOAD = "signature-payload"
    SIGNATURE_CERTIFICATE = "signature-certificate"
    SIGNATURE_WRONG = "signature-wrong"
    # requests
    VERSION_MISSING = "version-missing"
    VERSION_UNKNOWN = "version-unknown"
    PARAMETER_UNKNOWN = "parameter-unknown"
    PARAMETER_REPEATED = "parameter-repeated"
    PARAMETER_MISSING = "parameter-missing"
    PARAMETER_CONFLICT = "parameter-conflict"
    METHOD = "method"
    ALTERNATE_SYNTAX = "alternate-syntax"
    NOT_MERGEABLE = "not-mergeable"


class Problem(Exception):
    """A request breaks a rule of the specification."""

    def __init__(self, rule: Rule, section: str) -> None:
        super().__init__(rule, section)
        self.rule = rule
        self.section = section

    def __str__(self) -> str:
        return f"{self.rule} ({self.section})"


class InvalidJson(Problem):
    """Bytes that are not one acceptable JSON value; TOO_LARGE answers 413, the others 400."""


class InvalidMultipart(Problem):
    """A multipart/mixed body that cannot be taken apart, or whose parts do not belong."""


class InvalidRequest(Problem):
    """A header or query parameter, named by `name`, that is wrong, missing or one too many."""

    def __init__(self, rule: Rule, section: str, name: str) -> None:
        super().__init__(rule, section)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}: {super().__str__()}"


class InvalidStatement(Problem):
    """A statement that must be refused; `path` is a JSON Pointer (RFC 6901) to the offender."""

    def __init__(self, rule: Rule, section: str, *inside_out: str | int) -> None:
        super().__init__(rule, section)
        self._steps = list(inside_out)

    @classmethod
    def of(cls, value: object, rule: Rule, section: str) -> Self:
        """Refuse `value` by `rule`, or as null where it is null (Data 2.2)."""
        return cls(Rule.NULL, "Data 2.2") if value is None else cls(rule, section)

    def within(self, step: str | int) -> None:
        """Say that what was refused is found under `step` of the value that holds it."""
        self._steps.append(step)

    @property
    def path(self) -> str:
        """JSON Pointer from the outermost value checked; "" is that value itself."""
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in reversed(self._steps))
        return "".join("/" + step for step in steps)

    def __str__(self) -> str:
        return f"{self.path or '/'}: {super().__str__()}"
