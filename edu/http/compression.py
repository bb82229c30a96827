"""Text travels packed where the browser can unpack it: many phones here are on slow lines.

A page may hold a secret (the form's token) beside words that a stranger chose (the address), and
then its packed length could be made to tell the secret letter by letter (BREACH). Against that
each page's gzip header is as much longer as chance will have it, and the session's cookie is
SameSite, so no foreign page can ask again and again. Static files hold no secret: packed once.
"""

import gzip
import io
import secrets
from functools import lru_cache

from flask import Flask, Response, request

SHORTEST = 860  # bytes; below, one network packet carries the answer anyhow
LONGEST_PADDING = 100  # bytes
PACKED = frozenset({"text/javascript", "application/javascript", "image/svg+xml"})
BODILESS = frozenset({204, 206, 304})


def init_app(app: Flask) -> None:
    """Pack after everybody else has had the answer: call this before other `init_app`s."""

    @app.after_request
    def _pack(answer: Response) -> Response:
        if _is_text(answer) and (request.endpoint == "static" or not answer.is_streamed):
            answer.vary.add("Accept-Encoding")
            if request.accept_encodings["gzip"] and answer.status_code not in BODILESS:
                _replace_body(answer)
        return answer


def _is_text(answer: Response) -> bool:
    kind = answer.mimetype or ""
    return "Content-Encoding" not in answer.headers and (kind.startswith("text/") or kind in PACKED)


def _replace_body(answer: Response) -> None:
    answer.direct_passthrough = False
    body = answer.get_data()
    if len(body) < SHORTEST:
        return
    answer.set_data(_packed_once(body) if request.endpoint == "static" else _padded(body))
    answer.headers["Content-Encoding"] = "gzip"
    answer.headers.pop("Accept-Ranges", None)
    etag, _is_weak = answer.get_etag()
    if etag:
        answer.set_etag(etag, weak=True)  # the same text, other bytes (RFC 9110, 8.8.1)


@lru_cache(maxsize=64)
def _packed_once(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def _padded(body: bytes) -> bytes:
    """Pack, with a file name of random length in the header, which every browser skips."""
    packed = io.BytesIO()
    name = "n" * secrets.randbelow(LONGEST_PADDING + 1)
    with gzip.GzipFile(name, "wb", compresslevel=5, fileobj=packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
