"""The dashboard of a college: what it says, and to whom."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from analytics.dashboards import policy, queries
from analytics.dashboards.models import QuietLearner
from edu.accounts.models import Role
from edu.db import db, inside, pretend, utcnow
from tests.analytics.dashboards.conftest import COLLEGE, audited, rows_of, work_out
from tests.courses.classroom import enrol, finish_lesson, open_lesson
from tests.factories import a_college, a_person, an_employer


def test_before_the_first_figures_the_page_says_when_they_come(as_user, manager):
    page = as_user(manager).get(f"{COLLEGE}?lang=en")

    assert page.status_code == 200
    assert "No figures yet" in page.text


def test_a_manager_sees_how_the_college_is_doing(as_user, manager, room, an, quiet_ben):
    finish_lesson(room, enrol(room, an))
    work_out()

    page = as_user(manager).get(f"{COLLEGE}?lang=en").text

    assert "People learning now" in page
    assert "1 person has lessons left in a running class and did nothing" in page
    assert "People who finished a lesson or answered questions" in page
    assert "Refrigeration basics" in page
    assert "Share of modules with a digital competence outcome" in page
    assert "70%" in page
    assert "Lê Văn Bền" not in page


def test_a_college_where_nothing_happens_is_told_so(as_user, manager, room):
    work_out()

    page = as_user(manager).get(f"{COLLEGE}?lang=en").text

    assert "Nobody has learned here for four weeks" in page
    assert "Everybody with lessons left in a running class did something" in page
    assert "No module has learners yet" in page


def test_names_of_the_quiet_are_on_a_page_of_their_own_and_each_look_is_recorded(
    as_user, manager, room, quiet_ben
):
    work_out()

    page = as_user(manager).get(f"{COLLEGE}/quiet?lang=en").text

    assert "Lê Văn Bền" in page
    assert "21 days" in page
    assert audited("quiet_learners.viewed") == 1


def test_when_nobody_is_quiet_the_page_says_so(as_user, manager, room, an):
    enrol(room, an)
    work_out()

    assert "Nobody went quiet" in as_user(manager).get(f"{COLLEGE}/quiet?lang=en").text


def test_who_comes_back_leaves_the_list(as_user, manager, room, quiet_ben):
    work_out()
    open_lesson(room, enrol(room, quiet_ben))
    work_out()

    assert "Lê Văn Bền" not in as_user(manager).get(f"{COLLEGE}/quiet").text


def test_only_the_quietest_are_named_when_there_are_many(
    as_user, manager, room, quiet_ben, monkeypatch
):
    monkeypatch.setattr("analytics.dashboards.service.NAMED", 1)
    with pretend(utcnow() - timedelta(days=25)):
        enrol(room, a_person("Trần Chi", role=Role.LEARNER, at=room.college))
    work_out()

    page = as_user(manager).get(f"{COLLEGE}/quiet?lang=en").text

    assert "Trần Chi" in page
    assert "Lê Văn Bền" not in page
    assert "These are the quietest of 2." in page


@pytest.mark.parametrize("role", [Role.TEACHER, Role.LEARNER, Role.ADMIN])
@pytest.mark.parametrize("path", ["", "/quiet", "/modules.csv"])
def test_others_of_the_college_do_not_see_it(as_user, college, role, path):
    person = a_person("Người khác", role=role, at=college)

    assert as_user(person).get(f"{COLLEGE}{path}").status_code == 403


def test_managers_of_other_colleges_do_not_see_it(as_user, college):
    other = a_person("Quản lý khác", role=Role.MANAGER, at=a_college("kythuat"))

    assert as_user(other).get(COLLEGE).status_code == 403
    assert as_user(other).get("/at/songhan/indicators.csv").status_code == 403


def test_an_employer_has_no_dashboard(as_user):
    employer = an_employer("antan")
    boss = a_person("Chủ", role=Role.MANAGER, at=employer)

    assert as_user(boss).get("/at/antan/dashboard").status_code == 404
    assert "/at/antan/dashboard" not in as_user(boss).get("/at/antan/people").text


def test_the_files_say_what_the_screen_says(as_user, manager, room, an):
    finish_lesson(room, enrol(room, an))
    work_out()
    browser = as_user(manager)
    page = browser.get(f"{COLLEGE}?lang=en").text

    for address in (f"{COLLEGE}/modules.csv", "/at/songhan/indicators.csv"):
        answer = browser.get(f"{address}?lang=en")
        rows = rows_of(answer)
        assert answer.content_type == "text/csv; charset=utf-8"
        assert len(rows) > 1
        for cell in (cell for row in rows for cell in row):
            assert cell in page


def test_the_rule_for_one_name_and_the_rule_for_many_agree(
    room, college, manager, quiet_ben, officer
):
    work_out()
    people = {
        "manager": manager,
        "teacher": room.teacher,
        "admin": a_person("Kỹ thuật", role=Role.ADMIN, at=college),
        "elsewhere": a_person("Quản lý khác", role=Role.MANAGER, at=a_college("kythuat")),
        "officer": officer,
        "learner": quiet_ben,
    }
    with inside(college.id):
        quiet = db.session.scalar(sa.select(QuietLearner))
        seeing = set()
        for name, person in people.items():
            listed = queries.quiet_to(person)
            assert policy.can_view(person, quiet) == bool(listed)
            if listed:
                seeing.add(name)

    assert seeing == {"manager"}
