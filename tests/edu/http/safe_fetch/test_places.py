"""Where a fetch may go: outside, and to the places that the installation names."""

import ipaddress

import pytest

from edu.http.places import FetchRefused, is_public
from edu.http.safe_fetch import SafeFetcher
from tests.edu.http.safe_fetch.conftest import redirect, refusal

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


def test_who_only_asks_is_refused_for_the_same_reasons(internet, network):
    network.names = {
        "localhost": ["127.0.0.1"],
        "intranet.test": ["10.0.0.5"],
        "mixed.test": ["93.184.216.34", "192.168.0.1"],
    }
    places = network.fetcher(allows=is_public).places

    reasons = [(url, refusal(lambda url=url: places.judge(url))) for url, _ in HOSTILE]

    assert reasons == HOSTILE
    assert network.connected == []


def test_a_name_that_nobody_knows_is_no_reason_to_refuse(network):
    assert network.fetcher().places.judge("https://nowhere.test/x").host == "nowhere.test"


def test_each_reason_is_said_in_a_sentence_of_its_own(network):
    network.names["localhost"] = ["127.0.0.1"]
    places = network.fetcher(allows=is_public, ports=frozenset({80, 443})).places
    said = {}
    for url, reason in {reason: (url, reason) for url, reason in HOSTILE}.values():
        with pytest.raises(FetchRefused) as refused:
            places.judge(url)
        said[reason] = refused.value.message

    assert len(set(said.values())) == len(said) == len({reason for _, reason in HOSTILE})
    assert "These are possible: 80, 443." in said["port"]


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
