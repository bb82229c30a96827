"""Dashboards through their pages: what they say, to whom, and at what cost."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from analytics.dashboards import policy, queries, service
from analytics.dashboards.models import PartName, QuietLearner
from analytics.indicators import jobs
from edu.accounts.models import Role
from edu.audit.models import AuditEntry
from edu.db import db, inside, pretend, unit_of_work, utcnow
from edu.jobs import run_due
from edu.taxonomy.models import Place, PlaceKind
from tests.analytics.labour import a_need, a_recruiter
from tests.courses.classroom import (
    WRONG,
    a_class,
    a_skill,
    answer,
    enrol,
    finish_lesson,
    open_lesson,
)
from tests.factories import a_college, a_person, an_employer

COLLEGE = "/at/songhan/dashboard"
PROVINCE = "/at/danang/dashboard"
TEACHING = "/at/songhan/teaching/overview"


def work_out() -> None:
    """As the night does."""
    jobs.work_out_all()
    run_due()


def audited(action: str) -> int:
    db.session.expire_all()
    return db.session.scalar(
        sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == action)
    )


@pytest.fixture
def teacher(room):
    return room.teacher


@pytest.fixture
def quiet_ben(room, college):
    """Ben enrolled three weeks ago and did nothing since."""
    ben = a_person("Lê Văn Bền", role=Role.LEARNER, at=college)
    with pretend(utcnow() - timedelta(days=21)):
        enrol(room, ben)
    return ben


def test_nothing_is_counted_while_writers_wait(room, an, college, count_queries):
    finish_lesson(room, enrol(room, an))
    with count_queries() as seen:
        drawing = service.draw(college.id)
    assert any("FROM answer" in sql for sql in seen)

    with unit_of_work(), count_queries() as within:
        service.keep(drawing)

    assert not any(f"FROM {table}" in sql for sql in within for table in ("answer", "enrolment"))


def test_no_dashboard_is_drawn_for_a_past(room, college):
    with pretend(utcnow() - timedelta(days=30)):
        work_out()

    assert queries.find(college.id, PartName.DAYS) is None


# Drawn by another version -------------------------------------------------------------------


def of_another_version(organisation) -> None:
    """Store every part as no version here would."""
    with unit_of_work():
        for name in PartName:
            if row := queries.find(organisation.id, name):
                row.content = dict.fromkeys(row.content, "?")


def test_a_dashboard_of_another_version_is_drawn_anew(as_user, manager, room, an, college):
    finish_lesson(room, enrol(room, an))
    work_out()
    of_another_version(college)
    browser = as_user(manager)

    meanwhile = browser.get(f"{COLLEGE}?lang=en")
    again = browser.get(f"{COLLEGE}?lang=en").text
    run_due()
    afterwards = browser.get(f"{COLLEGE}?lang=en").text

    assert meanwhile.status_code == 200
    assert "Some figures are being worked out anew" in meanwhile.text
    assert "Nobody has learned here" not in again
    assert "Some figures are being worked out anew" not in afterwards
    assert "Refrigeration basics" in afterwards


def test_the_files_of_another_version_are_empty_until_then(as_user, manager, room, an, college):
    enrol(room, an)
    work_out()
    of_another_version(college)

    answer = as_user(manager).get(f"{COLLEGE}/modules.csv")

    assert answer.status_code == 200
    assert "Refrigeration" not in answer.text


def test_the_nightly_drawing_reads_no_past_it_does_not_know(room, an, college):
    finish_lesson(room, enrol(room, an))
    work_out()
    of_another_version(college)

    with unit_of_work():
        service.keep(service.draw(college.id))

    assert not queries.drawn(college.id).unreadable


def test_the_province_waits_for_its_new_drawing(as_user, officer, room, an, province):
    enrol(room, an)
    work_out()
    of_another_version(province)

    page = as_user(officer).get(f"{PROVINCE}?lang=en")

    assert page.status_code == 200
    assert "Some figures are being worked out anew" in page.text
    assert "No employer has an open need" not in page.text


# The college ----------------------------------------------------------------------------------


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
        rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
        assert answer.content_type == "text/csv; charset=utf-8"
        assert len(rows) > 1
        for cell in (cell for row in rows for cell in row):
            assert cell in page


def test_a_view_costs_the_same_however_many_learn(as_user, manager, room, quiet_ben, count_queries):
    work_out()
    browser = as_user(manager)
    browser.get(COLLEGE)
    with count_queries() as few:
        browser.get(COLLEGE)
    for number in range(8):
        learner = a_person(f"Người {number}", role=Role.LEARNER, at=room.college)
        finish_lesson(room, enrol(room, learner))
    work_out()

    with count_queries() as many:
        browser.get(COLLEGE)

    assert len(many) == len(few)
    assert not any("FROM answer" in sql or "unit_progress" in sql for sql in many)


def test_drawing_again_counts_only_the_days_that_may_have_changed(room, an, college, count_queries):
    finish_lesson(room, enrol(room, an))
    work_out()
    with count_queries() as again:
        work_out()

    assert sum("FROM answer" in sql for sql in again) < 20


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


# Teaching -------------------------------------------------------------------------------------


def test_a_teacher_sees_who_needs_help_and_why(as_user, room, an, quiet_ben, college):
    place = enrol(room, an)
    for _ in range(4):
        answer(room, place, WRONG)
    chi = a_person("Trần Chi", role=Role.LEARNER, at=college)
    finish_lesson(room, enrol(room, chi))
    run_due()

    page = as_user(room.teacher).get(f"{TEACHING}?lang=en").text

    assert "Has not begun, 21 days after enrolling." in page
    assert "Not solid yet: “Brazing”." in page
    assert "Trần Chi" not in page
    assert "3 learners" in page
    assert audited("standings.viewed") == 1


def test_lessons_behind_the_class_are_a_sign(as_user, college, an):
    room = a_class(college, [a_skill("brazing")], lessons=3, questions=1)
    for name in ("Bình", "Chi", "Dung"):
        place = enrol(room, a_person(name, role=Role.LEARNER, at=college))
        for lesson in (1, 2):
            finish_lesson(room, place, lesson)
    open_lesson(room, enrol(room, an))

    page = as_user(room.teacher).get(f"{TEACHING}?lang=en").text

    assert "2 lessons behind half of the class." in page


def test_a_weak_skill_of_another_class_is_no_sign_in_this_one(as_user, college, an, charging):
    teacher = a_person("Trần Minh Quang", role=Role.TEACHER, at=college)
    room = a_class(college, [a_skill("brazing")], teacher=teacher)
    elsewhere = a_class(college, [charging], teacher=teacher)
    enrol(room, an)
    place = enrol(elsewhere, an)
    for _ in range(4):
        answer(elsewhere, place, WRONG)
    run_due()

    with inside(college.id):
        here, there = sorted(
            queries.taught_by(teacher), key=lambda view: view.standing.code != room.group.code
        )

    assert here.needing == ()
    assert [one.weak for one in there.needing] == [(charging,)]


def test_a_class_without_learners_and_one_without_signs(as_user, room, an):
    browser = as_user(room.teacher)
    assert "Nobody has enrolled yet." in browser.get(f"{TEACHING}?lang=en").text

    enrol(room, an)

    assert "Nobody shows a sign of needing help." in browser.get(f"{TEACHING}?lang=en").text


def test_who_teaches_nothing_now_is_told_so(as_user, manager, room):
    assert "No class of yours is running" in as_user(manager).get(f"{TEACHING}?lang=en").text


def test_a_teacher_sees_only_the_own_classes(as_user, room, college, quiet_ben):
    other = a_person("Thầy khác", role=Role.TEACHER, at=college)

    assert "Lê Văn Bền" not in as_user(other).get(TEACHING).text


@pytest.mark.parametrize("role", [Role.LEARNER, Role.ADMIN, Role.RECRUITER])
def test_who_does_not_teach_has_no_such_page(as_user, college, role):
    person = a_person("Người khác", role=role, at=college)

    assert as_user(person).get(TEACHING).status_code == 403


# The province ---------------------------------------------------------------------------------


def test_an_officer_sees_the_colleges_side_by_side(as_user, officer, room, an):
    a_college("kythuat")
    enrol(room, an)
    work_out()

    page = as_user(officer).get(f"{PROVINCE}?lang=en").text

    assert "Colleges side by side" in page
    assert "College songhan" in page
    assert "College kythuat" in page
    assert "70%" in page


def test_before_the_first_figures_the_officer_is_told_when_they_come(as_user, officer):
    assert "No figures yet" in as_user(officer).get(f"{PROVINCE}?lang=en").text


def test_skills_that_nobody_teaches_come_first(as_user, officer, college, brazing, charging):
    a_class(college, [brazing])
    a_need(a_recruiter(officer), [brazing, charging], openings=3)
    work_out()

    page = as_user(officer).get(f"{PROVINCE}?lang=en").text

    assert page.index("Charging R32") < page.index("Brazing")
    assert "none" in page


def test_without_needs_and_communes_the_officer_is_told_what_will_be_there(as_user, officer):
    work_out()

    page = as_user(officer).get(f"{PROVINCE}?lang=en").text

    assert "No employer has an open need" in page
    assert "Nobody who learns now has said where they live." in page


def test_few_people_of_a_commune_are_not_counted_out(as_user, officer, room):
    with unit_of_work():
        db.session.add_all(
            Place(code=code, label={"vi": name}, kind=PlaceKind.WARD, parent_code="48")
            for code, name in (("20194", "Hòa Khánh"), ("20275", "An Hải"))
        )
    for number in range(6):
        learner = a_person(f"Người {number}", role=Role.LEARNER, at=room.college)
        with unit_of_work():
            learner.place_code = "20194" if number else "20275"
        enrol(room, learner)
    work_out()

    page = as_user(officer).get(f"{PROVINCE}?lang=en").text

    assert "Hòa Khánh" in page
    assert "An Hải" not in page
    assert "In 1 commune live fewer than five people who learn now" in page


def test_the_colleges_as_a_file_say_what_the_screen_says(as_user, officer, room, an):
    enrol(room, an)
    work_out()
    browser = as_user(officer)
    page = browser.get(f"{PROVINCE}?lang=en").text

    answer = browser.get(f"{PROVINCE}/colleges.csv?lang=en")

    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
    assert all(cell in page for row in rows for cell in row)
    assert rows[0][1:] == ["College songhan"]


@pytest.mark.parametrize("path", ["", "/colleges.csv"])
def test_others_do_not_see_the_provinces_dashboard(as_user, province, manager, path):
    admin = a_person("Kỹ thuật", role=Role.ADMIN, at=province)

    for person in (manager, admin):
        assert as_user(person).get(f"{PROVINCE}{path}").status_code == 403


# The way there --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "place", "links"),
    [
        ("manager", "songhan", {COLLEGE, TEACHING}),
        ("teacher", "songhan", {TEACHING}),
        ("officer", "danang", {PROVINCE}),
    ],
)
def test_the_front_page_of_a_workplace_leads_to_the_dashboards(as_user, request, who, place, links):
    person = request.getfixturevalue(who)

    page = as_user(person).get(f"/at/{place}/").text

    found = {link for link in (COLLEGE, TEACHING, PROVINCE) if f'href="{link}"' in page}
    assert found == links


def test_who_keeps_the_system_is_not_led_to_figures(as_user, college):
    admin = a_person("Kỹ thuật", role=Role.ADMIN, at=college)

    page = as_user(admin).get("/at/songhan/").text

    assert COLLEGE not in page
    assert TEACHING not in page
