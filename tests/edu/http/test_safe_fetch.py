"""A server on loopback stands for the open internet; only tests may say that it is allowed."""

import ipaddress
import socket
import socketserver
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from edu.http.safe_fetch import (
    PORTS,
    FetchFailed,
    FetchLimits,
    FetchRefused,
    SafeFetcher,
    is_public,
    system_connect,
    system_resolve,
)

LOOPBACK = ipaddress.ip_address("127.0.0.1")


def answer(body: bytes = b"hello", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, f"Location: {location}")


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        connection = self.request
        if self.server.tls:
            connection = self.server.tls.wrap_socket(connection, server_side=True)
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                if not (chunk := connection.recv(65536)):
                    return
                request += chunk
            self.server.requests.append(request.decode())
            target = request.split(b" ")[1].decode()
            for piece in self.server.pieces(target):
                connection.sendall(piece)


class Internet(socketserver.ThreadingTCPServer):
    """One server that answers for every name."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.tls: ssl.SSLContext | None = None
        self.requests: list[str] = []
        self.answers: dict[str, bytes] = {}
        self.drip = 0.0

    def pieces(self, target: str):
        whole = self.answers.get(target, answer())
        if not self.drip:
            return [whole]
        return self._dripping(whole)

    def _dripping(self, whole: bytes):
        for byte in whole:
            time.sleep(self.drip)
            yield bytes([byte])

    def handle_error(self, *_):
        """Clients that hang up are what is tested."""


@pytest.fixture
def internet():
    with Internet() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Network:
    """Counts what the fetcher does: names resolved, connections opened."""

    def __init__(self, server: Internet):
        self.server = server
        self.names: dict[str, list[str]] = {}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def resolve(self, host: str, _port: int) -> list[str]:
        self.resolved.append(host)
        if host == "nowhere.test":
            raise socket.gaierror
        return self.names.get(host, ["127.0.0.1"])

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        if address == "9.9.9.9":
            raise ConnectionRefusedError
        return system_connect("127.0.0.1", self.server.server_address[1], timeout)

    def fetcher(self, **more) -> SafeFetcher:
        more.setdefault("allows", lambda address: address == LOOPBACK or is_public(address))
        return SafeFetcher(resolve=self.resolve, connect=self.connect, **more)


@pytest.fixture
def network(internet):
    return Network(internet)


@pytest.fixture
def fetcher(network):
    return network.fetcher()


def refusal(fetch) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetch()
    return str(refused.value.values["reason"])


def failure(fetch) -> str:
    with pytest.raises(FetchFailed) as failed:
        fetch()
    return str(failed.value.values["reason"])


def test_a_page_is_fetched(fetcher, internet):
    internet.answers["/a?b=c"] = answer(b"<a/>", "200 OK", "Content-Type: Text/XML; charset=utf-8")

    fetched = fetcher.get("http://oer.test/a?b=c#part", accept=["text/xml"])

    assert (fetched.status, fetched.body, fetched.media_type) == (200, b"<a/>", "text/xml")
    assert fetched.url == "http://oer.test/a?b=c#part"
    assert fetched.headers["content-type"] == "Text/XML; charset=utf-8"
    (request,) = internet.requests
    assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert "Host: oer.test\r\n" in request
    assert "Accept: text/xml\r\n" in request
    assert "Accept-Encoding: identity\r\n" in request


def test_letters_in_paths_and_hosts_are_sent_in_ascii(fetcher, internet, network):
    fetcher.get("http://học-liệu.test/bài/1?q=điện%20lạnh")

    assert internet.requests[0].startswith(
        "GET /b%C3%A0i/1?q=%C4%91i%E1%BB%87n%20l%E1%BA%A1nh HTTP/1.1\r\n"
    )
    assert network.resolved == ["học-liệu.test".encode("idna").decode()]


def test_any_status_is_given_back(fetcher, internet):
    internet.answers["/"] = answer(
        b"later", "503 Busy", "Retry-After: 9", "Content-Type: text/html"
    )

    fetched = fetcher.get("http://oer.test", accept=["text/xml"])

    assert (fetched.status, fetched.headers["retry-after"]) == (503, "9")


def test_a_fresh_copy_need_not_be_sent_again(fetcher, internet):
    internet.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"

    assert fetcher.get("http://oer.test/", headers={"If-None-Match": '"1"'}).status == 304
    assert 'If-None-Match: "1"' in internet.requests[0]


def test_a_body_is_posted_and_redirects_are_not_followed(fetcher, internet, network):
    internet.answers["/token"] = redirect("http://elsewhere.test/")

    fetched = fetcher.post("http://lti.test/token", b"a=b", headers={"X-A": "b"})

    assert fetched.status == 302
    assert len(network.connected) == 1
    assert internet.requests[0].startswith("POST /token HTTP/1.1\r\n")
    assert "Content-Length: 3\r\n" in internet.requests[0]


HOSTILE = [
    ("http://127.0.0.1/", "address"),
    ("http://127.255.255.254:8080/", "address"),
    ("http://localhost/", "address"),
    ("http://localhost./", "address"),
    ("http://0.0.0.0/", "address"),
    ("http://10.1.2.3/", "address"),
    ("http://172.16.0.1/", "address"),
    ("http://192.168.1.1/", "address"),
    ("http://100.64.0.1/", "address"),
    ("http://169.254.169.254/latest/meta-data/", "address"),
    ("http://224.0.0.1/", "address"),
    ("http://240.0.0.1/", "address"),
    ("http://255.255.255.255/", "address"),
    ("http://[::1]/", "address"),
    ("http://[::]/", "address"),
    ("http://[fe80::1]/", "address"),
    ("http://[fc00::1]/", "address"),
    ("http://[fec0::1]/", "address"),
    ("http://[ff02::1]/", "address"),
    ("http://[2001:db8::1]/", "address"),
    ("http://[::ffff:127.0.0.1]/", "address"),
    ("http://[::ffff:a9fe:a9fe]/", "address"),
    ("http://[::127.0.0.1]/", "address"),
    ("http://[64:ff9b::7f00:1]/", "address"),
    ("http://[2002:7f00:1::]/", "address"),
    ("http://[2001:0:7f00:1::]/", "address"),
    ("http://１２７.0.0.1/", "address"),
    ("http://127。0。0。1/", "address"),
    ("http://intranet.test/", "address"),
    ("http://mixed.test/", "address"),
    ("http://2130706433/", "host"),
    ("http://0x7f000001/", "host"),
    ("http://0177.0.0.1/", "host"),
    ("http://127.1/", "host"),
    ("http://0x7f.0.0.1/", "host"),
    ("http://127.0.0.0x1/", "host"),
    ("http://1.2.3.4.5/", "host"),
    ("http:///path", "host"),
    ("http://a..b/", "host"),
    ("http://%31%32%37.0.0.1/", "host"),
    ("http://[fe80::1%25eth0]/", "address"),
    ("http://evil.test:22/", "port"),
    ("http://evil.test:6379/", "port"),
    ("http://evil.test:0/", "port"),
    ("http://user@evil.test/", "credentials"),
    ("http://oer.test:80@127.0.0.1/", "credentials"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://127.0.0.1:6379/_FLUSHALL", "scheme"),
    ("ftp://evil.test/", "scheme"),
    ("data:text/html,x", "scheme"),
    ("//127.0.0.1/", "scheme"),
    ("127.0.0.1", "scheme"),
    ("", "scheme"),
    ("http://evil.test\\@127.0.0.1/", "url"),
    ("http://evil.test/\r\nHost: x", "url"),
    ("http://evil.test/a b", "url"),
    ("ht\ttp://evil.test/", "url"),
    ("http://[::1/", "url"),
    ("http://evil.test:99999/", "url"),
    (f"http://evil.test/{'x' * 3000}", "url"),
]


def test_sixty_hostile_addresses_make_no_connection(internet, network):
    network.names = {
        "localhost": ["127.0.0.1"],
        "intranet.test": ["10.0.0.5"],
        "mixed.test": ["93.184.216.34", "192.168.0.1"],
    }
    fetcher = network.fetcher(allows=is_public)

    reasons = [(url, refusal(lambda url=url: fetcher.get(url))) for url, _ in HOSTILE]

    assert reasons == HOSTILE
    assert len(HOSTILE) == 60
    assert network.connected == []
    assert internet.requests == []


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are_public(address):
    assert is_public(ipaddress.ip_address(address))


def test_a_name_is_resolved_once_and_the_checked_address_used(network):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    fetcher = SafeFetcher(
        resolve=lambda _host, _port: next(answers), connect=network.connect, allows=is_public
    )

    assert fetcher.get("http://rebind.test/").status == 200
    assert network.connected == [("93.184.216.34", 80)]
    assert refusal(lambda: fetcher.get("http://rebind.test/")) == "address"


def test_an_address_that_does_not_answer_is_passed_over(network, fetcher):
    network.names["two.test"] = ["9.9.9.9", "127.0.0.1"]

    assert fetcher.get("http://two.test/").status == 200
    assert network.connected == [("9.9.9.9", 80), ("127.0.0.1", 80)]


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_redirects_are_followed(fetcher, internet, status):
    internet.answers["/old"] = redirect("/new?x=1", status)

    fetched = fetcher.get("http://oer.test/old")

    assert (fetched.status, fetched.url) == (200, "http://oer.test/new?x=1")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://10.0.0.1/", "address"),
        ("http://inner.test/", "address"),
        ("file:///etc/passwd", "scheme"),
        ("//user@evil.test/", "credentials"),
        ("http://evil.test:25/", "port"),
        ("http://[::1", "url"),
    ],
)
def test_a_redirect_is_checked_like_any_address(fetcher, internet, network, location, reason):
    network.names["inner.test"] = ["192.168.0.9"]
    internet.answers["/"] = redirect(location)

    assert refusal(lambda: fetcher.get("http://oer.test/")) == reason
    assert len(network.connected) == 1


def test_five_redirects_are_followed_and_no_more(fetcher, internet, network):
    for number in range(6):
        internet.answers[f"/{number}"] = redirect(f"/{number + 1}")

    assert fetcher.get("http://oer.test/1").status == 200
    assert failure(lambda: fetcher.get("http://oer.test/0")) == "redirects"
    assert len(network.connected) == 12


def test_headers_are_not_carried_to_another_host(fetcher, internet):
    internet.answers["/"] = redirect("/next")
    internet.answers["/next"] = redirect("http://other.test/end")

    fetcher.get("http://oer.test/", headers={"Authorization": "Bearer secret"})

    assert ["secret" in request for request in internet.requests] == [True, True, False]


def test_a_redirect_that_leads_nowhere_is_the_answer(fetcher, internet):
    internet.answers["/"] = answer(b"", "302 Found")

    assert fetcher.get("http://oer.test/").status == 302


@pytest.mark.parametrize(
    "content",
    [
        answer(b"x" * 101),
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 101,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n"
        + b"x" * 101
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
    ],
)
def test_a_body_over_the_limit_is_dropped(fetcher, internet, content):
    internet.answers["/"] = content

    small = FetchLimits(body_bytes=100)
    assert failure(lambda: fetcher.get("http://oer.test/", limits=small)) == "too-large"


def test_a_body_of_the_limit_is_taken(fetcher, internet):
    internet.answers["/"] = answer(b"x" * 100)

    assert len(fetcher.get("http://oer.test/", limits=FetchLimits(body_bytes=100)).body) == 100


@pytest.mark.parametrize(("drip", "letters"), [(0.02, 500), (5, 1)])
def test_a_server_that_drips_is_left_in_time(fetcher, internet, drip, letters):
    internet.drip = drip
    internet.answers["/"] = answer(b"x" * letters)  # whole after ten seconds at the earliest

    limits = FetchLimits(seconds=0.3)
    assert failure(lambda: fetcher.get("http://oer.test/", limits=limits)) == "too-slow"


def test_no_time_is_no_fetch(fetcher, network):
    limits = FetchLimits(seconds=0)

    assert failure(lambda: fetcher.get("http://oer.test/", limits=limits)) == "too-slow"
    assert network.connected == []


@pytest.mark.parametrize(
    ("said", "accepted", "is_taken"),
    [
        ("text/xml", ["text/xml"], True),
        ("image/png", ["image/*"], True),
        ("text/html", ["text/xml", "application/xml"], False),
        ("", ["text/xml"], False),
        ("anything", [], True),
    ],
)
def test_only_what_was_asked_for_is_taken(fetcher, internet, said, accepted, is_taken):
    internet.answers["/"] = answer(b"x", "200 OK", *([f"Content-Type: {said}"] if said else []))

    if is_taken:
        assert fetcher.get("http://oer.test/", accept=accepted).body == b"x"
    else:
        assert failure(lambda: fetcher.get("http://oer.test/", accept=accepted)) == "media-type"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        answer(b"x", "200 OK", "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_answer_that_is_none_is_refused(fetcher, internet, content):
    internet.answers["/"] = content

    assert failure(lambda: fetcher.get("http://oer.test/")) in {"garbled", "unreachable"}


def test_a_name_that_is_unknown_or_has_no_address_is_unreachable(fetcher, network):
    network.names["empty.test"] = []

    assert failure(lambda: fetcher.get("http://nowhere.test/")) == "unreachable"
    assert failure(lambda: fetcher.get("http://empty.test/")) == "unreachable"


def test_the_ports_can_be_chosen(network):
    fetcher = network.fetcher(ports=PORTS | {9000})

    assert fetcher.get("http://oer.test:9000/").status == 200
    assert "Host: oer.test:9000\r\n" in network.server.requests[0]


def test_the_systems_own_ways_lead_to_loopback(internet):
    port = internet.server_address[1]
    fetcher = SafeFetcher(allows=lambda address: address.is_loopback, ports=frozenset({port}))

    assert fetcher.get(f"http://127.0.0.1:{port}/").body == b"hello"
    assert {"127.0.0.1", "::1"}.issuperset(system_resolve("localhost", port))


@pytest.fixture
def trusted(internet, tmp_path):
    """Give the server a certificate for oer.test; the context that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "oer.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("oer.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(pem)
    )
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


