"""Why a target does not take what it is sent, as people read it."""

from dataclasses import dataclass
from http import HTTPStatus

from edu.http.places import PORTS, FetchRefused
from edu.http.safe_fetch import FetchFailed
from edu.i18n import Text, _, lazy
from edu.lrs.forwarding.core.delivery import Answer, Verdict
from edu.lrs.forwarding.models import UNREADABLE, TargetKind

QUOTED = 200  # letters of what the other side said, after a test

_ELSEWHERE = lazy("The address leads elsewhere; give the final one.")
_NOTHING = lazy("There is nothing at this address.")
_GARBLED = lazy("What the server answers cannot be read.")
_SIGNATURE = lazy("The program does not accept our signature. Does it know the secret already?")

_FAILED = {
    "unreachable": lazy("The server cannot be reached."),
    "too-slow": lazy("The server took too long."),
    "redirects": _ELSEWHERE,
}
_BY_STATUS: dict[TargetKind, dict[int, Text]] = {
    TargetKind.LRS: {
        HTTPStatus.UNAUTHORIZED: lazy("The other side does not accept the key."),
        HTTPStatus.FORBIDDEN: lazy("The other side does not let this key write."),
        HTTPStatus.NOT_FOUND: _NOTHING,
    },
    TargetKind.WEBHOOK: {
        HTTPStatus.UNAUTHORIZED: _SIGNATURE,
        HTTPStatus.FORBIDDEN: _SIGNATURE,
        HTTPStatus.NOT_FOUND: _NOTHING,
    },
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in a sentence, and what the other side said.

    The first is empty where the answer must speak for itself, the second where nobody answered.
    """

    sentence: str
    quote: str

    def __str__(self) -> str:
        """Both of them."""
        return " ".join(filter(None, (self.sentence, self.quote)))


def reason(kind: TargetKind, status: int, answer: str) -> Reason:
    """Say why something was not taken, by the status and the answer that were noted."""
    if own := _own(answer):
        return Reason(own, "")
    is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
    sentence = _ELSEWHERE if is_redirect else _BY_STATUS[kind].get(status, "")
    quote = _("Answer %(status)s", status=status)
    if answer:
        quote = _("Answer %(status)s: %(answer)s", status=status, answer=answer)
    return Reason(str(sentence), quote)


def told_of_test(kind: TargetKind, answer: Answer) -> tuple[str, str]:
    """Say what came of a test: the text, and the category of its message."""
    is_lrs = kind is TargetKind.LRS
    if answer.verdict is Verdict.TAKEN:
        text = _("It answers, and takes the key.") if is_lrs else _("It answers.")
        return text, "message"
    if is_lrs and answer.status == HTTPStatus.FORBIDDEN:
        text = _("It answers but does not let us read; whether the key may write is not known.")
        return text, "warning"
    why = reason(kind, answer.status, answer.text[:QUOTED])
    return f"{_('The test failed.')} {why}", "error"


def _own(answer: str) -> str:
    """What our own code stands for; "" where the other side has spoken."""
    if answer == UNREADABLE:
        return str(_("The stored secret cannot be read; tell your administrator."))
    code, _colon, why = answer.partition(": ")
    if code == FetchFailed.code:
        return str(_FAILED.get(why, _GARBLED))
    if code == FetchRefused.code:
        return FetchRefused(why, ports=", ".join(map(str, sorted(PORTS)))).message
    return ""
