"""A real province on a real server, and real browsers that visit it.

`edu up --demo` runs as people run it: web, worker, Valkey, SQLite, in a folder of its own. It is
started once for all journeys; each journey is a story that leaves the others alone. While writing
one, keep a province running and name it: EDU_TEST_PROVINCE=http://127.0.0.1:8000=/its/home.

Every page that a journey opens is listened to: a script's error, a complaint on the console or a
breach of the Content-Security-Policy fails the journey.
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    StorageState,
    expect,
    sync_playwright,
)

from tests.reliability.installation import free_port

PASSWORD = "hoc-nghe-moi-ngay"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BEST_PRACTICE = ["heading-order", "page-has-heading-one", "landmark-one-main", "empty-heading"]


def _environment(home: Path, url: str) -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if not k.startswith("EDU_")}
    return ours | {
        "EDU_HOME": str(home),
        "EDU_PORT": url.rpartition(":")[2],
        "EDU_JOB_POLL_SECONDS": "1",
        "PYTHONUNBUFFERED": "1",
    }


@dataclass(frozen=True)
class Province:
    """The running product: its address, its folder, and what its terminal said."""

    url: str
    home: Path
    terminal: str

    def run(self, *command: str) -> None:
        """Run an `edu` command beside the running province, as its operator would."""
        subprocess.run(
            [sys.executable, "-m", "edu", *command],
            env=_environment(self.home, self.url),
            check=True,
            capture_output=True,
        )

    def verbs(self) -> list[str]:
        """The verb of every statement in the learning record, by the last word of its address."""
        file = self.home / "edu.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            kept = database.execute("SELECT payload FROM lrs_statement ORDER BY seq").fetchall()
        return [json.loads(told)["verb"]["id"].rpartition("/")[2] for (told,) in kept]


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    if running := os.environ.get("EDU_TEST_PROVINCE"):
        url, _, folder = running.partition("=")
        yield Province(url, Path(folder), terminal="")
        return
    home, port = tmp_path_factory.mktemp("province"), free_port()
    url = f"http://127.0.0.1:{port}"
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "edu", "up", "--demo"],
            env=_environment(home, url),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        said = _wait_for_ready(process, log)
        yield Province(url, home, said)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait_for_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 400  # a loaded machine may need minutes to plant
    while time.monotonic() < until:
        said = log.read_text("utf-8", "replace")
        if re.search(r"^ready http://", said, re.MULTILINE):
            return said
        if process.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail(f"the province did not come to life:\n{log.read_text('utf-8', 'replace')[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


EMAILS = {
    "learner": "an.nguyen@songhan.example",
    "teacher": "quang.tran@songhan.example",
    "manager": "ngoc.le@songhan.example",
    "employer": "khai.vo@namhaivan.example",
    "officer": "linh.dang@danang.example",
    "parent": "ha.pham@giadinh.example",
}

Visit = Callable[..., Page]


@dataclass
class Complaints:
    """What the browser had to say about the pages it was shown."""

    heard: list[str] = field(default_factory=list)

    def listen_to(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._note(page.url, message))

    def _note(self, url: str, message: ConsoleMessage) -> None:
        # where we refuse with a reason (404, 409, 422), the browser mentions it as well
        is_refusal = "the server responded with a status of 4" in message.text
        if message.type in {"error", "warning"} and not is_refusal:
            self.heard.append(f"{url}: {message.text}")


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """What the browsers of those who signed in once hold: signing in is slow on purpose."""
    return {}


@pytest.fixture
def visit(
    browser: Browser, province: Province, signed_in: dict[str, StorageState]
) -> Iterator[Visit]:
    """`visit("learner", on=PHONE)`: a browser of its own, signed in as a demo account."""
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def open_as(
        account: str | None = None,
        *,
        on: dict[str, int] = DESK,
        language: str = "en",
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=province.url,
            viewport=on,
            has_touch=on is PHONE,
            java_script_enabled=javascript,
            reduced_motion="reduce",  # colours are judged when they have settled
            locale="en-GB" if language == "en" else "vi-VN",
            storage_state=signed_in.get(account or ""),
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("page", complaints.listen_to)
        context.add_cookies([{"name": "lang", "value": language, "url": province.url}])
        page = context.new_page()
        if account and account not in signed_in:
            sign_in(page, account)
            signed_in[account] = context.storage_state()
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints.heard == []


def sign_in(page: Page, account: str) -> None:
    page.goto("/sign-in")
    form = page.locator("main form", has=page.locator("input[type=password]"))
    form.locator("input[name=email]").fill(EMAILS.get(account, account))
    form.locator("input[name=password]").fill(PASSWORD)
    form.locator("button[type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("sign-in"))


def assert_accessible(page: Page, *, rule: str | None = None) -> None:
    """Axe finds nothing against WCAG 2.2 AA or our own rules, or against one rule alone."""
    wanted = {"type": "rule", "values": [rule]} if rule else {"type": "tag", "values": TAGS}
    more = {} if rule else {name: {"enabled": True} for name in BEST_PRACTICE}
    found = Axe().run(page, options={"runOnly": wanted, "rules": more})
    said = [
        f"{one['id']}: {node['html'][:160]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert not said, f"{page.url}\n" + "\n".join(said)


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways (WCAG 1.4.10)."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"


def eventually(check: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait until the workers have done their part."""
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until, "the workers did not get to it in time"
        time.sleep(0.3)
