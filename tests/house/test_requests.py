"""What every request and every answer obeys, whatever the feature."""

import re
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import Headers

from edu.accounts.models import Role
from edu.db import Base, db
from edu.http.security import UNSAFE
from edu.settings import in_force
from tests.factories import a_college, a_person
from tests.house.doors import Door, doors

REDIRECTS = range(300, 400)
EVIL = "https://evil.example"
SIGNED_IN, STRANGER = "signed in", "stranger"


@pytest.fixture
def manager(app):
    return a_person("Quản Lý", role=Role.MANAGER, at=a_college("nha"))


@pytest.fixture
def csrf(app, monkeypatch):
    """Forms need their token, as outside tests."""
    return lambda: monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@dataclass(frozen=True)
class Seen:
    """One answer, as it came."""

    door: Door
    who: str
    status: int
    headers: Headers
    mimetype: str
    text: str


_walked: list[Seen] = []


@pytest.fixture
def seen(as_user, client, app, manager):
    """The answer of every door to a manager and to a stranger; one walk for all tests."""
    if not _walked:
        for who, browser in ((SIGNED_IN, as_user(manager)), (STRANGER, client)):
            for door in doors(app):
                if door.endpoint in {"accounts.sign_out", "accounts.end_all_devices"}:
                    continue
                got = browser.open(door.path("nha"), method=door.method)
                text = got.text if got.mimetype == "text/html" else ""
                _walked.append(Seen(door, who, got.status_code, got.headers, got.mimetype, text))
    return _walked


def changing(app):
    return [d for d in doors(app) if d.method in UNSAFE]


# Other sites (ASVS 3.5.1-3.5.3) ---------------------------------------------------------------


def test_no_form_without_its_token_changes_anything(as_user, app, manager, csrf):
    browser = as_user(manager)
    csrf()

    got = {str(d): browser.open(d.path("nha"), method=d.method).status_code for d in changing(app)}

    assert {door: status for door, status in got.items() if status != 400} == {}


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "http://portal.test.evil.example", "http://content.test"]
)
def test_no_form_from_another_site_changes_anything(as_user, app, manager, origin):
    browser = as_user(manager)

    got = {
        str(d): browser.open(d.path("nha"), method=d.method, headers={"Origin": origin}).status_code
        for d in changing(app)
    }

    assert {door: status for door, status in got.items() if status != 403} == {}


def test_a_form_with_its_token_from_our_own_page_is_taken(as_user, app, manager, csrf):
    browser = as_user(manager)
    csrf()
    page = browser.get("/account").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    answer = browser.post(
        "/account",
        data={"csrf_token": token, "name": "Quản Lý Mới", "locale": "vi"},
        headers={"Origin": "http://portal.test"},
    )

    assert answer.status_code == 303


def test_the_token_of_one_persons_session_is_no_use_in_anothers(as_user, app, manager, csrf):
    theirs, mine = as_user(manager), as_user(a_person())
    csrf()
    token = re.search(r'name="csrf_token" value="([^"]+)"', mine.get("/account").text).group(1)

    answer = theirs.post("/account", data={"csrf_token": token, "name": "X", "locale": "vi"})

    assert answer.status_code == 400


@pytest.mark.parametrize("origin", [EVIL, "null"])
def test_no_other_site_may_read_our_answers(as_user, app, manager, origin):
    browser = as_user(manager)

    for door in doors(app):
        if door.method == "GET":
            answer = browser.get(door.path("nha"), headers={"Origin": origin})
            assert answer.headers.get("Access-Control-Allow-Origin") in {None, "*"}, str(door)
            assert "Access-Control-Allow-Credentials" not in answer.headers, str(door)


def counted():
    return {
        table.name: db.session.execute(sa.select(sa.func.count()).select_from(table)).scalar()
        for table in Base.metadata.sorted_tables
        if table.name != "audit_entry"  # looking at a person is itself recorded
    }


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MANAGER, Role.ADMIN])
def test_looking_changes_nothing(as_user, app, role):
    browser = as_user(a_person("Ai", role=role, at=a_college("nha")))
    before = counted()

    for door in doors(app):
        if door.method == "GET":
            browser.get(door.path("nha"))
            browser.head(door.path("nha"))

    assert counted() == before


# Headers (ASVS 3.4) ---------------------------------------------------------------------------

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NEEDED = ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'")
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "*")


def test_every_answer_carries_the_headers_errors_included(seen, client):
    paths = ("/nothing", "/static/nothing.css", "/at/nowhere/", "/%00", "/.git/config", "/.env")
    astray = [(path, client.get(path)) for path in paths]
    assert {answer.status_code for _path, answer in astray} <= {400, 404}
    for name, headers in [(str(s.door), s.headers) for s in seen] + [
        (path, answer.headers) for path, answer in astray
    ]:
        for header, value in EXPECTED.items():
            assert headers.get(header) == value, f"{name}: {header}"
        policy = headers["Content-Security-Policy"]
        assert all(word in policy for word in NEEDED), f"{name}: {policy}"
        assert not any(word in policy for word in FORBIDDEN), f"{name}: {policy}"
        assert headers["X-Request-Id"], name


def test_pages_are_not_kept_on_shared_computers_and_static_files_are(seen, client):
    for one in seen:
        kept = one.headers.get("Cache-Control", "")
        if "no-store" not in kept and one.door.endpoint != "static":
            assert "public" in kept, str(one.door)
            assert "Set-Cookie" not in one.headers, str(one.door)
    assert "max-age=31536000" in client.get("/static/css/base.css").headers["Cache-Control"]