# Places in our own network that the installation names (EDU_FETCH_ALSO)


@pytest.fixture
def at_home(network):
    """A fetcher that is let in at one private place."""
    network.names["nas.test"] = network.names["evil.test"] = ["10.0.0.5"]
    return network.fetcher(
        allows=is_public, let_in=frozenset({("10.0.0.5", 8081), ("nas.test", 8082)})
    )


def test_a_place_that_the_installation_names_is_let_in(at_home):
    assert at_home.get("http://10.0.0.5:8081/").body == b"hello"
    assert at_home.get("http://nas.test:8082/").body == b"hello"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.0.0.5/", "address"),
        ("https://10.0.0.5/", "address"),
        ("http://10.0.0.5:8082/", "port"),
        ("http://10.0.0.6:8081/", "port"),
        ("http://evil.test:8081/", "port"),
        ("http://evil.test/", "address"),
        ("http://nas.test/", "address"),
    ],
)
def test_nothing_beside_it_is(at_home, network, url, reason):
    assert refusal(lambda: at_home.get(url)) == reason
    assert network.connected == []


def test_nobody_leads_us_there(at_home, internet, network):
    network.names["oer.test"] = ["93.184.216.34"]
    internet.answers["/"] = redirect("http://10.0.0.5:8081/")

    assert refusal(lambda: at_home.get("http://oer.test/")) == "address"
