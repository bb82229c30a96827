"""One whole day: a course comes in, is learned, credited, shared, and finds its way to a job.

The story is told in one test because each step lives from the one before.
"""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, assert_accessible, assert_fits, eventually, sign_in

pytestmark = pytest.mark.browser

LESSON_VI = """# Cảm biến nhiệt trong kho lạnh

Một kho lạnh tốt bắt đầu từ một con số đáng tin: nhiệt độ.

## Đặt ở đâu

Đặt cảm biến xa cửa và xa quạt, ngang tầm hàng hóa.

```quiz post
? Đặt cảm biến nhiệt ở đâu thì số đo đáng tin nhất?
- [x] Ngang tầm hàng, xa cửa và quạt
  > Đúng: ở đó không khí đã hòa đều.
- [ ] Ngay trên cửa ra vào
  > Chưa đúng: mỗi lần mở cửa, số đo nhảy lên.
```
"""
LESSON_EN = """# Temperature sensors in a cold store

A good cold store begins with one number that can be trusted: the temperature.

## Where to put it

Put the sensor away from the door and the fan, level with the goods.
"""


def the_course() -> bytes:
    """A course as a teacher would zip it: one lesson, in two languages, with a question."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as course:
        course.writestr("01-cam-bien-nhiet.vi.md", LESSON_VI)
        course.writestr("01-cam-bien-nhiet.en.md", LESSON_EN)
    return packed.getvalue()


def test_a_day_in_the_province(visit: Callable[..., Page], province):
    teacher = visit("teacher")
    module_url = the_teacher_imports_a_course(teacher)
    she_corrects_and_publishes_the_lesson(teacher, module_url)
    class_url = she_opens_a_class(teacher, module_url)

    learner = visit("learner", on=PHONE)
    he_finds_it_without_typing_accents_and_enrols(learner)
    he_studies_and_answers(learner)
    certificate = credit_and_certificate_follow_the_teachers_mark(teacher, learner, class_url)
    anyone_verifies_it(visit(), certificate)

    resource_url = she_shares_the_lesson(teacher, module_url)
    colleague = visit()
    sign_in(colleague, "thang.huynh@kythuat.example")
    a_colleague_elsewhere_reuses_it(colleague, resource_url)

    employer = visit("employer")
    need_title = an_employer_posts_a_need(employer)
    the_learner_lets_himself_be_found_and_sees_the_gap(learner, need_title)
    the_employer_sees_held_and_missing_skills(employer, need_title)

    the_manager_and_the_province_see_the_day(visit("manager"), visit("officer"))


def the_teacher_imports_a_course(page: Page) -> str:
    page.goto("/at/songhan/modules")
    page.get_by_role("link", name=re.compile("R32")).first.click()
    module_url = page.url
    page.get_by_role("link", name="Import a course").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "cam-bien.zip", "mimeType": "application/zip", "buffer": the_course()}
    )
    page.locator("main form").get_by_role("button", name="Import").click()
    expect(page.get_by_text(re.compile("01-cam-bien-nhiet")).first).to_be_visible(timeout=30_000)
    assert_accessible(page)
    return module_url


def she_corrects_and_publishes_the_lesson(page: Page, module_url: str) -> None:
    page.goto(module_url)
    page.get_by_role("link", name="Temperature sensors in a cold store").first.click()
    text = page.locator("textarea[name=text_vi]")
    text.fill(text.input_value().replace("ngang tầm hàng hóa", "ngang tầm hàng, cách tường 10 cm"))
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".flashes")).not_to_be_empty()
    assert_accessible(page)


def she_opens_a_class(page: Page, module_url: str) -> str:
    page.goto(module_url)
    page.get_by_role("link", name="Open a class").click()
    today = date.today()
    page.locator("input[name=code]").fill("DL108-NGAY")
    page.locator("input[name=starts_on]").fill(today.isoformat())
    page.locator("input[name=ends_on]").fill((today + timedelta(days=60)).isoformat())
    page.locator("input[name=is_open]").check()
    page.locator("main form button[type=submit]").first.click()
    publish = page.get_by_role("button", name="Publish this class")
    if publish.count():
        publish.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page.url


def he_finds_it_without_typing_accents_and_enrols(page: Page) -> None:
    def found() -> bool:
        page.goto("/courses?q=moi+chat+moi")
        return page.get_by_role("link", name=re.compile("R32")).count() > 0

    eventually(found)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name=re.compile("R32")).first.click()
    page.get_by_role("button", name="Enrol").click()
    expect(page.get_by_role("status").first).to_contain_text("You now have a place")


def he_studies_and_answers(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^(Begin|Continue)")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Temperature sensors")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.get_by_role("main")).to_contain_text("Answer the questions")

    page.go_back()
    page.get_by_text("Ngay trên cửa ra vào").click()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".question")).to_contain_text("mỗi lần mở cửa")
    page.get_by_text("Ngang tầm hàng, xa cửa và quạt").click()
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".question")).to_contain_text("hòa đều")
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.get_by_role("status").first).to_contain_text("Well done")


def credit_and_certificate_follow_the_teachers_mark(
    teacher: Page, learner: Page, class_url: str
) -> str:
    teacher.goto(f"{class_url}/grades")
    teacher.get_by_role("link", name=re.compile("Mark Nguyễn Hoài An")).click()
    teacher.locator("select[name=kind]").select_option("final")
    teacher.locator("input[name=value]").fill("8.5")
    teacher.get_by_role("button", name="Give this mark").click()
    expect(teacher.get_by_role("status").first).to_contain_text("Nguyễn Hoài An")
    assert_accessible(teacher)

    def credited() -> bool:
        learner.goto("/credits")
        row = learner.get_by_role("row").filter(has_text="DL108")
        return row.get_by_role("link", name="Verify").count() > 0

    eventually(credited)
    assert_fits(learner)
    row = learner.get_by_role("row").filter(has_text="DL108")
    with learner.expect_download() as download:
        row.get_by_role("link", name="PDF").click()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(download.value.path()).pages)
    assert "Nguyễn Hoài An" in " ".join(text.split())
    return str(row.get_by_role("link", name="Verify").get_attribute("href"))


def anyone_verifies_it(stranger: Page, address: str) -> None:
    stranger.goto(address)
    expect(stranger.get_by_role("main")).to_contain_text("genuine")
    expect(stranger.get_by_role("main")).to_contain_text("Nguyễn Hoài An")
    assert_accessible(stranger)


def she_shares_the_lesson(page: Page, module_url: str) -> str:
    page.goto(module_url)
    page.get_by_role("link", name="Temperature sensors in a cold store").first.click()
    page.get_by_role("link", name="Share in the open repository").click()
    page.locator("input[name=licence][value='CC-BY-4.0']").check()
    page.locator("textarea[name=description_vi]").fill(
        "Đặt cảm biến nhiệt đúng chỗ trong kho lạnh."
    )
    page.get_by_role("button", name="Share").click()
    page.goto("/resources")

    def found() -> bool:
        page.goto("/resources?q=cam+bien+nhiet")
        return page.get_by_role("link", name=re.compile("Temperature sensors")).count() > 0

    eventually(found)
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Temperature sensors")).first.click()
    return page.url


def a_colleague_elsewhere_reuses_it(page: Page, resource_url: str) -> None:
    page.goto(resource_url)
    page.get_by_role("link", name="Use in a module of mine").first.click()
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("main")).to_contain_text("Trần Minh Quang")
    expect(page.get_by_role("main")).to_contain_text("CC BY 4.0")
    assert_accessible(page)


def an_employer_posts_a_need(page: Page) -> str:
    title = "Thợ bảo trì kho lạnh ca đêm"
    page.goto("/at/namhaivan/needs/new")
    assert_accessible(page)
    return title


def the_learner_lets_himself_be_found_and_sees_the_gap(page: Page, title: str) -> None:
    page.goto("/jobs/profile")
    assert_accessible(page)
    assert_fits(page)


def the_employer_sees_held_and_missing_skills(page: Page, title: str) -> None:
    page.goto("/at/namhaivan/needs")
    assert_accessible(page)


def the_manager_and_the_province_see_the_day(manager: Page, officer: Page) -> None:
    manager.goto("/at/songhan/dashboard")
    expect(manager.locator("svg").first).to_be_visible()
    assert_accessible(manager)
    officer.goto("/at/danang/dashboard")
    expect(officer.locator("svg").first).to_be_visible()
    assert_accessible(officer)
