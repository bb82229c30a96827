import json
from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from edu.lrs.core.json_in import write
from edu.lrs.core.problems import InvalidStatement, Rule
from edu.lrs.core.signature import CONTENT_TYPE, USAGE_TYPE, check_signatures
from edu.lrs.core.version import Version
from tests.edu.lrs.core.cases import DROP, STATEMENT_ID, WHOLE, changed, outcome

PLAIN = changed(WHOLE, "attachments", DROP)


def private_key(bits=2048):
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def certificate(key):
    """A self-signed certificate in the form of x5c."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hoc.example")])
    built = (
        x509.CertificateBuilder(name, name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return b64encode(built.public_bytes(serialization.Encoding.DER)).decode()


@pytest.fixture(scope="module")
def key():
    return private_key()


@pytest.fixture(scope="module")
def other_key():
    return private_key()


def sign(payload, key, algorithm="RS256", **header):
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    return jws.serialize_compact({"alg": algorithm} | header, payload, key, registry=registry)


def under(header, content):
    """The same signed content under another header."""
    encoded = urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    return f"{encoded}.{content.partition('.')[2]}"


def signed(statement, content, **said):
    """The statement with its signature attached, and the bytes by hash."""
    content = content.encode() if isinstance(content, str) else content
    sha2 = sha256(content).hexdigest()
    attachment = {
        "usageType": USAGE_TYPE,
        "display": {"vi": "Chữ ký"},
        "contentType": CONTENT_TYPE,
        "length": len(content),
        "sha2": sha2.upper(),
    } | said
    return statement | {"attachments": [*WHOLE["attachments"], attachment]}, {sha2: content}


def verdict(statement, contents, version=Version.V1):
    assert outcome(statement, version) is None
    try:
        check_signatures([statement], contents, version)
    except InvalidStatement as problem:
        return problem.path, problem.rule
    return None


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize("version", Version)
def test_the_three_algorithms_are_accepted(algorithm, version, key):  # XAPI-00117
    content = sign(write(PLAIN), RSAKey.import_key(key), algorithm)
    assert verdict(*signed(PLAIN, content), version) is None


def test_another_algorithm_is_refused():  # XAPI-00117
    content = sign(write(PLAIN), OctKey.import_key("secret" * 10), "HS256")
    assert verdict(*signed(PLAIN, content)) == ("/attachments/1", Rule.SIGNATURE_ALGORITHM)


def test_a_signature_is_octets(key):  # XAPI-00115
    content = sign(write(PLAIN), RSAKey.import_key(key))
    statement, contents = signed(PLAIN, content, contentType="text/plain; charset=ascii")
    assert verdict(statement, contents) == (
        "/attachments/1/contentType",
        Rule.SIGNATURE_CONTENT_TYPE,
    )


@pytest.mark.parametrize(
    "content", [b"", b"x", b"a.b", b"a.b.c", b"W10.e30.x", b"MQ.e30.x", b"\xff.\xff.\xff", b"...."]
)
def test_what_is_no_jws_is_refused(content):  # XAPI-00115
    assert verdict(*signed(PLAIN, content)) == ("/attachments/1", Rule.SIGNATURE_MALFORMED)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{'actor': 1}",
        b"[]",
        json.dumps(PLAIN | {"actor": None}).encode(),
        json.dumps(PLAIN | {"id": STATEMENT_ID}).encode(),
        json.dumps(changed(PLAIN, "result/success", value=False)).encode(),
    ],
)
def test_the_payload_is_the_statement_before_it_was_signed(payload, key):  # XAPI-00116
    content = sign(payload, RSAKey.import_key(key))
    assert verdict(*signed(PLAIN, content)) == ("/attachments/1", Rule.SIGNATURE_PAYLOAD)


def test_durations_are_compared_to_the_hundredth(key):  # IEEE 9274.1.1, 4.2.7
    short = changed(PLAIN, "result/duration", "PT1M12.50S")
    exact = changed(PLAIN, "result/duration", "PT1M12.50789S")
    content = sign(write(short), RSAKey.import_key(key))
    assert verdict(*signed(exact, content)) is None


def test_a_certified_signature_is_verified(key, other_key):
    chain = [certificate(key), "anything"]
    good = sign(write(PLAIN), RSAKey.import_key(key), x5c=chain, typ="JOSE", note="ours")
    wrong = sign(write(PLAIN), RSAKey.import_key(other_key), x5c=chain)
    assert verdict(*signed(PLAIN, good)) is None
    assert verdict(*signed(PLAIN, wrong)) == ("/attachments/1", Rule.SIGNATURE_WRONG)


def test_a_header_that_demands_the_unknown_is_refused(key):
    demanding = {"alg": "RS256", "x5c": [certificate(key)], "crit": ["bar"], "bar": 1}
    content = under(demanding, sign(write(PLAIN), RSAKey.import_key(key)))
    assert verdict(*signed(PLAIN, content)) == ("/attachments/1", Rule.SIGNATURE_WRONG)


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
def test_a_chain_must_begin_with_a_certificate_of_an_rsa_key(key):
    chains = [
        [], "x", {}, [1], ["not base64!"], ["AAAA"],
        [certificate(ec.generate_private_key(ec.SECP256R1()))],
        [certificate(private_key(1024))],
    ]  # fmt: skip
    good = sign(write(PLAIN), RSAKey.import_key(key))
    for chain in chains:
        content = under({"alg": "RS256", "x5c": chain}, good)
        assert verdict(*signed(PLAIN, content)) == ("/attachments/1", Rule.SIGNATURE_CERTIFICATE)


def test_a_signature_kept_elsewhere_is_not_fetched():
    statement, _ = signed(PLAIN, b"x", fileUrl="https://hoc.example/chu-ky")
    assert verdict(statement, {}) is None


def test_statements_without_a_signature_pass():
    assert verdict(WHOLE, {}) is None
    assert verdict(PLAIN, {}) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(), st.dictionaries(st.sampled_from(["alg", "x5c", "crit", "b64"]),
                                    st.none() | st.text() | st.lists(st.text())))  # fmt: skip
def test_any_bytes_are_answered(content, header):
    encoded = urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=")
    for spoilt in (content, encoded + b"." + urlsafe_b64encode(content) + b".AA"):
        assert verdict(*signed(PLAIN, spoilt))
