"""When dashboards are drawn, what that costs, and what happens to drawings of another version."""

from datetime import timedelta

from analytics.dashboards import queries, service
from analytics.dashboards.models import PartName
from edu.accounts.models import Role
from edu.db import pretend, unit_of_work, utcnow
from edu.jobs import run_due
from tests.analytics.dashboards.conftest import COLLEGE, PROVINCE, work_out
from tests.courses.classroom import enrol, finish_lesson
from tests.factories import a_person


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


def test_drawing_again_counts_only_the_days_that_may_have_changed(room, an, college, count_queries):
    finish_lesson(room, enrol(room, an))
    work_out()
    with count_queries() as again:
        work_out()

    assert sum("FROM answer" in sql for sql in again) < 20


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
