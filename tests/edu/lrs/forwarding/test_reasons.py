"""Why a target takes nothing, in sentences."""

import pytest

from edu.i18n import force_locale
from edu.lrs.forwarding.models import UNREADABLE, TargetKind
from edu.lrs.forwarding.reasons import Reason, reason

LRS, WEBHOOK = TargetKind.LRS, TargetKind.WEBHOOK


@pytest.fixture(autouse=True)
def _in_english(app):
    with app.test_request_context(base_url="http://portal.test"), force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("status", "answer", "sentence"),
    [
        (0, "fetch-failed: unreachable", "The server cannot be reached."),
        (0, "fetch-failed: too-slow", "The server took too long."),
        (0, "fetch-failed: redirects", "The address leads elsewhere; give the final one."),
        (0, "fetch-failed: garbled", "What the server answers cannot be read."),
        (0, "fetch-failed: too-large", "What the server answers cannot be read."),
        (401, UNREADABLE, "The stored secret cannot be read; tell your administrator."),
        (421, "fetch-refused: scheme", "Please give an address that begins with https://."),
        (421, "fetch-refused: port", "These are possible: 80, 443, 8080, 8443."),
        (421, "fetch-refused: address", "The address leads into a private network"),
    ],
)
@pytest.mark.parametrize("kind", TargetKind)
def test_no_code_of_ours_is_shown(kind, status, answer, sentence):
    found = reason(kind, status, answer)

    assert sentence in found.sentence
    assert found.quote == ""
    assert answer not in str(found)


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        (LRS, 401, "The other side does not accept the key."),
        (LRS, 403, "The other side does not let this key write."),
        (LRS, 404, "There is nothing at this address."),
        (LRS, 301, "The address leads elsewhere; give the final one."),
        (LRS, 400, ""),
        (LRS, 503, ""),
        (
            WEBHOOK,
            401,
            "The program does not accept our signature. Does it know the secret already?",
        ),
        (
            WEBHOOK,
            403,
            "The program does not accept our signature. Does it know the secret already?",
        ),
        (WEBHOOK, 404, "There is nothing at this address."),
        (WEBHOOK, 308, "The address leads elsewhere; give the final one."),
    ],
)
def test_what_the_other_side_said_stands_behind_a_sentence(kind, status, sentence):
    assert reason(kind, status, "nein") == Reason(sentence, f"Answer {status}: nein")
    assert reason(kind, status, "") == Reason(sentence, f"Answer {status}")
