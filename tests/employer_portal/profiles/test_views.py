import pytest

from employer_portal.profiles import queries
from employer_portal.profiles.models import Purpose

TYPED = {
    "headline": "Thợ hàn trẻ",
    "declared": ["sk-weld"],
    "contracts": ["full-time"],
    "places": ["20200"],
    "contact_way": "both",
}


def test_at_first_nobody_sees_anything_and_nothing_is_ticked(as_user, learner, college, province):
    college.certify(learner, "sk-weld")

    page = as_user(learner).get("/jobs/profile").text

    assert "Nobody sees you now" in page
    assert page.count("checked") == 1  # the way of contact, which nobody uses without a yes
    assert "First save what to show." in page


def test_saving_shows_the_preview_and_agreeing_opens_it(as_user, learner, college, province):
    certificate = college.certify(learner, "sk-safety")
    browser = as_user(learner)

    answer = browser.post("/jobs/profile", data=TYPED | {"certificates": [str(certificate)]})
    assert answer.location == "/jobs/profile/preview"
    preview = browser.get("/jobs/profile/preview").text
    browser.post("/jobs/profile/agree/be-found", data={"agreed": "y"})

    assert "Only you see this now" in preview
    assert "safety skill" in preview.split("proven by a certificate")[1]
    assert "Hòa Khánh" in preview
    assert learner.name not in preview.split("<main")[1].split("</main>")[0]
    assert queries.has_agreed(learner.id, Purpose.BE_FOUND)
    assert "can find you since" in browser.get("/jobs/profile").text
    assert "Only you see this now" not in browser.get("/jobs/profile/preview").text


def test_without_a_tick_there_is_no_yes(as_user, learner, a_profile, province):
    a_profile(learner, "weld", agrees=False)

    answer = as_user(learner).post("/jobs/profile/agree/be-found")

    assert answer.status_code == 422
    assert "Tick the box" in answer.text
    assert not queries.has_agreed(learner.id, Purpose.BE_FOUND)


def test_taking_back_works_at_once(as_user, learner, a_profile, province):
    a_profile(learner, "weld")
    browser = as_user(learner)

    browser.post("/jobs/profile/withdraw/be-found")

    assert not queries.has_agreed(learner.id, Purpose.BE_FOUND)
    assert "taken back" in browser.get("/jobs/profile").text


def test_deleting_deletes(as_user, learner, a_profile, province):
    a_profile(learner, "weld")

    assert as_user(learner).post("/jobs/profile/delete").status_code == 303

    assert queries.of(learner.id) is None


def test_mistakes_come_back_with_the_form(as_user, learner, taxonomy, province):
    browser = as_user(learner)

    assert browser.post("/jobs/profile", data=TYPED | {"contact_way": "pigeon"}).status_code == 422
    assert browser.post("/jobs/profile", data=TYPED | {"declared": ["sk-none"]}).status_code == 422
    looking = {"declared-q": "ban", "declared-find": "1"}
    finding = browser.post("/jobs/profile", data=TYPED | looking)
    assert finding.status_code == 200


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/jobs/profile/preview"),
        ("post", "/jobs/profile/agree/anything"),
        ("post", "/jobs/profile/withdraw/anything"),
    ],
)
def test_what_is_not_there_is_not_found(as_user, learner, method, address):
    assert getattr(as_user(learner), method)(address).status_code == 404


def test_strangers_sign_in_first(client):
    assert client.get("/jobs/profile").status_code == 303
