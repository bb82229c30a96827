"""A manager takes statements in and out, sends them on, and forgets somebody who asks for it."""

import csv
import json
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Visit, assert_accessible, assert_fits, eventually

pytestmark = pytest.mark.browser

AT = "/at/songhan/lrs"
# Counts what is let through of two sendings at once, and lets nothing out.
SEND_TWICE = """() => {
  let sent = 0;
  addEventListener("submit", (event) => {
    sent += !event.defaultPrevented;
    event.preventDefault();
  });
  const form = document.querySelector("main form.form[method=post]");
  form.requestSubmit();
  form.requestSubmit();
  return sent;
}"""


def said(actor: dict, lesson: int) -> str:
    return json.dumps(
        {
            "actor": actor,
            "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "did"}},
            "object": {"id": f"https://journey.example/bai/{lesson}"},
        }
    )


def looks_right(page: Page) -> None:
    assert_fits(page)
    assert_accessible(page)


def wait_for(page: Page, words: str) -> None:
    """The page asks again by itself; the worker needs a moment."""
    expect(page.get_by_role("heading", name=words)).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_record_moves_and_a_person_leaves_it(visit: Visit, size: dict, tmp_path: Path):
    page = visit("manager", on=size)
    name = f"nguoi-cu-{size['width']}-{uuid4().hex[:8]}"
    mail, account = f"{name}@hoc.example", {"homePage": "https://h5p.example", "name": name}
    file = tmp_path / "cu.ndjson"
    lines = [said({"mbox": f"mailto:{mail}", "name": "Người Cũ"}, 1), said({"account": account}, 2)]
    file.write_text("\n".join([*lines, "{"]), "utf-8")

    # in
    page.goto(f"{AT}/transfers")
    looks_right(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Upload the file").click()
    looks_right(page)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("This is not JSON.")).to_be_visible(timeout=30_000)
    looks_right(page)

    # one person, two names
    page.goto(f"{AT}/people")
    looks_right(page)
    page.get_by_label("One name").fill(mail)
    page.get_by_label("The other name").fill(f"https://h5p.example {name}")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("A search for one of these names finds the other")).to_be_visible()
    looks_right(page)

    # out, found by one name
    assert {row["object"] for row in exported(page, mail)} >= {
        "https://journey.example/bai/1",
        "https://journey.example/bai/2",
    }

    # nobody of that name
    page.goto(f"{AT}/people")
    page.get_by_role("textbox", name="Person").fill(f"x{mail}")
    page.get_by_role("button", name="Look what there is").click()
    looks_right(page)
    page.get_by_role("link", name="Type it again").click()
    expect(page.get_by_role("textbox", name="Person")).to_have_value(f"x{mail}")

    # forgotten
    page.get_by_role("textbox", name="Person").fill(mail)
    page.get_by_role("button", name="Look what there is").click()
    expect(page.get_by_text(f"Account at https://h5p.example: {name}")).to_be_visible()
    looks_right(page)
    page.get_by_text("Forget this person", exact=True).click()
    page.get_by_role("button", name="Yes, forget this person for good").click()
    wait_for(page, "The person is forgotten")
    looks_right(page)
    assert exported(page, mail) == []


def exported(page: Page, mail: str) -> list[dict[str, str]]:
    """Everything about somebody, as a table."""
    page.goto(f"{AT}/transfers")
    page.get_by_label("Format").select_option("csv-excel")
    page.get_by_label("Person").fill(mail)
    page.get_by_role("button", name="Write the file").click()
    wait_for(page, "The file is ready")
    looks_right(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    return list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_who_cannot_be_reached_waits_and_nothing_is_lost(visit: Visit, size: dict):
    page = visit("manager", on=size)
    page.goto(f"{AT}/forwarding")
    looks_right(page)

    page.get_by_role("link", name="Add a record store").click()
    looks_right(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Name").fill("Kho của tỉnh")
    page.get_by_label("Address").fill("https://lrs.invalid/xapi")
    page.get_by_label("Key").fill("khóa")
    page.get_by_label("Secret").fill("bí mật")
    page.get_by_label("Send what is in the record already, too").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Nothing is sent yet.")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Change").click()
    looks_right(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Start").click()

    def is_told() -> bool:
        page.reload()
        return page.get_by_text("It cannot be reached").is_visible()

    eventually(is_told)
    looks_right(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused.")).to_be_visible()
    page.get_by_text("Remove", exact=True).click()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.get_by_text("Nothing is sent there any more.")).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_statement_is_looked_up_and_what_is_like_it_taken_out(visit: Visit, size: dict):
    page = visit("manager", on=size)
    page.goto(f"{AT}/statements")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="The statement as JSON")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="All with the same verb").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Clear the filter")).to_be_visible()
    verb = page.get_by_label("Verb").input_value()
    looks_right(page)
    page.get_by_label("Verb").fill("completed")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert")).to_be_focused()
    looks_right(page)

    page.go_back()
    page.get_by_role("link", name="Export these statements").click()
    expect(page.get_by_label("Verb")).to_have_value(verb)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_key_is_made_and_the_tail_stands_still(visit: Visit, size: dict):
    page = visit("manager", on=size)
    page.goto(f"{AT}/keys")
    page.get_by_label("Tool").fill("Moodle")
    assert page.evaluate(SEND_TWICE) == 1
    page.reload()
    page.get_by_label("Tool").fill("Moodle")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("curl -u")).to_be_visible()
    looks_right(page)
    page.reload()
    expect(page.get_by_text("curl -u")).not_to_be_visible()

    page.get_by_text("Pause updating").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Go on updating")).to_be_focused()
    looks_right(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_who_learns_finds_their_own_record(visit: Visit, size: dict):
    page = visit("learner", on=size)
    page.goto("/account")
    page.get_by_role("link", name="My learning record").first.click()
    expect(page.get_by_text("What was recorded about you")).to_be_visible()
    looks_right(page)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="The statement as JSON")).to_be_visible()
    looks_right(page)
