"""The main page of each role and the main public pages: for every eye, on every width, light."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.conftest import DESK, PHONE, Visit, assert_accessible, assert_fits

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/courses", "/jobs", "/resources", "/verify", "/sign-in")
OWN = {
    "learner": ("/", "/learning", "/skills", "/credits", "/jobs", "/jobs/profile", "/account"),
    "teacher": (
        "/",
        "/at/songhan/teaching",
        "/at/songhan/teaching/overview",
        "/at/songhan/modules",
    ),
    "manager": (
        "/",
        "/at/songhan/dashboard",
        "/at/songhan/certificates",
        "/at/songhan/lrs/statements",
    ),
    "employer": ("/", "/at/namhaivan/needs", "/at/namhaivan/company"),
    "officer": ("/", "/at/danang/dashboard"),
    "parent": ("/", "/children"),
}
NARROW = {"width": 320, "height": 640}
KB = 1024


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("account", [None, *OWN])
def test_pages_are_accessible_in_light_and_dark(visit: Visit, account: str | None, width: int):
    page = visit(account, on=PHONE if width == PHONE["width"] else DESK, language="vi")
    for path in OWN[account] if account else PUBLIC:
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "vi")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_fits(page)
        assert_accessible(page)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, rule="color-contrast")
        page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("account", [None, "learner", "employer"])
def test_pages_fit_the_narrowest_phone(visit: Visit, account: str | None):
    page = visit(account, on=NARROW, language="vi")
    for path in OWN[account] if account else PUBLIC:
        page.goto(path)
        assert_fits(page)


def test_the_first_page_is_light(visit: Visit):
    page = visit(on=PHONE, language="vi")
    weights = weigh(page)

    page.goto("/", wait_until="networkidle")

    assert sum(weights.values()) <= 100 * KB, weights
    assert sum(w for url, w in weights.items() if ".js" in url) <= 50 * KB


def test_scripts_are_light_where_there_are_most(visit: Visit):
    page = visit("learner", on=PHONE)
    page.goto("/learning")
    page.get_by_role("link", name="Refrigeration basics and safety").click()
    weights = weigh(page)

    page.locator("main a.path-step, main ol a").first.click()
    page.wait_for_load_state("networkidle")

    scripts = {url: w for url, w in weights.items() if re.search(r"\.js\b", url)}
    assert any("htmx" in url for url in scripts)
    assert sum(scripts.values()) <= 50 * KB, scripts


def weigh(page: Page) -> dict[str, int]:
    """Bytes of each answer's body as they travelled, from now on."""
    weights: dict[str, int] = {}

    def note(answer: Response) -> None:
        weights[answer.url] = answer.request.sizes()["responseBodySize"]

    page.on("response", note)
    return weights
