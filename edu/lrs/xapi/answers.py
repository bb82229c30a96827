"""What is answered at the doors of the record store: status, headers and a body, whole."""

from datetime import datetime
from http import HTTPStatus

from werkzeug.http import http_date

JSON = "application/json"
# Whatever else a tool called its document: a browser or a proxy might take it for something else.
_UNKNOWN = "application/octet-stream"

_LINES = {int(status): f"{status.value} {status.phrase}" for status in HTTPStatus}


class Answer:
    """An answer. Plain, because a page of statements is read in less time than libraries take."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, body: bytes = b"", status: int = 200, content_type: str = JSON) -> None:
        self.body = body
        self.status = status
        self.headers: list[tuple[str, str]] = []
        if status != HTTPStatus.NO_CONTENT:  # RFC 9110 §15.3.5: no content, so no type
            safe = content_type.isascii() and content_type.isprintable()  # RFC 9112 §11.1
            self.say("Content-Type", content_type if safe else _UNKNOWN)
            self.say("Content-Length", str(len(body)))

    @property
    def line(self) -> str:
        """The status as HTTP writes it."""
        return _LINES.get(self.status, str(self.status))

    def say(self, name: str, text: str) -> None:
        """Add a header."""
        self.headers.append((name, text))

    def say_way_in(self) -> None:
        """Say how to prove oneself, as every 401 must (RFC 9110 §11.6.1)."""
        self.say("WWW-Authenticate", 'Basic realm="xAPI", charset="UTF-8"')

    def say_changed(self, moment: datetime) -> None:
        """Say when what is told was last changed, to the second."""
        self.say("Last-Modified", http_date(moment))
