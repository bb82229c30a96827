"""One whole day, told in one test because each step lives from the one before."""

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import (
    PHONE,
    Province,
    Visit,
    assert_accessible,
    assert_fits,
    eventually,
)

pytestmark = pytest.mark.browser

TITLE = "Temperature sensors in a cold store"
JOB = "Thợ bảo trì kho lạnh ca đêm"
HELD_AND_MISSING = re.compile(r"Held\s+.*copper.*Missing\s+.*air conditioners", re.DOTALL)


def the_course() -> bytes:
    """A course as a teacher would zip it: one lesson, in two languages, with a question."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as course:
        for lesson in Path(__file__).with_name("course").iterdir():
            course.write(lesson, lesson.name)
    return packed.getvalue()


def test_a_day_in_the_province(visit: Visit, province: Province):
    officer, manager = visit("officer"), visit("manager")
    token = the_province_makes_a_token_for_its_operations_centre(officer)
    morning = the_feed(officer, token)
    told_before = Counter(province.verbs())

    teacher = visit("teacher")
    module_url = the_teacher_imports_a_course(teacher)
    she_corrects_and_publishes_the_lesson(teacher, module_url)
    class_url = she_opens_a_class(teacher, module_url)

    learner = visit("learner", on=PHONE)
    he_finds_it_without_typing_accents_and_enrols(learner)
    he_leaves_in_the_middle_and_comes_back_to_the_same_place(learner, class_url)
    he_answers_until_he_understands(learner)
    every_step_is_in_the_learning_record(province, told_before)
    answers_move_what_is_known_and_what_comes_next(learner)

    certificate = credit_and_certificate_follow_the_teachers_mark(teacher, learner, class_url)
    anyone_verifies_it(visit(), certificate)

    resource_url = she_shares_the_lesson(teacher, module_url)
    a_colleague_elsewhere_reuses_it(visit("thang.huynh@kythuat.example"), resource_url)

    employer = visit("employer")
    candidates_url = an_employer_posts_a_need(employer)
    the_learner_lets_himself_be_found_and_sees_the_gap(learner)
    the_employer_sees_held_and_missing_skills(employer, candidates_url)

    province.run("indicators", "work-out")  # else the workers do it, a minute after the last change
    the_manager_and_the_province_see_the_day(manager, officer)
    the_feed_has_moved(officer, token, morning)


# The teacher ----------------------------------------------------------------------------------


def the_teacher_imports_a_course(page: Page) -> str:
    page.goto("/at/songhan/modules")
    page.locator("summary", has_text="(college), curriculum of 1 Sep 2025").click()
    page.get_by_role("link", name=re.compile("R32")).first.click()
    module_url = page.url
    page.get_by_role("link", name="Import a course").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "cam-bien.zip", "mimeType": "application/zip", "buffer": the_course()}
    )
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="Taken")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("Everything in the file was taken as it is")
    assert_accessible(page)
    return module_url


def she_corrects_and_publishes_the_lesson(page: Page, module_url: str) -> None:
    page.goto(module_url)
    page.get_by_role("link", name=TITLE).first.click()
    text = page.locator("textarea[name=text_en]")
    text.fill(text.input_value().replace("level with", "10 cm off the wall, level with"))
    expect(page.locator("#preview")).to_contain_text("10 cm off the wall")
    assert_accessible(page)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("main")).to_contain_text("Published")


def she_opens_a_class(page: Page, module_url: str) -> str:
    page.goto(module_url)
    page.get_by_role("link", name="Open a class").click()
    today = datetime.now(tz=UTC).date()
    page.get_by_label("Code").fill("DL108-NGAY")
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=60)).isoformat())
    page.get_by_label(re.compile("Open to everyone")).check()
    assert_accessible(page)
    page.get_by_role("button", name="Open the class").click()
    page.get_by_role("button", name="Publish this class").click()
    expect(page.get_by_role("status").first).to_contain_text("Learners can now find the class")
    return page.url


# The learner ----------------------------------------------------------------------------------


def he_finds_it_without_typing_accents_and_enrols(page: Page) -> None:
    course = page.get_by_role("article").filter(has_text="R32").filter(has_text="Open to everyone")

    def found() -> bool:
        page.goto("/courses")
        page.get_by_role("searchbox").fill("moi chat lanh")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        return course.count() > 0

    eventually(found)
    assert_accessible(page)
    assert_fits(page)
    course.get_by_role("link").click()
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_role("status").first).to_contain_text("You now have a place")


def he_leaves_in_the_middle_and_comes_back_to_the_same_place(page: Page, class_url: str) -> None:
    page.get_by_role("link", name=re.compile("^Begin: ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert_accessible(page)
    assert_fits(page)
    blocks = page.locator("[data-block]")
    left_at = str(blocks.last.get_attribute("id"))
    page.locator("lesson-progress:defined").wait_for()
    blocks.last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(300)

    onward = page.get_by_role("link", name=re.compile("^Continue: "))

    def remembers() -> bool:
        page.goto(class_url)
        return str(onward.get_attribute("href")).endswith(f"#{left_at}")

    eventually(remembers)
    onward.click()
    expect(page.locator(f"[id='{left_at}']")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Go on where you left off")).to_be_visible()


def he_answers_until_he_understands(page: Page) -> None:
    page.get_by_role("button", name="I have finished this lesson").click()
    still_open = page.get_by_role("alert")
    expect(still_open).to_contain_text("Almost there: one question is still open")
    assert_accessible(page)
    still_open.get_by_role("link").click()
    question = page.locator(".question")
    expect(question).to_be_in_viewport()
    question.get_by_label("Just above the door").check()
    question.get_by_role("button", name="Check my answer").click()
    expect(question).to_contain_text("Not yet: the figure jumps")
    question.get_by_label("Level with the goods").check()
    question.get_by_role("button", name="Check again").click()
    expect(question).to_contain_text("Right: there the air is well mixed")
    assert_accessible(page)
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.get_by_role("status").first).to_contain_text("Well done")


def every_step_is_in_the_learning_record(province: Province, before: Counter[str]) -> None:
    told = Counter(province.verbs()) - before
    assert told["registered"] == 1
    assert told["initialized"] == 1
    assert told["resumed"] >= 2
    assert told["answered"] == 2
    assert told["completed"] == 1


def answers_move_what_is_known_and_what_comes_next(page: Page) -> None:
    """In his other class the questions are tied to skills of the taxonomy."""
    skill = "Diagnose and repair refrigeration faults"
    page.goto("/skills")
    before = page.locator(".chart-rows").inner_text()
    assert skill not in before
    page.goto("/")
    step = page.locator(".next-step")
    expect(step.locator(".reason")).to_contain_text(re.compile(r"\w+.*[.:]"))
    advised = step.inner_text()
    assert_accessible(page)
    assert_fits(page)

    page.goto("/learning")
    page.get_by_role("link", name="Refrigeration basics and safety").click()
    page.get_by_role("link", name=re.compile("^(Begin|Continue): ")).click()
    questions = page.locator(".question")
    for number in range(questions.count()):
        asked = questions.nth(number)
        asked.get_by_role("radio").first.check()
        asked.get_by_role("button", name="Check my answer").click()
        expect(asked.get_by_role("status")).not_to_be_empty()

    def moved() -> bool:
        page.goto("/skills")
        return skill in page.locator(".chart-rows").inner_text()

    eventually(moved)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name=skill).click()
    expect(page.locator("main svg").first).to_be_visible()
    page.goto("/")
    assert page.locator(".next-step").inner_text() != advised


def credit_and_certificate_follow_the_teachers_mark(
    teacher: Page, learner: Page, class_url: str
) -> str:
    teacher.goto(f"{class_url}/grades")
    assert_accessible(teacher)
    teacher.get_by_role("link", name=re.compile("Mark Nguyễn Hoài An")).click()
    teacher.locator("select[name=kind]").select_option("final")
    teacher.locator("input[name=value]").fill("8,5")
    assert_accessible(teacher)
    teacher.get_by_role("button", name="Give this mark").click()
    expect(teacher.get_by_role("status").first).to_contain_text("Nguyễn Hoài An")

    row = learner.get_by_role("row").filter(has_text="DL108")

    def credited() -> bool:
        learner.goto("/credits")
        return row.get_by_role("link", name="Verify").count() > 0

    eventually(credited)
    assert_accessible(learner)
    assert_fits(learner)
    verify = str(row.get_by_role("link", name="Verify").get_attribute("href"))
    with learner.expect_download() as download:
        row.get_by_role("link", name="PDF").click()
    printed = pypdf.PdfReader(download.value.path())
    text = " ".join("".join(page.extract_text() for page in printed.pages).split())
    assert "Nguyễn Hoài An" in text
    assert verify.rpartition("/")[2].replace("-", "") in text.replace("-", "").replace(" ", "")
    return verify


def anyone_verifies_it(stranger: Page, address: str) -> None:
    stranger.goto(address)
    expect(stranger.get_by_role("main")).to_contain_text("This certificate is genuine")
    expect(stranger.get_by_role("main")).to_contain_text("Nguyễn Hoài An")
    assert_accessible(stranger)


# The open repository --------------------------------------------------------------------------


def she_shares_the_lesson(page: Page, module_url: str) -> str:
    page.goto(module_url)
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Share in the open repository").click()
    page.get_by_label("CC BY 4.0").check()
    page.get_by_label("What is it good for? In English").fill("Put sensors where they tell true.")
    assert_accessible(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def a_colleague_elsewhere_reuses_it(page: Page, resource_url: str) -> None:
    def found() -> bool:
        page.goto("/resources?q=cam+bien")
        return page.get_by_role("link", name=TITLE).count() > 0

    eventually(found)
    assert_accessible(page)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page).to_have_url(resource_url)
    page.get_by_role("link", name=re.compile("^Use ")).first.click()
    expect(page.get_by_label("Into which module?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Take it into the module").click()
    expect(page.locator("textarea[name=text_vi]")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Trần Minh Quang")
    expect(page.get_by_role("main")).to_contain_text("CC BY 4.0")
    assert_accessible(page)


def an_employer_posts_a_need(page: Page) -> str:
    page.goto("/at/namhaivan/needs/new")
    page.get_by_label("Job title").fill("tho dien lanh")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Which of these is it?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Refrigeration and air-conditioning mechanic").click()
    page.get_by_label("Title, in Vietnamese").fill(JOB)
    page.get_by_label("Least age by law").select_option("16")
    assert_accessible(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(JOB)
    return page.url


def the_learner_lets_himself_be_found_and_sees_the_gap(page: Page) -> None:
    page.goto("/jobs/profile")
    page.get_by_label("Yourself in one sentence").fill("Tôi thích kho lạnh.")
    page.get_by_label(re.compile("R32")).check()
    page.get_by_label("Copper pipe work and brazing").check()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_role("main")).not_to_contain_text("Nguyễn Hoài An")
    page.goto("/jobs/profile")
    consent = page.locator("#agreed-be-found")
    expect(consent).not_to_be_checked()
    consent.check()
    page.locator("form", has=consent).get_by_role("button", name="Agree").click()
    expect(page.get_by_role("main")).to_contain_text("Verified employers can find you")

    def listed() -> bool:
        page.goto("/jobs")
        return page.get_by_role("link", name=JOB).count() > 0

    eventually(listed)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name=JOB).first.click()
    expect(page.get_by_role("main")).to_contain_text(HELD_AND_MISSING)
    expect(page.locator(".next-step")).to_contain_text("This module closes most of the gap")
    assert_accessible(page)
    assert_fits(page)


def the_employer_sees_held_and_missing_skills(page: Page, candidates_url: str) -> None:
    card = page.locator(".card", has_text="Tôi thích kho lạnh.")

    def matched() -> bool:
        page.goto(candidates_url)
        return card.count() > 0

    eventually(matched)
    expect(card).to_contain_text(HELD_AND_MISSING)
    expect(page.get_by_role("main")).not_to_contain_text("Nguyễn Hoài An")
    assert_accessible(page)
    card.get_by_role("link", name=re.compile("^Candidate ")).click()
    expect(page.get_by_role("table")).to_contain_text("proven")
    expect(page.get_by_role("table")).to_contain_text("missing")
    assert_accessible(page)


# The province ---------------------------------------------------------------------------------


def the_province_makes_a_token_for_its_operations_centre(page: Page) -> str:
    page.goto("/account/tokens")
    page.get_by_role("textbox", name="Name").fill("IOC")
    page.get_by_label("Read the province's indicators").check()
    page.get_by_role("button", name="Make it").click()
    expect(page.locator("code")).to_be_visible()
    assert_accessible(page)
    return page.locator("code").inner_text()


def the_feed(page: Page, token: str) -> dict[str, float]:
    """The indicators of the whole province, as the operations centre reads them."""
    answer = page.request.get(
        "/api/v1/province/indicators", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.ok
    return {
        entry["indicator"]: entry["value"]
        for entry in answer.json()["values"]
        if entry["organisation"] == "danang"
    }


def the_manager_and_the_province_see_the_day(manager: Page, officer: Page) -> None:
    for page, organisation in ((manager, "songhan"), (officer, "danang")):
        page.goto(f"/at/{organisation}/dashboard")
        expect(page.get_by_role("table", name="Indicators")).to_be_visible()
        assert_accessible(page)
    reuses = officer.get_by_role("row").filter(has_text="reused by other colleges")
    expect(reuses.get_by_role("cell").first).to_have_text("1")


def the_feed_has_moved(page: Page, token: str, morning: dict[str, float]) -> None:
    evening = the_feed(page, token)
    for name in ("credits", "digital-certificates", "shared-resources", "reused-resources"):
        assert evening[name] > morning[name], name
