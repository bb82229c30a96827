import re
from datetime import UTC, datetime, time, timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from courses.catalogue import jobs, policy, queries, service, views
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment import policy as places
from courses.enrolment.models import Enrolment
from courses.learning import service as study
from edu.accounts.models import Role
from edu.db import db, inside, pretend, today, unit_of_work, utcnow
from edu.errors import Forbidden
from edu.jobs import _works as all_jobs
from edu.jobs import run_due
from edu.search import current
from tests.courses.classroom import a_class, enrol
from tests.factories import a_college, a_person


@pytest.fixture
def open_class(as_user, module):
    day = today()

    def send(person, **typed):
        fields = {
            "code": "DL101-K1",
            "starts_on": day.isoformat(),
            "ends_on": (day + timedelta(days=90)).isoformat(),
            "capacity": "30",
            **typed,
        }
        return as_user(person).post(f"/at/dn/modules/{module.id}/classes/new?lang=en", data=fields)

    return send


def test_a_teacher_opens_a_class_that_nobody_sees_yet(open_class, as_user, client, teacher, module):
    answer = open_class(teacher, is_open="y")
    where = answer.headers["Location"]

    with inside(module.tenant_id):
        (group,) = queries.classes_of(module)
    assert (group.capacity, group.is_open, group.state) == (30, True, ClassState.DRAFT)
    assert as_user(teacher).get(where).status_code == 200
    assert client.get(where).status_code == 404


def test_once_published_everybody_finds_it(open_class, as_user, client, teacher):
    where = open_class(teacher).headers["Location"]

    as_user(teacher).post(f"{where}/publish")

    assert client.get(where).status_code == 200
    assert "Cơ sở kỹ thuật lạnh" in client.get("/courses?lang=vi").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": ""}, "Please fill this in."),
        ({"ends_on": "2020-01-01"}, "The last day comes before the first."),
        ({"capacity": "0"}, "At least one place, please."),
        ({"starts_on": "tomorrow"}, 'class="field-error"'),
    ],
)
def test_what_does_not_hold_together_is_said_at_the_form(open_class, teacher, wrong, words):
    answer = open_class(teacher, **wrong)

    assert answer.status_code == 422
    assert words in answer.text


def test_a_code_is_given_once(open_class, teacher):
    open_class(teacher)

    again = open_class(teacher)

    assert again.status_code == 422
    assert "Another class of the college has this code." in again.text


def test_learners_open_no_class(open_class, as_user, learner, module):
    assert as_user(learner).get(f"/at/dn/modules/{module.id}/classes/new").status_code == 404
    assert open_class(learner).status_code == 403


def test_others_do_not_publish_a_class(open_class, as_user, teacher, dn_college):
    where = open_class(teacher).headers["Location"]
    colleague = a_person("Đồng nghiệp", role=Role.TEACHER, at=dn_college)

    assert as_user(colleague).post(f"{where}/publish").status_code == 404
    group = db.session.query(ClassGroup).execution_options(all_tenants=True).one()
    with inside(dn_college.id), pytest.raises(Forbidden):
        service.publish(colleague, group)


def test_the_catalogue_lists_what_anyone_can_join_first_then_the_soonest(client, dn_college):
    later, sooner, to_all = (
        a_class(dn_college, starts_on=today() + timedelta(days=days)) for days in (9, 2, 20)
    )
    for room in (later, sooner):
        with inside(dn_college.id), unit_of_work():
            room.group.is_open = False

    assert queries.open_now(limit=9) == [to_all.group, sooner.group, later.group]
    assert queries.open_now(limit=2) == [to_all.group, sooner.group]
    assert queries.open_to_everyone(limit=9) == [to_all.group]


def test_the_front_page_reads_no_more_classes_than_it_shows(client, dn_college):
    rooms = [a_class(dn_college) for _room in range(5)]
    page = client.get("/?lang=en").text

    assert "Begin today" in page
    shown = [room for room in rooms if f"/classes/{room.group.id}" in page]
    assert shown == rooms[:3]


