"""The way to the other side: requests, and what is read from the answers."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from edu.db import db, new_id, utcnow
from edu.errors import DomainError
from edu.http.places import FetchRefused
from edu.http.safe_fetch import Fetched, FetchFailed, FetchLimits, fetcher
from edu.i18n import lazy
from edu.lrs import attachments
from edu.lrs.adapters.rows import StatementRow
from edu.lrs.core import multipart
from edu.lrs.core.values import format_timestamp
from edu.lrs.core.version import HEADER, Version
from edu.lrs.forwarding import service
from edu.lrs.forwarding.core import messages
from edu.lrs.forwarding.core.delivery import Answer, Verdict
from edu.lrs.forwarding.models import Target, TargetKind
from edu.lrs.models import moment_of

AT_ONCE = {TargetKind.LRS: 50, TargetKind.WEBHOOK: 1}
LIMITS = FetchLimits(body_bytes=1 << 20, seconds=20.0, redirects=0)
STORED, TEST = "statement.stored", "test"


class TestFailed(DomainError):
    """The other side did not do what was asked of it. `values`: `status`, `answer`."""

    code = "target-test-failed"
    title = lazy("The test failed. Answer %(status)s: %(answer)s")


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

    def test(self) -> None:
        """Try without sending anybody's data. Raises TestFailed."""
        answer = self._knock() if self.kind is TargetKind.LRS else self._announce_test()
        # a key that may write but not read answers 403: it is known, and that is what we ask
        if answer.verdict is not Verdict.TAKEN and answer.status != HTTPStatus.FORBIDDEN:
            raise TestFailed(status=answer.status or "–", answer=answer.text)

    def _store(self, payloads: Sequence[bytes]) -> Answer:
        body, content_type = messages.batch(payloads, self.version), "application/json"
        if files := attachments.files_of(payloads):
            content_type, body = multipart.build(body, files)
        db.session.rollback()  # what was read is not held on to while the other side takes its time
        headers = {**self._xapi_headers(), "Content-Type": content_type}
        return _asked(
            lambda: fetcher().post(f"{self.url}/statements", body, headers=headers, limits=LIMITS)
        )

    def _knock(self) -> Answer:
        headers = self._xapi_headers()
        return _asked(
            lambda: fetcher().get(f"{self.url}/statements?limit=1", headers=headers, limits=LIMITS)
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
        return _asked(lambda: fetcher().post(self.url, body, headers=headers, limits=LIMITS))


def _asked(ask: Callable[[], Fetched]) -> Answer:
    """Ask, and turn whatever happens into an answer."""
    try:
        fetched = ask()
    except FetchRefused as refused:  # the address leads where we do not go: nothing will be taken
        return Answer(HTTPStatus.MISDIRECTED_REQUEST, f"{refused.code}: {refused.values['reason']}")
    except FetchFailed as failed:
        return Answer(0, f"{failed.code}: {failed.values['reason']}")
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
