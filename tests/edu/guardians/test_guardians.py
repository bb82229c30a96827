import pytest
import sqlalchemy as sa

from edu.accounts.models import Guardianship, GuardianshipState
from edu.accounts.queries import is_guardian_of
from edu.audit.models import AuditEntry
from edu.db import db, unit_of_work
from edu.guardians import policy, service
from edu.ui import slots
from tests.factories import a_person


@pytest.fixture
def parent(app):
    return a_person("Nguyễn Văn Cha")


@pytest.fixture
def child(app):
    return a_person("Nguyễn Thị Con")


def tie_of():
    return db.session.scalar(sa.select(Guardianship))


def asked(as_user, parent, child):
    as_user(parent).post("/children", data={"email": child.email})
    return tie_of()


def test_a_parent_asks_the_child_agrees_the_parent_sees(as_user, parent, child, monkeypatch):
    monkeypatch.setitem(
        slots._fillers, "guardian.child", [(50, lambda learner: f"<p>progress of {learner.name}")]
    )
    tie = asked(as_user, parent, child)
    theirs = as_user(child)
    assert "Nguyễn Văn Cha" in theirs.get("/guardians").text
    assert as_user(parent).get(f"/children/{tie.id}").status_code == 404

    theirs.post(f"/guardians/{tie.id}/agree")

    page = as_user(parent).get(f"/children/{tie.id}")
    assert "progress of Nguyễn Thị Con" in page.text
    assert "Nguyễn Thị Con" in as_user(parent).get("/children").text
    assert is_guardian_of(parent, child.id)


def test_the_child_withdraws_at_any_time(as_user, parent, child):
    tie = asked(as_user, parent, child)
    theirs = as_user(child)
    theirs.post(f"/guardians/{tie.id}/agree")

    theirs.post(f"/guardians/{tie.id}/refuse")

    assert tie_of().state == GuardianshipState.WITHDRAWN
    assert as_user(parent).get(f"/children/{tie.id}").status_code == 404
    assert not is_guardian_of(parent, child.id)


def test_who_was_refused_does_not_ask_again(as_user, parent, child):
    tie = asked(as_user, parent, child)
    as_user(child).post(f"/guardians/{tie.id}/refuse")

    asked(as_user, parent, child)

    assert tie_of().state == GuardianshipState.REFUSED


def test_the_parent_cannot_answer_for_the_child(as_user, parent, child):
    tie = asked(as_user, parent, child)
    assert as_user(parent).post(f"/guardians/{tie.id}/agree").status_code == 404

    as_user(child).post(f"/guardians/{tie.id}/agree")
    assert as_user(parent).post(f"/guardians/{tie.id}/refuse").status_code == 403
    assert tie_of().state == GuardianshipState.CONSENTED


def test_asking_tells_nothing_about_the_address(as_user, parent, child):
    known = as_user(parent).post("/children", data={"email": child.email}, follow_redirects=True)
    unknown = as_user(parent).post(
        "/children", data={"email": "nobody@x.example"}, follow_redirects=True
    )

    assert without_nonces(known.text) == without_nonces(unknown.text)


def without_nonces(text):
    import re

    return re.sub(r'(nonce|content|value)="[^"]*"', "", text)


def test_nobody_follows_themselves(as_user, parent):
    answer = as_user(parent).post("/children", data={"email": parent.email})

    assert answer.status_code == 422
    assert tie_of() is None


def test_another_parent_sees_nothing_of_the_child(as_user, parent, child):
    tie = asked(as_user, parent, child)
    as_user(child).post(f"/guardians/{tie.id}/agree")

    assert as_user(a_person("Lê Hoa")).get(f"/children/{tie.id}").status_code == 404


def test_each_look_at_a_child_is_recorded(as_user, parent, child):
    tie = asked(as_user, parent, child)
    as_user(child).post(f"/guardians/{tie.id}/agree")

    as_user(parent).get(f"/children/{tie.id}")

    look = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.action == "person.viewed"))
    assert (look.actor_id, look.subject_id) == (parent.id, child.id)


def test_the_childs_start_page_says_that_somebody_waits(as_user, parent, child):
    tie = asked(as_user, parent, child)
    theirs = as_user(child)

    assert "/guardians" in theirs.get("/").text.split("<main", 1)[1].split("</main>")[0]
    theirs.post(f"/guardians/{tie.id}/refuse")
    assert "/guardians" not in theirs.get("/").text.split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("state", list(GuardianshipState))
def test_one_row_and_the_list_follow_the_same_rule(app, parent, child, state):
    with unit_of_work():
        tie = Guardianship(guardian_id=parent.id, learner_id=child.id, state=state)
        db.session.add(tie)
    other = a_person("Lê Hoa")

    for actor in (parent, child, other):
        listed = db.session.scalars(sa.select(Guardianship).where(policy.visible_to(actor))).all()
        assert (tie in listed) == policy.can_view(actor, tie)


def test_consenting_twice_is_recorded_once(app, parent, child):
    with unit_of_work():
        service.ask(parent, child.email)
    tie = tie_of()
    for _ in range(2):
        with unit_of_work():
            service.decide(tie, actor=child, agrees=True)

    actions = db.session.scalars(sa.select(AuditEntry.action)).all()
    assert actions.count("guardian.consented") == 1


def test_refusing_what_was_refused_changes_nothing(app, parent, child):
    with unit_of_work():
        service.ask(parent, child.email)
    tie = tie_of()
    for _ in range(2):
        with unit_of_work():
            service.decide(tie, actor=child, agrees=False)

    assert tie.state == GuardianshipState.REFUSED
    actions = db.session.scalars(sa.select(AuditEntry.action)).all()
    assert actions.count("guardian.refused") == 1


def test_a_parents_start_page_leads_to_the_child_who_agreed(as_user, parent, child):
    tie = asked(as_user, parent, child)
    assert child.name not in as_user(parent).get("/").text

    with unit_of_work():
        service.decide(tie_of(), actor=child, agrees=True)

    page = as_user(parent).get("/").text
    assert f"/children/{tie.id}" in page
    assert child.name in page
