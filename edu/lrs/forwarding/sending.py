"""The way to the other side: requests, and what is read from the answers."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from edu.db import db, new_id, utcnow
from edu.http.places import FetchRefused
from edu.http.safe_fetch import Fetched, FetchFailed, FetchLimits, fetcher
from edu.lrs import attachments
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.core import multipart
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import HEADER, Version
from edu.lrs.forwarding import service
from edu.lrs.forwarding.core import messages
from edu.lrs.forwarding.core.delivery import Answer
from edu.lrs.forwarding.models import UNREADABLE, Target, TargetKind
from edu.lrs.models import moment_of
from edu.sealing import UnreadableError

AT_ONCE = {TargetKind.LRS: 50, TargetKind.WEBHOOK: 1}
SECONDS = 20.0  # for an answer, whatever was sent
# Besides, as long as the body takes at 2 Mbit/s, which is little for the way out of a school: else
# what is large would never arrive. 8 MiB get 52 s, the largest upload of 64 MiB 276 s.
BYTES_A_SECOND = 256 << 10
STORED, TEST = "statement.stored", "test"
LOCKED = Answer(HTTPStatus.UNAUTHORIZED, UNREADABLE)  # we cannot even knock


def limits(size: int) -> FetchLimits:
    """How long a request with a body of some bytes may take, and how long its answer may be."""
    seconds = SECONDS + size / BYTES_A_SECOND
    return FetchLimits(body_bytes=1 << 20, seconds=seconds, redirects=0)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to one target; holds its secret, and nothing of the database."""

    kind: TargetKind
    url: str
    username: str
    secret: str = field(repr=False)
    version: Version

    @classmethod
    def to(cls, target: Target) -> "Sender":
        """Take along all that sending needs. Raises sealing.UnreadableError."""
        secret = service.secret_of(target)
        return cls(target.kind, target.url, target.username, secret, target.version)

    def send(self, rows: Sequence[StatementRow]) -> Answer:
        """Send some statements, a webhook exactly one."""
        if self.kind is TargetKind.LRS:
            return self._store([row.payload for row in rows])
        [row] = rows
        moment = format_timestamp(moment_of(row.seq))
        return self._announce(str(row.id), messages.event(STORED, moment, row.payload))

    def test(self) -> Answer:
        """Try without sending anybody's data."""
        return self._knock() if self.kind is TargetKind.LRS else self._announce_test()

    def _store(self, payloads: Sequence[bytes]) -> Answer:
        body, content_type = messages.batch(payloads, self.version), "application/json"
        if files := attachments.files_of(payloads):
            content_type, body = multipart.build(body, files)
        db.session.rollback()  # what was read is not held on to while the other side takes its time
        headers = {**self._xapi_headers(), "Content-Type": content_type}
        return _asked(
            lambda: fetcher().post(
                f"{self.url}/statements", body, headers=headers, limits=limits(len(body))
            )
        )

    def _knock(self) -> Answer:
        headers = self._xapi_headers()
        return _asked(
            lambda: fetcher().get(
                f"{self.url}/statements?limit=1", headers=headers, limits=limits(0)
            )
        )

    def _xapi_headers(self) -> dict[str, str]:
        credentials = b64encode(f"{self.username}:{self.secret}".encode()).decode()
        return {"Authorization": f"Basic {credentials}", HEADER: self.version.value}

    def _announce_test(self) -> Answer:
        moment = format_timestamp(utcnow())
        return self._announce(f"test_{new_id()}", messages.event(TEST, moment, b"{}"))

    def _announce(self, message_id: str, body: bytes) -> Answer:
        db.session.rollback()
        sent_at = int(utcnow().timestamp())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(sent_at),
            "webhook-signature": messages.signature(self.secret, message_id, sent_at, body),
        }
        return _asked(
            lambda: fetcher().post(self.url, body, headers=headers, limits=limits(len(body)))
        )


def ask_of(target: Target, ask: Callable[[Sender], Answer]) -> Answer:
    """Ask a target something, where its secret can be read."""
    try:
        sender = Sender.to(target)
    except UnreadableError:
        return LOCKED
    return ask(sender)


def _asked(ask: Callable[[], Fetched]) -> Answer:
    """Ask, and turn whatever happens into an answer."""
    try:
        fetched = ask()
    except FetchRefused as refused:  # the address leads where we do not go: nothing will be taken
        return Answer(HTTPStatus.MISDIRECTED_REQUEST, f"{refused.code}: {refused.values['reason']}")
    except FetchFailed as failed:
        why = failed.values["reason"]
        return Answer(0, f"{failed.code}: {why}", is_too_slow=why == "too-slow")
    text = " ".join(fetched.body[:4000].decode("utf-8", "replace").replace("\0", "").split())
    return Answer(fetched.status, text, _retry_after(fetched.headers))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """RFC 9110 §10.2.3: seconds, or a date."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        return (parsedate_to_datetime(said) - utcnow()).total_seconds()
    except (TypeError, ValueError):  # no date, or one without a zone
        return None
