import pytest
import sqlalchemy as sa

from edu.accounts import service as accounts
from edu.accounts.models import Membership, Person, Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from edu.tenancy import policy
from edu.tenancy.models import OrganisationKind
from tests.factories import a_college, a_person, an_employer, an_organisation


@pytest.fixture
def college(app):
    return a_college("hcm")


@pytest.fixture
def manager(college):
    return a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)


def learner(college, name="Đỗ Thị Ánh"):
    return a_person(name, role=Role.LEARNER, at=college)


def names_on(page):
    main = page.text.split("<main", 1)[1]
    return [
        row.split(">")[1].split("<")[0] for row in main.split('<p class="row-title"><a href')[1:]
    ]


# The list -------------------------------------------------------------------------------------


def test_the_list_is_in_the_order_of_given_names(as_user, college, manager):
    for name in ("Trần Văn Yên", "Lê Ánh", "Nguyễn Văn Bình"):
        learner(college, name)

    page = as_user(manager).get("/at/hcm/people")

    assert names_on(page) == ["Lê Ánh", "Nguyễn Văn Bình", "Phạm Quốc Huy", "Trần Văn Yên"]


@pytest.mark.parametrize("query", ["do thi anh", "ĐỖ", "ánh", "anh do", "thi"])
def test_search_folds_accents_and_takes_parts_in_any_order(as_user, college, manager, query):
    learner(college, "Đỗ Thị Ánh")

    page = as_user(manager).get("/at/hcm/people", query_string={"q": query})

    assert names_on(page) == ["Đỗ Thị Ánh"]


@pytest.mark.parametrize("query", ["%", "_", "' OR 1=1 --", "x" * 5000])
def test_signs_of_sql_are_only_letters(as_user, college, manager, query):
    learner(college)

    page = as_user(manager).get("/at/hcm/people", query_string={"q": query})

    assert page.status_code == 200
    assert len(names_on(page)) in {0, 2}


def test_the_list_goes_on_where_the_page_ended(as_user, college, manager):
    with unit_of_work():
        for n in range(60):
            person = accounts.create_person(name=f"Học Viên {n:03}", email=f"h{n}@x.example")
            accounts.grant(person, Role.LEARNER, college)
    browser = as_user(manager)

    first = browser.get("/at/hcm/people?role=learner")
    more = first.text.split('rel="next"')[0].rpartition('href="')[2].split('"')[0]
    second = browser.get(more.replace("&amp;", "&"))

    assert len(names_on(first)) == 50
    assert len(names_on(second)) == 10
    assert set(names_on(first)).isdisjoint(names_on(second))
    assert "role=learner" in more


def test_a_broken_place_in_the_list_is_said_to_be_one(as_user, college, manager):
    for broken in ("x", "bnVsbA==", "W10=", "é"):
        page = as_user(manager).get("/at/hcm/people", query_string={"after": broken})
        assert page.status_code == 422


def test_a_long_list_takes_few_queries(as_user, college, manager, count_queries):
    for n in range(20):
        learner(college, f"Học Viên {n}")
    browser = as_user(manager)

    with count_queries() as seen:
        browser.get("/at/hcm/people")

    assert len(seen) <= 12


# Roles ----------------------------------------------------------------------------------------


def test_a_role_is_given_and_ended_and_both_are_recorded(as_user, college, manager):
    hoa = learner(college, "Lê Hoa")
    browser = as_user(manager)

    browser.post(f"/at/hcm/people/{hoa.id}/roles", data={"role": "teacher"})
    given = db.session.scalar(sa.select(Membership).where(Membership.role == Role.TEACHER))
    browser.post(f"/at/hcm/people/{hoa.id}/roles/{given.id}/end")

    db.session.expire_all()
    assert given.ended_at is not None
    assert not hoa.has_role(Role.TEACHER, organisation_id=college.id)
    recorded = db.session.execute(
        sa.select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject_id)
        .where(AuditEntry.action.like("role.%"))
        .order_by(AuditEntry.id)
    ).all()
    assert recorded == [
        ("role.given", manager.id, hoa.id),
        ("role.ended", manager.id, hoa.id),
    ]


def test_the_last_manager_stays(as_user, college, manager):
    browser = as_user(manager)
    own = db.session.scalar(sa.select(Membership).where(Membership.person_id == manager.id))

    refused = browser.post(f"/at/hcm/people/{manager.id}/roles/{own.id}/end")
    a_person("Vũ Thị Hai", role=Role.MANAGER, at=college)
    allowed = browser.post(f"/at/hcm/people/{manager.id}/roles/{own.id}/end")

    assert (refused.status_code, allowed.status_code) == (409, 303)


@pytest.mark.parametrize("role", ["admin", "recruiter", "officer", "king", ""])
def test_roles_that_are_not_the_managers_to_give_are_refused(as_user, college, manager, role):
    hoa = learner(college)

    answer = as_user(manager).post(f"/at/hcm/people/{hoa.id}/roles", data={"role": role})

    assert answer.status_code == 422
    db.session.expire_all()
    assert [m.role for m in hoa.memberships] == [Role.LEARNER]


