"""Hostile text, wherever people can write, is text in a real browser too (ASVS 1.2.1 to 1.2.3).

The pages' own policy would stop most of it; the browser is told to ignore the policy, so that the
pages themselves are tested. `tests/house/test_hostile_text.py` reads the parsed markup.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESK
from tests.journeys.hostile_town import MARK
from tests.reliability.installation import Installation

pytestmark = pytest.mark.browser

COUNT = "window.ran = 0; window.pwn = () => { window.ran += 1 }"
WHAT_GREW = """() => [...document.querySelectorAll('*')].flatMap(element =>
  [...element.attributes]
    .filter(({name, value}) => name.startsWith('on') || name === 'style' || name === 'srcdoc'
      || /^\\s*(javascript|vbscript|data:text)/i.test(value) && name !== 'value')
    .map(({name, value}) => `${element.tagName} ${name}=${value}`))
  .concat([...document.querySelectorAll('style, base, object, embed, svg script')]
    .map(element => element.outerHTML))
  .concat(Array(window.ran).fill('it ran'))"""
NO_PAGE = re.compile(r"\.(csv|pdf|json|parquet|xml)$|/sign-out|/files/|/static/|/export")
EYES = {
    "stranger": r"/$|/at/|/courses|/jobs|/resources|/sign-in",
    "learner": r"/$|/at/|/learning|/credits|/skills|/jobs|/verify|/resources|/account",
    "guardian": r"/$|/children",
    "teacher": r"/$|/at/thu/|/resources",
    "manager": r"/$|/at/thu/",
    "recruiter": r"/$|/at/xuong/|/verify",
    "officer": r"/$|/at/danang/",
}
"""Who looks, and at which pages: those that show each something of its own."""


@pytest.fixture(scope="module")
def town() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="edu-") as folder:
        made = Installation.planted_by("tests.journeys.hostile_town", Path(folder) / "home")
        made.serve()
        yield made
        made.close()


def kind_of(path: str) -> str:
    """The address without what names one of many."""
    return re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/…", path.partition("?")[0])


def addresses_on(page: Page) -> list[str]:
    """The paths of our own pages that this one leads to."""
    found = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)")
    ours = urlsplit(page.url).netloc
    parts = [urlsplit(address) for address in found]
    return [one.path for one in parts if one.netloc == ours and not NO_PAGE.search(one.path)]


@pytest.mark.parametrize("eye", EYES)
def test_nothing_that_people_wrote_is_run(browser: Browser, town: Installation, eye: str):
    url = f"http://127.0.0.1:{town.port}"
    context = browser.new_context(base_url=url, viewport=DESK, bypass_csp=True)
    context.add_init_script(COUNT)
    if cookie := town.told.get(eye):
        context.add_cookies([{"name": "edu", "value": cookie, "url": url}])
    page = context.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    ahead, seen, grown, shown = ["/", "/at/thu/", "/at/xuong/"], set(), {}, 0

    while ahead:
        path = ahead.pop(0)
        if kind_of(path) in seen or not re.match(EYES[eye], path):
            continue
        seen.add(kind_of(path))
        page.goto(path, wait_until="domcontentloaded")
        if found := page.evaluate(WHAT_GREW):
            grown[path] = found
        text = page.content()
        shown += MARK in text
        assert MARK.replace("{{7*7}}", "49") not in text, path
        ahead += addresses_on(page)
    context.close()

    assert grown == {}
    assert asked == []
    assert shown >= 3
