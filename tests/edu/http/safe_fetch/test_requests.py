"""What is asked, of whom, and where redirects lead."""

import pytest

from edu.http.places import PORTS, system_resolve
from edu.http.safe_fetch import SafeFetcher
from tests.edu.http.safe_fetch.conftest import answer, failure, redirect


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


def test_the_ports_can_be_chosen(network):
    fetcher = network.fetcher(ports=PORTS | {9000})

    assert fetcher.get("http://oer.test:9000/").status == 200
    assert "Host: oer.test:9000\r\n" in network.server.requests[0]


def test_an_address_that_does_not_answer_is_passed_over(network, fetcher):
    network.names["two.test"] = ["9.9.9.9", "127.0.0.1"]

    assert fetcher.get("http://two.test/").status == 200
    assert network.connected == [("9.9.9.9", 80), ("127.0.0.1", 80)]


def test_a_name_that_is_unknown_or_has_no_address_is_unreachable(fetcher, network):
    network.names["empty.test"] = []

    assert failure(lambda: fetcher.get("http://nowhere.test/")) == "unreachable"
    assert failure(lambda: fetcher.get("http://empty.test/")) == "unreachable"


def test_the_systems_own_ways_lead_to_loopback(internet):
    port = internet.server_address[1]
    fetcher = SafeFetcher(allows=lambda address: address.is_loopback, ports=frozenset({port}))

    assert fetcher.get(f"http://127.0.0.1:{port}/").body == b"hello"
    assert {"127.0.0.1", "::1"}.issuperset(system_resolve("localhost", port))


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_redirects_are_followed(fetcher, internet, status):
    internet.answers["/old"] = redirect("/new?x=1", status)

    fetched = fetcher.get("http://oer.test/old")

    assert (fetched.status, fetched.url) == (200, "http://oer.test/new?x=1")


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
