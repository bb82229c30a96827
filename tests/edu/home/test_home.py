import pytest

from edu.accounts.models import Role
from edu.db import current_tenant, db
from edu.home import queries
from edu.jobs import Job
from edu.storage import service as storage
from edu.ui import slots
from tests.factories import a_college, a_person


def filled(monkeypatch, **texts):
    for name, text in texts.items():
        filler = [(50, lambda text=text, **_context: text)]
        monkeypatch.setitem(slots._fillers, name.replace("_", "."), filler)


def test_a_stranger_sees_what_this_is_with_what_others_put_there(client, monkeypatch):
    filled(
        monkeypatch,
        landing_search="<p>SEARCH",
        landing_courses="<p>COURSES",
    )

    page = client.get("/")

    assert page.status_code == 200
    places = [page.text.index(text) for text in ("SEARCH", "COURSES")]
    assert places == sorted(places)


def test_a_learner_sees_what_is_next_first(as_user, monkeypatch):
    filled(
        monkeypatch,
        home_next="<p>NEXT",
        home_learning="<p>LEARNING",
        home_jobs="<p>JOBS",
    )

    page = as_user(a_person("Lê Hoa")).get("/").text

    places = [page.index(text) for text in ("NEXT", "LEARNING", "JOBS")]
    assert places == sorted(places)


def test_staff_find_their_places_first_and_what_leads_into_the_work(as_user, app, monkeypatch):
    teacher = a_person("Trần Bình", role=Role.TEACHER, at=a_college("hcm"))
    filled(monkeypatch, home_next="<p>NEXT")
    way_in = [
        (50, lambda organisation, level: f"<h{level}>{organisation.code}: {current_tenant()}")
    ]
    monkeypatch.setitem(slots._fillers, "place.staff", way_in)

    page = as_user(teacher).get("/").text

    college = teacher.memberships[0].organisation
    told = f"<h3>hcm: {college.id}"
    assert "College hcm" in page
    assert page.index(told) < page.index("NEXT")


# Language -------------------------------------------------------------------------------------


def test_the_language_changes_and_the_page_stays(as_user, letters):
    an = a_person()
    browser = as_user(an)

    answer = browser.post("/lang", data={"lang": "en", "next": "/account?tab=2"})

    assert (answer.status_code, answer.location) == (303, "/account?tab=2")
    assert '<html lang="en"' in browser.get("/account").text
    db.session.expire_all()
    assert an.locale == "en"


def test_a_link_chooses_the_language_for_the_pages_that_follow(client):
    assert '<html lang="en"' in client.get("/?lang=en").text
    assert '<html lang="en"' in client.get("/sign-in").text


@pytest.mark.parametrize("code", ["fr", "", "../en", "<script>"])
def test_other_languages_are_refused(client, code):
    assert client.post("/lang", data={"lang": code}).status_code == 422


def test_changing_the_language_never_leads_to_another_site(client):
    answer = client.post("/lang", data={"lang": "en", "next": "//evil.example"})

    assert answer.location == "/"


# For machines ---------------------------------------------------------------------------------


def test_alive_touches_nothing(client, count_queries):
    with count_queries() as seen:
        answer = client.get("/healthz")

    assert (answer.status_code, answer.text, seen) == (200, "ok\n", [])


def test_ready_when_database_queue_and_storage_answer(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json == {"database": True, "queue": True, "storage": True}


def test_not_ready_while_jobs_wait_and_nobody_does_them(client, app, time_machine_ahead):
    from edu.db import unit_of_work

    with unit_of_work():
        db.session.add(Job(name="somebody.should.do.it", arguments={}))

    with time_machine_ahead(queries.LATE * 2):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"database": True, "queue": False, "storage": True}


class BrokenStore:
    def exists(self, key):
        raise OSError(f"disk gone while looking for {key}")


def test_not_ready_when_the_files_are_gone(client, monkeypatch):
    monkeypatch.setattr(storage, "_store", [BrokenStore()])

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["storage"] is False
    assert "disk gone" not in answer.text


def test_metrics_are_for_this_machine_alone_by_default(client):
    here = client.get("/metrics")
    through_a_proxy = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    elsewhere = client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert here.status_code == 200
    assert 'edu_jobs{state="waiting"} 0.0' in here.text
    assert "edu_requests_total" in here.text
    assert through_a_proxy.status_code == elsewhere.status_code == 404


def test_metrics_with_a_token_are_for_who_has_it(client, app, monkeypatch):
    from pydantic import SecretStr

    from edu.settings import in_force

    monkeypatch.setattr(in_force(), "metrics_token", SecretStr("s3cret"))

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_figures_name_endpoints_never_addresses(as_user):
    person = a_person()
    as_user(person).get(f"/children/{person.id}")

    assert str(person.id) not in as_user(person).get("/metrics").text


def test_made_up_methods_are_counted_as_one(client):
    client.open("/", method="INVENTED")

    told = client.get("/metrics").text
    assert "INVENTED" not in told
    assert 'method="other"' in told


def test_robots_and_the_old_place_of_the_icon(client):
    assert "Disallow: /account" in client.get("/robots.txt").text
    icon = client.get("/favicon.ico")
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
