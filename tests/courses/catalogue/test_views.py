from datetime import timedelta

import pytest

from courses.catalogue import policy, queries, service
from courses.catalogue.models import ClassGroup, ClassState
from courses.enrolment import policy as places
from courses.enrolment.models import Enrolment
from edu.accounts.models import Role
from edu.db import db, inside, today, unit_of_work, utcnow
from edu.errors import Forbidden
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
