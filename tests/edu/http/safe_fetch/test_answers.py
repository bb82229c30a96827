"""What is taken of an answer: so much, in so much time, of the kind that was asked for."""

import pytest

from edu.http.safe_fetch import FetchLimits
from tests.edu.http.safe_fetch.conftest import answer, failure


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