def test_an_administrator_may_make_another(as_user, college):
    admin = a_person("Quản Trị", role=Role.ADMIN, at=college)
    hoa = learner(college)

    answer = as_user(admin).post(f"/at/hcm/people/{hoa.id}/roles", data={"role": "admin"})

    assert answer.status_code == 303


def test_looking_at_a_person_is_recorded_looking_at_oneself_is_not(as_user, college, manager):
    hoa = learner(college)
    browser = as_user(manager)

    browser.get(f"/at/hcm/people/{hoa.id}")
    browser.get(f"/at/hcm/people/{manager.id}")

    looks = db.session.scalars(
        sa.select(AuditEntry.subject_id).where(AuditEntry.action == "person.viewed")
    ).all()
    assert looks == [hoa.id]


# Doors that stay shut -------------------------------------------------------------------------


def test_people_of_another_college_cannot_be_found_seen_or_changed(as_user, college, manager):
    other = a_college("khac")
    hers = learner(other, "Lê Hoa")
    membership = hers.memberships[0]
    browser = as_user(manager)

    assert names_on(browser.get("/at/hcm/people?q=hoa")) == []
    for path in (f"/at/hcm/people/{hers.id}",):
        assert browser.get(path).status_code == 404
    assert (
        browser.post(f"/at/hcm/people/{hers.id}/roles", data={"role": "teacher"}).status_code == 404
    )
    ended = f"/at/hcm/people/{hers.id}/roles/{membership.id}/end"
    assert browser.post(ended).status_code == 404
    assert browser.get("/at/khac/people").status_code == 403
    assert browser.post("/at/khac/people", data={}).status_code == 403


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TEACHER, Role.TRAINER, None])
def test_only_managers_and_administrators_manage_people(as_user, college, role):
    person = a_person("Ai Đó", role=role, at=college if role else None)
    browser = as_user(person)

    assert browser.get("/at/hcm/people").status_code == 403
    assert browser.get(f"/at/hcm/people/{person.id}").status_code == 403
    assert browser.post("/at/hcm/people", data={}).status_code == 403
    assert (
        browser.post(f"/at/hcm/people/{person.id}/roles", data={"role": "manager"}).status_code
        == 403
    )


def test_a_role_that_ended_opens_nothing(as_user, college, manager):
    deputy = a_person("Phó", role=Role.MANAGER, at=college)
    browser = as_user(deputy)
    as_user(manager).post(f"/at/hcm/people/{deputy.id}/roles/{deputy.memberships[0].id}/end")

    assert browser.get("/at/hcm/people").status_code == 403


@pytest.mark.parametrize("role", [*Role, None])
def test_one_row_and_the_list_follow_the_same_rule(app, college, role):
    actor = a_person("Ai", role=role, at=college if role else None)
    learner(college)
    learner(a_college("khac"))

    with inside(college.id):
        listed = db.session.scalars(sa.select(Membership).where(policy.visible_to(actor))).all()
        every = db.session.scalars(sa.select(Membership)).all()
        assert [m for m in every if policy.can_view(actor, m)] == [m for m in every if m in listed]


# Kinds of organisation ------------------------------------------------------------------------


def test_each_kind_of_organisation_offers_its_own_roles(as_user, app):
    firm = an_employer("cty")
    boss = a_person("Giám Đốc", role=Role.MANAGER, at=firm)

    page = as_user(boss).get("/at/cty/people").text

    assert 'value="recruiter"' in page
    assert 'value="teacher"' not in page


def test_every_kind_has_its_roles_and_no_learner_outside_colleges(app):
    assert set(policy.ROLES_OF) == set(OrganisationKind)
    assert Role.LEARNER not in policy.ROLES_OF[OrganisationKind.EMPLOYER]


# Front pages ----------------------------------------------------------------------------------


def test_an_organisation_shows_itself_to_everybody(client, app):
    a_college("hcm")

    page = client.get("/at/hcm/")

    assert page.status_code == 200
    assert "<h1>College hcm</h1>" in page.text


def test_a_closed_or_unknown_organisation_is_not_there(client, app):
    closed = a_college("cu")
    with unit_of_work():
        closed.is_active = False

    assert client.get("/at/cu/").status_code == 404
    assert client.get("/at/khongco/").status_code == 404


def test_the_switcher_names_the_places_where_one_works(as_user, college):
    person = a_person("Trần Bình", role=Role.TEACHER, at=college)
    other = an_organisation(code="hoc")
    with unit_of_work():
        accounts.grant(person, Role.LEARNER, other)

    page = as_user(person).get("/").text

    assert 'href="/at/hcm/"' in page
    assert 'href="/at/hoc/"' not in page


def test_a_name_is_keyed_again_when_it_changes(app):
    person = a_person("Lê Hoa")
    with unit_of_work():
        person.name = "Đặng Thuỳ Trâm"

    assert db.session.get(Person, person.id).name_key == "tram dang thuy"
