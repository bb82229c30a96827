"""Text that people wrote is text wherever it is shown (ASVS 1.2.1, 1.2.3, 1.3.7)."""

import re
from html.parser import HTMLParser

import pytest

from edu.accounts import service as accounts
from edu.accounts.models import Guardianship, GuardianshipState, Role
from edu.audit import service as audit
from edu.db import db, inside, unit_of_work
from tests.factories import a_college, a_person
from tests.house.doors import doors

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
)
MARK = "zzqhostilezzq"
"""Each payload carries it, so that what became of it is found on the page."""


class Tags(HTMLParser):
    """Collects what a payload must not become: elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.grown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            address = name in {"href", "src", "action", "formaction"}
            if name.startswith("on") or (address and "javascript:" in (value or "")):
                self.grown.append(f"<{tag} {name}={value}>")
        if tag in {"script", "svg", "img"} and MARK in str(attrs):
            self.grown.append(f"<{tag} {attrs}>")


@pytest.fixture(params=PAYLOADS)
def hostile(request, app):
    """A manager whose whole surroundings are called by a payload."""
    text = MARK + request.param
    college = a_college("nha")
    with unit_of_work():
        college.name = {"vi": text, "en": text}
        college.about = {"vi": text, "en": text}
    manager = a_person(text, role=Role.MANAGER, at=college)
    child = a_person(text, role=Role.LEARNER, at=college)
    with unit_of_work():
        manager.phone = text[:20]
        accounts.create_access_token(manager, name=text, scopes=[text])
        accounts.start_session(manager, device=text)
        for guardian, learner in ((manager, child), (child, manager)):
            db.session.add(
                Guardianship(
                    guardian_id=guardian.id,
                    learner_id=learner.id,
                    state=GuardianshipState.CONSENTED,
                    decided_at=manager.created_at,
                )
            )
    with inside(college.id), unit_of_work():
        audit.record(text, actor_id=manager.id, subject=child, note=text)
    return manager, child, text


def test_no_page_turns_it_into_markup(as_user, app, hostile):
    manager, child, text = hostile
    browser = as_user(manager)
    shown = 0
    paths = [d.path("nha") for d in doors(app) if d.method == "GET" and d.endpoint != "static"]
    for path in [*paths, f"/at/nha/people/{child.id}", "/at/nha/people?q=" + MARK]:
        answer = browser.get(path)
        if answer.mimetype != "text/html":
            continue
        tags = Tags()
        tags.feed(answer.text)
        assert tags.grown == [], path
        if "{{" in text and MARK in answer.text:
            assert "49" not in re.findall(rf"{MARK}\W*(\w*)", answer.text), path
        shown += MARK in answer.text
    assert shown >= 6


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "path", ["/sign-in?next={}", "/?lang={}", "/at/{}/", "/verify/{}", "/courses?q={}", "/{}"]
)
def test_no_address_turns_it_into_markup(client, app, path, payload):
    from urllib.parse import quote

    answer = client.get(path.format(quote(MARK + payload, safe="")))

    tags = Tags()
    tags.feed(answer.text)
    assert tags.grown == []
    assert answer.status_code < 500
