"""Whom a fetch over TLS believes."""

import ssl

import pytest
from cryptography import x509

from tests.edu.http.safe_fetch.conftest import failure, redirect, refusal
from tests.edu.loopback import self_signed


@pytest.fixture
def trusted(internet, tmp_path):
    """Give the server a certificate for oer.test; the context that trusts it."""
    path = self_signed(tmp_path / "certificate.pem", x509.DNSName("oer.test"))
    internet.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    internet.tls.load_cert_chain(path)
    return ssl.create_default_context(cafile=path)


def test_the_name_is_checked_against_the_certificate(network, trusted, internet):
    fetcher = network.fetcher(tls=trusted)

    assert fetcher.get("https://oer.test/").body == b"hello"
    assert "Host: oer.test\r\n" in internet.requests[0]
    assert failure(lambda: fetcher.get("https://other.test/")) == "unreachable"
    assert len(internet.requests) == 1


def test_a_certificate_nobody_trusts_is_not_trusted(network, trusted):
    assert failure(lambda: network.fetcher().get("https://oer.test/")) == "unreachable"


def test_a_redirect_from_https_to_http_is_refused(network, trusted, internet):
    internet.answers["/"] = redirect("http://oer.test/")

    assert refusal(lambda: network.fetcher(tls=trusted).get("https://oer.test/")) == "downgrade"
    assert len(internet.requests) == 1
