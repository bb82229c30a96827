import pytest

from edu.accounts import service as accounts
from edu.db import db, unit_of_work
from employer_portal.companies.models import Standing
from employer_portal.needs.models import NeedKind, NeedState, SkillNeed

POSTED = {
    "title": {"vi": "Thợ hàn"},
    "occupation": "oc-welder",
    "essential": ["sk-weld"],
    "optional": ["sk-draw"],
    "contract": "full-time",
    "publish": True,
}


@pytest.fixture
def token(employer):
    with unit_of_work():
        return accounts.create_access_token(employer.recruiter, name="HR", scopes=["write"])


@pytest.fixture
def post(client, employer, token):
    def send(body, **headers):
        return client.post(
            f"/api/v1{employer.at}/needs",
            json=body,
            headers={"Authorization": f"Bearer {token}", **headers},
        )

    return send


def all_needs():
    return db.session.query(SkillNeed).execution_options(all_tenants=True).all()


def test_jobs_are_public_and_paged(client, a_need, an_employer, monkeypatch):
    employer = an_employer()
    needs = [a_need(employer) for _ in range(3)]
    a_need(an_employer(Standing.PENDING))
    a_need(employer, kind=NeedKind.OUTLOOK)
    monkeypatch.setattr("edu.http.paging.page.__kwdefaults__", {"size": 2})

    first = client.get("/api/v1/jobs").json
    second = client.get(f"/api/v1/jobs?after={first['after']}").json

    assert [job["id"] for job in first["items"] + second["items"]] == [
        str(need.id) for need in reversed(needs)
    ]
    assert second["after"] is None


def test_a_list_costs_the_same_for_one_employer_as_for_many_jobs(client, a_need, count_queries):
    a_need()
    with count_queries() as few:
        client.get("/api/v1/jobs")
    for _ in range(4):
        a_need()
    with count_queries() as many:
        client.get("/api/v1/jobs")

    assert len(many) <= len(few)


def test_a_job_says_what_it_takes(client, need, employer):
    job = client.get(f"/api/v1/jobs/{need.id}").json

    assert job["employer"]["code"] == employer.organisation.code
    assert job["isco"] == "7212"
    assert [(skill["code"], skill["is_essential"]) for skill in job["skills"]] == [
        ("sk-weld", True),
        ("sk-safety", True),
        ("sk-draw", False),
    ]


def test_what_is_not_open_is_not_there(client, a_need):
    draft = a_need(is_published=False)

    assert client.get(f"/api/v1/jobs/{draft.id}").status_code == 404


def test_a_wrong_cursor_is_refused(client, app):
    assert client.get("/api/v1/jobs?after=last").status_code == 422


def test_a_recruiters_machine_posts_once(post, taxonomy):
    first = post(POSTED, **{"Idempotency-Key": "hr-1"})
    again = post(POSTED, **{"Idempotency-Key": "hr-1"})

    assert first.status_code == again.status_code == 201
    assert first.json == again.json
    assert [need.state for need in all_needs()] == [NeedState.PUBLISHED]


def test_a_draft_can_be_posted(post, taxonomy):
    assert post(POSTED | {"publish": False}).json["state"] == "draft"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"essential": ["sk-none"]}, "essential"),
        ({"optional": ["sk-none"]}, "optional"),
        ({"occupation": "oc-none"}, "occupation"),
        ({"contract": None}, "contract"),
        ({"openings": 0}, "openings"),
    ],
)
def test_what_does_not_hold_together_is_named(post, taxonomy, wrong, field):
    answer = post(POSTED | wrong)

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert all_needs() == []


def test_others_may_not_post(client, employer, learner, taxonomy):
    with unit_of_work():
        token = accounts.create_access_token(learner, name="x", scopes=["write"])

    answer = client.post(
        f"/api/v1{employer.at}/needs", json=POSTED, headers={"Authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 403
    assert client.post(f"/api/v1{employer.at}/needs", json=POSTED).status_code == 401
