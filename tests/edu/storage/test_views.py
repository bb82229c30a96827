"""Uploads leave by a door of their own: another host, a sandbox, a signed address."""

import io
from urllib.parse import urlsplit

import pytest

from edu.storage import service as storage

PAGE = b"<!doctype html><script>alert(document.domain)</script>"
CONTENT = "http://content.test"


@pytest.fixture
def kept(app):
    """`kept(bytes, type, name)`: the address of a stored file."""

    def store(content: bytes, media_type: str, name: str = "tệp.bin") -> str:
        return storage.public_url(
            storage.store().put(io.BytesIO(content)).key, media_type=media_type, name=name
        )

    return store


def test_a_picture_is_shown_in_a_sandbox(client, kept):
    address = kept(b"\x89PNG\r\n\x1a\n", "image/png", "kho gas.png")

    answer = client.get(urlsplit(address).path, base_url=CONTENT)

    assert address.startswith(CONTENT)
    assert answer.data == b"\x89PNG\r\n\x1a\n"
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_what_a_browser_could_run_is_only_saved(client, kept):
    answer = client.get(urlsplit(kept(PAGE, "text/html", "a.html")).path, base_url=CONTENT)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_portals_host_serves_no_upload(client, kept):
    assert client.get(urlsplit(kept(PAGE, "text/html")).path).status_code == 404


def test_the_content_host_serves_no_page(client):
    assert client.get("/", base_url=CONTENT).status_code == 404


@pytest.mark.parametrize("token", ["x", "WyJhIiwiYiJd.AAAA", "%F0%9F%92%A5"])
def test_an_address_that_we_did_not_sign_leads_nowhere(client, app, token):
    assert client.get(f"/files/{token}/a.png", base_url=CONTENT).status_code == 404


def test_a_browser_that_has_the_file_is_spared_it(client, kept):
    path = urlsplit(kept(b"GIF89a", "image/gif")).path
    tag = client.get(path, base_url=CONTENT).headers["ETag"]

    again = client.get(path, base_url=CONTENT, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert again.data == b""
