from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import structlog

from edu.accounts.models import Role
from edu.audit import policy, service
from edu.audit.models import AuditEntry
from edu.db import db, inside, unit_of_work
from tests.factories import a_college, a_person, a_province


@pytest.fixture
def college(app):
    return a_college("hcm")


@pytest.fixture
def manager(college):
    return a_person("Phạm Quốc Huy", role=Role.MANAGER, at=college)


def recorded(action, *, at=None, actor=None, subject=None, **details):
    def write():
        with unit_of_work():
            service.record(action, actor_id=actor.id if actor else None, subject=subject, **details)

    if at is None:
        write()
    else:
        with inside(at.id):
            write()


def actions_on(page):
    body = page.text.split("<tbody>")[1] if "<tbody>" in page.text else ""
    return [part.split("</code>")[0] for part in body.split("<code>")[1:]]


def test_managers_see_what_was_done_in_their_organisation_the_newest_first(
    as_user, college, manager
):
    recorded("grade.changed", at=college, actor=manager, old=4.5, new=7.0)
    recorded("grade.changed", at=a_college("khac"))
    recorded("class.opened", at=college)

    page = as_user(manager).get("/at/hcm/audit")

    assert actions_on(page) == ["class.opened", "grade.changed"]
    assert "Phạm Quốc Huy" in page.text
    assert "old: 4.5; new: 7.0" in page.text


def test_the_log_is_narrowed_by_person_action_and_day(as_user, college, manager, time_machine_at):
    hoa = a_person("Lê Hoa")
    with time_machine_at(datetime(2026, 3, 7, 16, 59, tzinfo=UTC)):  # 23:59 in Việt Nam
        recorded("a.late-on-the-7th", at=college, subject=hoa)
    with time_machine_at(datetime(2026, 3, 7, 17, 0, tzinfo=UTC)):  # midnight in Việt Nam
        recorded("a.early-on-the-8th", at=college, actor=hoa)
        recorded("a.by-another", at=college, actor=manager)
    browser = as_user(manager)

    def shown(**query):
        return actions_on(browser.get("/at/hcm/audit", query_string=query))

    assert shown(person=hoa.email) == ["a.early-on-the-8th", "a.late-on-the-7th"]
    assert shown(day="2026-03-08") == ["a.by-another", "a.early-on-the-8th"]
    assert shown(action="a.by-another") == ["a.by-another"]
    assert shown(person=hoa.email, day="2026-03-08") == ["a.early-on-the-8th"]
    assert shown(person="nobody@x.example") == []
    for day in ("tomorrow", "0001-01-01", "9999-12-31"):
        assert browser.get(f"/at/hcm/audit?day={day}").status_code in {200, 422}


def test_a_long_log_goes_on_on_the_next_page(as_user, college, manager):
    with inside(college.id), unit_of_work():
        for n in range(60):
            service.record(f"act.{n:02}", actor_id=None)
    browser = as_user(manager)

    first = browser.get("/at/hcm/audit")
    link = first.text.split('rel="next"')[0].rpartition('href="')[2].split('"')[0]
    second = browser.get(link)

    assert actions_on(first) + actions_on(second) == [f"act.{n:02}" for n in reversed(range(60))]


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TEACHER, None])
def test_nobody_else_reads_it(as_user, college, role):
    person = a_person("Ai", role=role, at=college if role else None)

    assert as_user(person).get("/at/hcm/audit").status_code == 403
    assert as_user(person).get("/audit").status_code == 403


def test_the_log_of_all_is_for_administrators_of_the_province_alone(as_user, college, manager):
    province = a_province()
    admin = a_person("Quản Trị", role=Role.ADMIN, at=province)
    local = a_person("Quản Trị Trường", role=Role.ADMIN, at=college)
    recorded("grade.changed", at=college)
    recorded("account.sign_in_failed")

    assert set(actions_on(as_user(admin).get("/audit"))) >= {
        "grade.changed",
        "account.sign_in_failed",
    }
    assert as_user(local).get("/audit").status_code == 403
    assert as_user(manager).get("/audit").status_code == 403


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("somewhere", [True, False])
def test_one_row_and_the_list_follow_the_same_rule(app, college, role, somewhere):
    province = a_province()
    actor = a_person("Ai", role=role, at=(province if role == Role.ADMIN else college))
    recorded("one", at=college)
    recorded("two", at=province)
    recorded("three")

    def check():
        listed = db.session.scalars(sa.select(AuditEntry).where(policy.visible_to(actor))).all()
        every = db.session.scalars(sa.select(AuditEntry)).all()
        assert {e.id for e in listed} == {e.id for e in every if policy.can_view(actor, e)}

    if somewhere:
        with inside(college.id):
            check()
    else:
        check()


def test_line_ends_in_what_is_logged_cannot_forge_a_line(app):
    line: object = {"event": "audit", "action": "x\nlevel=info event=forged\r\n\x85\u2028"}

    for process in structlog.get_config()["processors"]:
        line = process(None, "info", line)

    assert len(line.splitlines()) == 1
    assert "\\n" in line


def test_an_act_that_was_rolled_back_is_not_recorded(app):
    with pytest.raises(ZeroDivisionError), unit_of_work():
        service.record("grade.changed", actor_id=None)
        _ = 1 / 0

    assert db.session.scalar(sa.select(AuditEntry)) is None
