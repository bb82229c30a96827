"""Further learners in the demo province: true rows, and statements that agree with them."""

from collections import Counter

import orjson
import pytest
import sqlalchemy as sa

from analytics.mastery.models import GeneralAbility, MasteryStep
from courses.assessment.models import Answer
from courses.catalogue.models import ClassGroup
from courses.credentials.models import Certificate
from courses.credits.models import CreditEntry
from courses.enrolment.models import Enrolment, EnrolmentState
from courses.grading.models import Mark
from courses.learning.models import UnitProgress
from edu.accounts.models import Person, Role
from edu.audit.models import AuditEntry
from edu.db import db, enter, unit_of_work
from edu.demo import service as kernel
from edu.lrs.core.validation.statement import check_statement
from edu.lrs.core.version import Version
from edu.lrs.models import Mention, Statement
from edu.lrs.public import statements_about
from edu.setup import seed_demo
from edu.taxonomy import service as taxonomy
from edu.tenancy.models import OrganisationKind
from tests.factories import a_person, an_organisation

LEARNERS = 50
EVERYWHERE = {"all_tenants": True}


def let_come(size: int) -> list[str]:
    said: list[str] = []
    seed_demo(say=said.append, scale=size)
    return said


@pytest.fixture
def crowd(app) -> list[Person]:
    """Fifty learners at the demo's colleges, in the order in which they came."""
    with unit_of_work():
        taxonomy.install_curated()
    kernel.plant()
    let_come(LEARNERS)
    return learners()


def learners() -> list[Person]:
    return db.session.scalars(
        sa.select(Person).where(Person.email.like("hv%@hocvien.example")).order_by(Person.email)
    ).all()


def every(kind):
    return db.session.scalars(sa.select(kind).execution_options(**EVERYWHERE)).all()


def test_everybody_studies_and_the_statements_say_what_happened(crowd):
    assert len(crowd) == LEARNERS
    assert len({person.name for person in crowd}) > LEARNERS // 2
    places = every(Enrolment)
    assert Counter(place.learner_id for place in places) == dict.fromkeys(
        (person.id for person in crowd), 2
    )
    sizes = Counter(place.class_group_id for place in places)
    assert sorted(sizes.values()) == [20, 20, 30, 30]
    assert len(every(ClassGroup)) == len(sizes)

    told = [orjson.loads(row.payload) for row in every(Statement)]
    for statement in told:
        check_statement(statement, Version.V1)
    verbs = Counter(statement["verb"]["id"].rpartition("/")[2] for statement in told)
    finished = [one for one in every(UnitProgress) if one.completed_at]
    assert verbs == {
        "registered": len(places),
        "initialized": len(every(UnitProgress)),
        "answered": len(every(Answer)),
        "completed": len(finished),
        "passed": len(every(CreditEntry)),
        "earned": len(every(Certificate)),
    }
    assert len(told) >= 8 * LEARNERS
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Mention)) > 5 * len(told)
    check_what_follows()


def check_what_follows() -> None:
    """Credits by the rules, a register without gaps, the audit of marks, an estimate of each."""
    done = {place.id for place in every(Enrolment) if place.state == EnrolmentState.COMPLETED}
    assert done
    assert {entry.enrolment_id for entry in every(CreditEntry)} == done
    by_hand = [mark.id for mark in every(Mark) if mark.given_by_id]
    audited = db.session.scalars(
        sa.select(AuditEntry.subject_id).where(AuditEntry.action == "mark.given")
    ).all()
    assert sorted(audited) == sorted(by_hand)
    for college_id in {one.tenant_id for one in every(Certificate)}:
        register = [one.number for one in every(Certificate) if one.tenant_id == college_id]
        numbers = sorted(int(number.rpartition("-")[2]) for number in register)
        assert numbers == list(range(1, len(numbers) + 1))

    assert {step.answer_id for step in every(MasteryStep)} == {one.id for one in every(Answer)}
    assert len(every(GeneralAbility)) == len({one.learner_id for one in every(Answer)})


def test_a_learner_signs_in_is_shown_and_more_can_come(crowd, client, as_user):
    sign_in_and_look(crowd[0], client, as_user)

    said = let_come(3)

    assert "3 of 3 learners have studied" in "\n".join(said)
    newest = learners()[-1]
    assert newest.email == "hv0000053@hocvien.example"
    assert len(learners()) == LEARNERS + 3
    assert len(every(Enrolment)) == 2 * (LEARNERS + 3)


def test_nobody_comes_where_there_is_no_demo(app):
    an_organisation(OrganisationKind.COLLEGE, "that")

    assert "no demo province" in " ".join(let_come(3))
    assert learners() == []


def sign_in_and_look(learner: Person, client, as_user) -> None:
    form = {"email": learner.email, "password": kernel.PASSWORD}

    assert client.post("/sign-in", data=form).status_code == 303
    home = client.get("/")
    assert home.status_code == 200
    assert learner.name in home.text
    assert client.get("/credits").status_code == 200

    college = learner.memberships[0].organisation
    enter(college.id)
    assert len(statements_about(learner)) >= 2
    manager = a_person("Người Quản Lý", role=Role.MANAGER, at=college)
    address = f"/at/{college.code}/lrs/statements"
    viewer = as_user(manager).get(address, query_string={"person": learner.email})
    assert viewer.status_code == 200
    assert learner.name in viewer.text
