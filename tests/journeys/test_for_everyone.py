"""People who come with less than others: no script, no mouse, a wrong password, two tabs."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import (
    PHONE,
    Visit,
    assert_accessible,
    assert_fits,
    eventually,
    sign_in,
)

pytestmark = pytest.mark.browser

COURSE = "Basic digital skills for everyone"


def test_a_learner_whose_phone_runs_no_scripts_enrols_answers_and_finishes(visit: Visit):
    page = visit("duyen.pham@songhan.example", on=PHONE, javascript=False)
    page.goto("/courses?q=ky+nang+so")
    page.get_by_role("link", name=COURSE).click()
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_role("status").first).to_contain_text("You now have a place")
    page.get_by_role("link", name=re.compile("^Begin: ")).click()

    questions = page.locator(".question")
    assert questions.count() > 0
    for number in range(questions.count()):
        asked = questions.nth(number)
        asked.get_by_role("radio").first.check()
        asked.get_by_role("button", name="Check my answer").click()
        expect(asked.get_by_role("status")).not_to_be_empty()
        expect(asked).to_be_in_viewport()  # the page opened anew where the learner was
    page.get_by_role("button", name="I have finished this lesson").click()

    expect(page.get_by_role("status").first).to_contain_text("Lesson finished")
    assert_fits(page)


def test_a_learner_without_a_mouse_signs_in_enrols_and_answers(visit: Visit):
    page = visit()
    page.goto("/sign-in")
    press_to(page, "input[name=email]")
    page.keyboard.type("bao.tran@songhan.example")
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type("hoc-nghe-moi-ngay")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")

    press_to(page, ".skip-link")
    assert page.evaluate(IS_MARKED), "the skip link shows itself to who tabs"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    page.goto("/courses")
    press_to(page, "main input[type=search]")
    page.keyboard.type("ky nang so")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_to(page, f"main a:has-text('{COURSE}')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_to(page, "main button:has-text('Enrol')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("You now have a place")
    press_to(page, "main a:has-text('Begin: ')")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    press_to(page, ".question input[type=radio]")
    page.keyboard.press("Space")
    press_to(page, ".question button")
    page.keyboard.press("Enter")
    feedback = page.locator(".question").first.get_by_role("status")
    expect(feedback).not_to_be_empty()
    press_to(page, ".question button")  # it goes on from the same question, not from the top
    assert page.evaluate("scrollY") > 0


IS_MARKED = """() => {
  const one = document.activeElement, at = one.getBoundingClientRect();
  const isOutlined = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  return at.bottom > 0 && at.right > 0 && at.width > 1
    && (isOutlined(getComputedStyle(one)) || isOutlined(getComputedStyle(one, "::after")));
}"""
"""An outline is around the focus, or around the whole card that it opens."""


def press_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until the focus is there; every stop on the way can be seen."""
    for _step in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if here.startswith("<body"):
            continue  # between the page's end and its beginning
        assert page.evaluate(IS_MARKED), f"the focus cannot be seen on {here}"
        if page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never reached {selector} on {page.url}")


def test_a_wrong_password_is_told_kindly_and_nothing_else_is_told(visit: Visit):
    page = visit(on=PHONE)
    told = []
    for email in ("duyen.pham@songhan.example", "nobody@songhan.example"):
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill("quên-mất-rồi-nhé")
        page.get_by_role("button", name="Sign in", exact=True).click()
        summary = page.locator(".error-summary")
        expect(summary).to_be_focused()
        assert page.get_by_label("E-mail").input_value() == email
        assert page.get_by_label("Password").input_value() == ""
        told.append(summary.inner_text())
        assert_accessible(page)
    assert told[0] == told[1]


def test_a_parent_asks_the_child_agrees_and_the_parent_sees(visit: Visit):
    parent, child = visit("parent", on=PHONE), visit("loan.vo@songhan.example", on=PHONE)
    parent.goto("/children")
    parent.get_by_label("Your child's e-mail address").fill("loan.vo@songhan.example")
    parent.get_by_role("button", name="Ask").click()
    expect(parent.get_by_role("link", name="Võ Thị Kim Loan")).to_have_count(0)

    child.goto("/")
    child.get_by_role("main").get_by_role("link", name="Answer").click()
    expect(child.get_by_role("main")).to_contain_text("Phạm Thị Thu Hà")
    assert_accessible(child)
    child.get_by_role("button", name="Agree").click()
    expect(child.get_by_role("main")).to_contain_text("May follow")

    parent.goto("/children")
    parent.get_by_role("link", name="Loan").click()
    expect(parent.get_by_role("main")).to_contain_text("Refrigeration basics and safety")
    assert_accessible(parent)
    assert_fits(parent)
    seen = parent.url

    child.get_by_role("button", name="Withdraw").click()
    expect(child.get_by_role("main")).to_contain_text("Withdrawn")
    answer = parent.request.get(seen)
    assert answer.status == 404


def test_two_tabs_do_not_undo_each_other(visit: Visit):
    first = visit("teacher")
    first.goto("/at/songhan/modules")
    taught = first.get_by_role("listitem").filter(has_text="DL101").filter(has_text="5 lessons")
    taught.get_by_role("link").first.click()
    first.locator("main .row-title a").first.click()
    second = first.context.new_page()
    second.goto(first.url)

    write(first, "Written in the first tab.")
    expect(first.get_by_role("main")).to_contain_text("Changed since it was published")
    write(second, "Written in the second tab.")

    expect(second.locator(".error-summary")).to_be_focused()
    expect(second.locator("textarea[name=text_en]")).to_have_value(
        re.compile("Written in the second tab")
    )
    first.reload()
    expect(first.locator("textarea[name=text_en]")).to_have_value(
        re.compile("Written in the first tab")
    )


def write(page: Page, words: str) -> None:
    text = page.locator("textarea[name=text_en]")
    text.fill(f"{text.input_value()}\n\n{words}\n")
    page.get_by_role("button", name="Save as a draft").click()


def test_a_new_tab_is_signed_out_with_the_other(visit: Visit):
    first = visit()
    sign_in(first, "minh.do@songhan.example")
    second = first.context.new_page()
    second.goto("/learning")

    first.get_by_role("button", name="Sign out").locator("visible=true").or_(
        first.locator("summary", has_text="Minh")
    ).first.click()
    out = first.get_by_role("button", name="Sign out")
    if out.count():
        out.click()

    def is_out() -> bool:
        second.goto("/learning")
        return "/sign-in" in second.url

    eventually(is_out, seconds=5)
