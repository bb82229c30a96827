import pytest

from edu.db import db
from employer_portal.companies.models import Standing
from employer_portal.needs.forms import NeedForm
from employer_portal.needs.models import NeedState, SkillNeed

TYPED = {
    "occupation": "oc-welder",
    "title_vi": "Thợ hàn 3G",
    "title_en": "",
    "kind": "job",
    "essential": ["sk-weld", "sk-safety"],
    "optional": [],
    "place_code": "20275",
    "openings": "2",
    "contract": "full-time",
    "pay_from": "10.000.000",
    "pay_to": "16.000.000",
    "minimum_age": "18",
    "valid_until": "",
    "about_vi": "Xưởng có hút khói",
    "about_en": "",
}


def the_need() -> SkillNeed:
    return db.session.query(SkillNeed).execution_options(all_tenants=True).one()


def test_a_title_leads_to_occupations_and_an_occupation_to_a_filled_form(
    as_user, employer, taxonomy, province
):
    browser = as_user(employer.recruiter)

    asked = browser.get(f"{employer.at}/needs/new?title=tho han")
    form = browser.get(f"{employer.at}/needs/new?title=tho han&occupation=oc-welder")

    assert "occupation=oc-welder" in asked.text
    assert 'value="tho han"' in form.text
    assert form.text.count("sk-weld") == 1
    assert '<option selected value="20275">' in form.text


def test_an_unknown_title_says_so(as_user, employer, taxonomy):
    page = as_user(employer.recruiter).get(f"{employer.at}/needs/new?title=zzzz")

    assert "zzzz" in page.text
    assert page.status_code == 200


@pytest.mark.parametrize("pay", ["9" * 40, "-1", "1e308", "NaN"])
def test_no_amount_is_too_odd_to_be_shown_again(as_user, employer, taxonomy, province, pay):
    answer = as_user(employer.recruiter).post(
        f"{employer.at}/needs/new", data=TYPED | {"pay_from": pay}
    )

    assert answer.status_code == 422
    assert f'value="{pay}"' in answer.text


def test_posting_publishes_in_one_go(as_user, employer, taxonomy, province):
    answer = as_user(employer.recruiter).post(
        f"{employer.at}/needs/new", data=TYPED | {"publish": "1"}
    )

    need = the_need()
    assert answer.status_code == 303
    assert answer.location.endswith(f"/needs/{need.id}/candidates")
    assert (need.state, need.pay_from, need.openings) == (NeedState.PUBLISHED, 10_000_000, 2)


def test_a_draft_is_kept_changed_and_published(as_user, employer, taxonomy, province):
    browser = as_user(employer.recruiter)
    browser.post(f"{employer.at}/needs/new", data=TYPED)
    need = the_need()
    address = f"{employer.at}/needs/{need.id}"

    assert "10,000,000" in browser.get(f"{address}/edit").text
    browser.post(f"{address}/edit", data=TYPED | {"title_vi": "Thợ hàn 6G"})
    browser.post(f"{address}/publish")

    db.session.expire_all()
    assert the_need().title == {"vi": "Thợ hàn 6G"}
    assert the_need().state == NeedState.PUBLISHED


@pytest.mark.parametrize(
    "wrong", [{"title_vi": ""}, {"essential": []}, {"pay_to": "1"}, {"valid_until": "2001-01-01"}]
)
def test_mistakes_come_back_with_the_form(as_user, employer, taxonomy, province, wrong):
    browser = as_user(employer.recruiter)

    answer = browser.post(f"{employer.at}/needs/new", data=TYPED | wrong)

    assert answer.status_code == 422
    assert db.session.query(SkillNeed).execution_options(all_tenants=True).count() == 0


def test_a_mistake_in_a_change_leaves_what_was(as_user, employer, need, province):
    answer = as_user(employer.recruiter).post(
        f"{employer.at}/needs/{need.id}/edit", data=TYPED | {"pay_to": "1"}
    )

    assert answer.status_code == 422


def test_looking_for_a_skill_is_no_mistake(as_user, employer, taxonomy, province):
    answer = as_user(employer.recruiter).post(
        f"{employer.at}/needs/new",
        data=TYPED | {"optional-q": "ban ve", "optional-find": "1"},
    )

    assert answer.status_code == 200
    assert "draw skill" in answer.text


def test_found_somebody_asks_what_was_lacking(as_user, employer, need):
    browser = as_user(employer.recruiter)
    address = f"{employer.at}/needs/{need.id}"

    assert browser.post(f"{address}/close", data={"because": "expired"}).status_code == 422
    answer = browser.post(f"{address}/close", data={"because": "filled"})

    assert answer.location.endswith(f"/needs/{need.id}/feedback")


def test_taken_down_leads_back_to_the_list(as_user, employer, need):
    answer = as_user(employer.recruiter).post(
        f"{employer.at}/needs/{need.id}/close", data={"because": "withdrawn"}
    )

    assert answer.location.endswith("/needs")


@pytest.mark.parametrize("standing", Standing)
def test_the_list_says_where_the_employer_stands(as_user, an_employer, a_need, standing):
    employer = an_employer(standing)
    a_need(employer)

    page = as_user(employer.recruiter).get(f"{employer.at}/needs?state=published")

    assert "Thợ hàn MAG" in page.text or "MAG welder" in page.text
    empty = as_user(employer.recruiter).get(f"{employer.at}/needs?state=draft")
    assert "MAG" not in empty.text


def test_publishing_before_verification_says_so(as_user, an_employer, a_need):
    employer = an_employer(Standing.PENDING)
    draft = a_need(employer, is_published=False)
    browser = as_user(employer.recruiter)

    browser.post(f"{employer.at}/needs/{draft.id}/publish")

    page = browser.get(f"{employer.at}/needs").text
    assert "as soon as the province has verified" in page


def test_others_do_not_get_in(as_user, employer, need, learner):
    browser = as_user(learner)

    assert browser.get(f"{employer.at}/needs").status_code == 403
    assert browser.get(f"{employer.at}/needs/{need.id}/edit").status_code == 404


def test_an_employer_without_an_entry_is_told(as_user, app, taxonomy):
    from edu.accounts.models import Role
    from tests import factories

    organisation = factories.an_employer()
    recruiter = factories.a_person("Mới", role=Role.RECRUITER, at=organisation)

    page = as_user(recruiter).get(f"/at/{organisation.code}/needs")

    assert "tax code" in page.text


@pytest.mark.parametrize("typed", ["8.500.000", "8,500,000", "8 500 000 đ", "8500000"])
def test_amounts_are_read_however_they_are_typed(app, taxonomy, typed):
    with app.test_request_context(method="POST", data=TYPED | {"pay_from": typed}):
        assert NeedForm().pay_from.data == 8_500_000