def test_the_database_sorts_no_classes_to_list_the_soonest(client, dn_college, count_queries):
    a_class(dn_college)
    with count_queries() as seen:
        queries.open_now(limit=9)

    listings = [statement for statement in seen if "LIMIT" in statement]
    connection = db.engines[None]
    assert len(listings) == 2
    assert "ix_class_group_soonest" in {
        index["name"] for index in sa.inspect(connection).get_indexes("class_group")
    }
    if connection.dialect.name == "sqlite":  # PostgreSQL sorts the few rows of a test
        for statement in listings:
            values = (0,) * statement.count("?")
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
            assert "ix_class_group_soonest" in plan
            assert "ORDER BY" not in plan


def test_a_catalogue_cut_short_says_so(client, dn_college, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 1)
    a_class(dn_college)
    whole = client.get("/courses?lang=en").text
    a_class(dn_college)

    assert "There are more courses." not in whole
    assert "There are more courses." in client.get("/courses?lang=en").text


@pytest.fixture
def empty_index(app):
    """An index without what other tests have put there."""
    current.searchables.rebuild(current.index())


def test_what_is_found_by_words_is_counted_whole_and_paged(
    client, dn_college, monkeypatch, empty_index
):
    monkeypatch.setattr(queries, "SIZE", 2)
    rooms = [a_class(dn_college) for _room in range(3)]
    run_due()

    first = client.get("/courses?lang=en&q=lanh").text
    [onward] = re.findall(r'href="(/courses\?[^"]*after=[^"]*)"', first)
    second = client.get(unescape(onward)).text

    def on(page):
        return {room.group.id for room in rooms if f"/classes/{room.group.id}" in page}

    assert "3 courses found" in first
    assert (len(on(first)), len(on(second))) == (2, 1)
    assert on(first) | on(second) == {room.group.id for room in rooms}


def test_a_class_is_closed_the_night_after_its_last_day(dn_college, learner, empty_index):
    room = a_class(dn_college)
    place = enrol(room, learner)
    run_due()
    last_day = datetime.combine(room.group.ends_on, time(5), UTC)

    for days, state, found in ((0, ClassState.PUBLISHED, 1), (1, ClassState.CLOSED, 0)):
        with pretend(last_day + timedelta(days=days)):
            jobs.close_what_is_over()
            run_due()
        assert room.group.state == state
        assert queries.search("lanh")[1].total == found
    with inside(dn_college.id), unit_of_work():
        study.open_unit(place, room.units[0])  # who learns there may finish


def test_the_night_asks_for_it():
    assert any(
        work.is_daily and work.name == "courses.catalogue.jobs.close_what_is_over"
        for work in all_jobs.values()
    )


def test_the_rule_for_one_class_is_the_rule_of_the_list(dn_college, teacher):
    other = a_college("khac")
    rooms = [a_class(dn_college, teacher=teacher), a_class(dn_college), a_class(other)]
    with inside(other.id), unit_of_work():
        rooms[2].group.state = ClassState.DRAFT
    with inside(dn_college.id), unit_of_work():
        for room in rooms[:2]:
            room.group.state = ClassState.DRAFT
    left = a_person("Đã nghỉ", role=Role.TEACHER, at=dn_college)
    with inside(dn_college.id), unit_of_work():
        rooms[1].group.teacher = left
        left.memberships[0].ended_at = utcnow()
    people = [
        teacher,
        left,
        a_person("Quản lý", role=Role.MANAGER, at=dn_college),
        a_person("Học viên", role=Role.LEARNER, at=dn_college),
    ]

    everything = db.session.query(ClassGroup).execution_options(all_tenants=True)
    for person in [*people, None]:
        seen = everything.filter(policy.visible_to(person)).all()
        assert set(seen) == {g for g in everything if policy.can_view(person, g)}
    for person in people:
        taught = everything.filter(policy.taught_by(person)).all()
        assert set(taught) == {g for g in everything if policy.can_teach(person, g)}
    assert not policy.can_teach(left, rooms[1].group)


def test_the_rule_for_one_enrolment_is_the_rule_of_the_list(dn_college, teacher, learner):
    mine, others = a_class(dn_college, teacher=teacher), a_class(dn_college)
    for room in (mine, others):
        enrol(room, learner)
    people = [
        teacher,
        learner,
        others.teacher,
        a_person("Quản lý", role=Role.MANAGER, at=dn_college),
        a_person("Bạn học", role=Role.LEARNER, at=dn_college),
    ]

    everything = db.session.query(Enrolment).execution_options(all_tenants=True)
    for person in people:
        seen = everything.filter(places.visible_to(person)).all()
        assert set(seen) == {e for e in everything if places.can_view(person, e)}
