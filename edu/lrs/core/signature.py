"""Signed statements: a JSON web signature among the attachments (Data 2.6, RFC 7515).

The check catches mistakes, as the specification intends; it does not say whom to trust.
"""

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_der_x509_certificate
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from edu.lrs.core import json_in
from edu.lrs.core.equality import equivalent
from edu.lrs.core.json_in import JsonObject
from edu.lrs.core.problems import InvalidJson, InvalidStatement, Rule
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version

USAGE_TYPE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
ALGORITHMS = ("RS256", "RS384", "RS512")
SECTION = "Data 2.6"
SMALLEST_KEY_BITS = 2048  # RFC 7518, 3.3
MAX_PAYLOAD_BYTES = 1 << 20


class _Registry(jws.JWSRegistry):
    """Sizes for whole statements and certificate chains; header fields we do not know may stay."""

    max_header_length = 1 << 16
    max_payload_length = MAX_PAYLOAD_BYTES * 4 // 3 + 4  # in base64


_REGISTRY = _Registry(algorithms=ALGORITHMS, strict_check_header=False)


def check_signatures(
    statements: Iterable[JsonObject], contents: Mapping[str, bytes], version: Version
) -> None:
    """Check every signature attached to valid statements; most statements have none.

    `contents` are the bytes received by SHA-2 in lower case. A signature that is only at a fileUrl
    is not fetched. One that several statements name is read once: it may be long. Raises
    InvalidStatement with the path of the attachment within its statement.
    """

    @cache
    def signed(sha2: str) -> JsonObject:
        return _signed(_well_formed(contents[sha2]).payload, version)

    for statement in statements:
        for position, attachment in enumerate(statement.get("attachments", ())):
            if attachment["usageType"] == USAGE_TYPE:
                try:
                    _check(attachment, statement, contents, signed)
                except InvalidStatement as problem:
                    problem.within(position)
                    problem.within("attachments")
                    raise


def _check(
    attachment: JsonObject,
    statement: JsonObject,
    contents: Mapping[str, bytes],
    signed: Callable[[str], JsonObject],
) -> None:
    if attachment["contentType"] != CONTENT_TYPE:
        raise InvalidStatement(Rule.SIGNATURE_CONTENT_TYPE, SECTION, "contentType")
    sha2 = attachment["sha2"].lower()
    if sha2 in contents and not equivalent(statement, signed(sha2)):
        raise InvalidStatement(Rule.SIGNATURE_PAYLOAD, SECTION)


def _well_formed(content: bytes) -> jws.CompactSignature:
    try:
        signature = jws.extract_compact(content, registry=_REGISTRY)
        headers = signature.headers()
        algorithm, chain = headers.get("alg"), headers.get("x5c")
    except (JoseError, ValueError, AttributeError) as error:  # or a header that is no object
        raise InvalidStatement(Rule.SIGNATURE_MALFORMED, SECTION) from error
    if algorithm not in ALGORITHMS:
        raise InvalidStatement(Rule.SIGNATURE_ALGORITHM, SECTION)
    if chain is not None and not _is_by(_certified_key(chain), signature):
        raise InvalidStatement(Rule.SIGNATURE_WRONG, SECTION)
    return signature


def _is_by(key: RSAPublicKey, signature: jws.CompactSignature) -> bool:
    try:
        return jws.validate_compact(signature, RSAKey.import_key(key), registry=_REGISTRY)
    except (JoseError, ValueError):
        return False


def _certified_key(chain: object) -> RSAPublicKey:
    """Public key of the first certificate: the signer's (RFC 7515, 4.1.6)."""
    key: object = None
    if isinstance(chain, list) and chain and isinstance(chain[0], str):
        with suppress(ValueError, UnsupportedAlgorithm):
            key = load_der_x509_certificate(b64decode(chain[0], validate=True)).public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY_BITS:
        raise InvalidStatement(Rule.SIGNATURE_CERTIFICATE, SECTION)
    return key


def _signed(payload: bytes, version: Version) -> JsonObject:
    try:
        signed = json_in.parse(payload, max_bytes=MAX_PAYLOAD_BYTES)
        check_statement(signed, version)
    except (InvalidJson, InvalidStatement) as error:
        raise InvalidStatement(Rule.SIGNATURE_PAYLOAD, SECTION) from error
    return signed  # type: ignore[return-value]  # the check lets nothing pass but objects