def test_under_https_cookies_are_host_bound_and_browsers_stay_with_https(tmp_path):
    from edu.app import create_app
    from edu.settings import Settings, use

    before = in_force()
    try:
        app = create_app(
            Settings(
                home=tmp_path,
                base_url="https://portal.test",
                content_url="https://content.test",
                database_url="sqlite://",
                storage_url="memory://",
                search_engine="memory",
            )
        )
        answer = app.test_client().get("/sign-in", base_url="https://portal.test")
    finally:
        use(before)

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-edu=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain=" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_page_carries_inline_script_or_style_that_the_policy_would_stop(seen):
    for one in seen:
        assert not re.search(r"<[^>]*\son\w+\s*=", one.text), f"{one.door}: inline handler"
        assert not re.search(r"<[^>]*\sstyle\s*=", one.text), f"{one.door}: inline style"
        assert "<style" not in one.text, f"{one.door}: style element"
        assert "javascript:" not in one.text, str(one.door)
        for script in re.findall(r"<script\b[^>]*>", one.text):
            assert "nonce=" in script or "src=" in script, f"{one.door}: {script}"


# What senders say of themselves (ASVS 4.1.3, 13.4) --------------------------------------------

FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/account",
    "X-Rewrite-URL": "/account",
    "X-User": "admin",
    "X-Remote-User": "admin",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "for=203.0.113.9;host=evil.example",
}


def test_forged_headers_of_a_proxy_change_nothing(client, app):
    def seen(**headers):
        answer = client.get("/sign-in", headers=headers)
        return answer.status_code, re.sub(r'(nonce|value|content)="[^"]*"', "", answer.text)

    assert seen(**FORGED) == seen()
    assert client.get("/account", headers=FORGED).location == "/sign-in?next=/account"


def test_the_address_that_is_recorded_is_the_true_one(client, app):
    from edu.audit.models import AuditEntry

    client.post("/sign-in", data={"email": "x@x.example", "password": "x"}, headers=FORGED)

    assert db.session.scalar(sa.select(AuditEntry.address)) == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["evil.example", "portal.test.evil.example", "portal.test@evil.example", "", "[::1"]
)
def test_a_request_for_another_host_is_refused(client, host):
    answer = client.get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_the_content_host_serves_no_page_of_the_portal(as_user, app, manager):
    browser = as_user(manager)

    for door in doors(app):
        answer = browser.open(door.path("nha"), method=door.method, base_url="http://content.test")
        assert answer.status_code in {400, 403, 404}, str(door)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "BREW"])
def test_other_methods_are_refused(client, method):
    assert client.open("/sign-in", method=method).status_code in {400, 405}


# When something breaks (ASVS 16.5) ------------------------------------------------------------


@pytest.fixture
def broken(app, monkeypatch):
    def crash(**_values):
        raise RuntimeError("secret of the house at /srv/private")

    monkeypatch.setitem(app.view_functions, "home.robots", crash)
    crash.is_public = True
    monkeypatch.setitem(app.view_functions, "api_description", crash)


def test_a_crash_tells_people_nothing_but_that_it_is_noted(client, broken):
    answer = client.get("/robots.txt")

    assert answer.status_code == 500
    assert "<h1>" in answer.text
    for leak in ("Traceback", "RuntimeError", "secret of the house", "/srv", ".py"):
        assert leak not in answer.text


def test_a_crash_tells_machines_a_problem(client, broken):
    answer = client.get("/api/v1/openapi.json")

    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "/problems/internal-error"
    assert "secret" not in answer.text


def test_even_a_broken_error_page_answers(client, app, broken, monkeypatch):
    def no_templates(*_args):
        raise RuntimeError("no templates")

    monkeypatch.setattr(app.jinja_env, "get_or_select_template", no_templates)

    answer = client.get("/robots.txt")

    assert answer.status_code == 500
    assert "Traceback" not in answer.text


def test_debugging_is_off(app):
    assert not app.debug
    assert not app.config.get("PROPAGATE_EXCEPTIONS")


# Titles (WCAG 2.4.2, 1.3.1) -------------------------------------------------------------------


def test_every_page_has_a_title_one_h1_a_language_and_its_content_marked(seen):
    pages = [one for one in seen if "<html" in one.text and one.status not in REDIRECTS]
    for one in pages:
        assert re.search(r"<title>[^<]*\S[^<]*</title>", one.text), f"{one.door}: title"
        assert len(re.findall(r"<h1[\s>]", one.text)) == 1, f"{one.door}: h1"
        assert re.search(r'<html lang="(vi|en)"', one.text), f"{one.door}: lang"
        assert 'id="main"' in one.text, f"{one.door}: main"
    assert len(pages) > 50


def test_every_field_has_its_label_and_every_button_its_type(seen):
    for one in seen:
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', one.text))
        for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", one.text):
            if 'type="hidden"' in tag or "aria-label" in tag:
                continue
            field_id = re.search(r'\bid="([^"]+)"', tag)
            wrapped = re.search(rf"<label\b[^>]*>\s*{re.escape(tag)}", one.text)
            assert (field_id and field_id.group(1) in labelled) or wrapped, f"{one.door}: {tag}"
        for tag in re.findall(r"<button\b[^>]*>", one.text):
            assert "type=" in tag, f"{one.door}: {tag}"
