"""What travels packed, and what must not tell by its length."""

import gzip

import pytest

PACKING = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("address", ["/", "/sign-in", "/static/css/base.css", "/static/js/app.js"])
def test_text_is_packed_for_who_can_unpack_it(client, address):
    plain, packed = client.get(address), client.get(address, headers=PACKING)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert b"<!DOCTYPE html>" in gzip.decompress(packed.data) or (
        gzip.decompress(packed.data) == plain.data
    )
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


def test_fonts_short_answers_and_refused_packing_are_left_as_they_are(client):
    font = client.get("/static/vendor/fonts/be-vietnam-pro-latin-400.woff2", headers=PACKING)
    short = client.get("/static/img/band.svg", headers=PACKING)
    refused = client.get("/", headers={"Accept-Encoding": "gzip;q=0"})

    answers = [short, refused] if font.status_code == 404 else [font, short, refused]
    assert all("Content-Encoding" not in answer.headers for answer in answers)


def test_a_page_of_one_length_arrives_in_many_lengths(client):
    lengths = {len(client.get("/sign-in", headers=PACKING).data) for _ in range(12)}

    assert max(lengths) - min(lengths) > 10


def test_a_static_file_that_did_not_change_is_not_sent_again(client):
    first = client.get("/static/css/base.css", headers=PACKING)
    again = client.get(
        "/static/css/base.css", headers=PACKING | {"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["ETag"].startswith("W/")
    assert again.status_code == 304
