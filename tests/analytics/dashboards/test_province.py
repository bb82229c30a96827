"""The dashboard of the province: colleges side by side, skills that lack, communes."""

import pytest

from edu.accounts.models import Role
from edu.db import db, unit_of_work
from edu.taxonomy.models import Place, PlaceKind
from tests.analytics.dashboards.conftest import PROVINCE, rows_of, work_out
from tests.analytics.labour import a_need, a_recruiter
from tests.courses.classroom import a_class, enrol
from tests.factories import a_college, a_person


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

    rows = rows_of(answer)
    assert all(cell in page for row in rows for cell in row)
    assert rows[0][1:] == ["College songhan"]


@pytest.mark.parametrize("path", ["", "/colleges.csv"])
def test_others_do_not_see_the_provinces_dashboard(as_user, province, manager, path):
    admin = a_person("Kỹ thuật", role=Role.ADMIN, at=province)

    for person in (manager, admin):
        assert as_user(person).get(f"{PROVINCE}{path}").status_code == 403
