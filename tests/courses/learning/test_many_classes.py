"""However many classes and colleges somebody learns at, their pages ask the database as often."""

import pytest

from edu.db import inside, unit_of_work
from tests.courses.classroom import a_class, enrol, open_lesson
from tests.factories import a_college, a_person


@pytest.fixture
def study(learner):
    """`study()`: the learner begins a lesson at one more college, taught by a guest."""
    guest = a_person("Giáo viên thỉnh giảng")  # whose roles do not lead to the college

    def begin():
        room = a_class(a_college())
        open_lesson(room, enrol(room, learner))
        with inside(room.college.id), unit_of_work():
            room.group.teacher = guest
        return room

    return begin


@pytest.mark.parametrize("path", ["/learning", "/"])
def test_three_colleges_cost_no_more_queries_than_one(as_user, learner, study, count_queries, path):
    browser = as_user(learner)
    rooms = [study()]
    browser.get(path)  # what is recommended is remembered once
    with count_queries() as one:
        browser.get(path)

    rooms += [study(), study()]
    browser.get(path)
    with count_queries() as three:
        page = browser.get(path).text

    assert all(f"/at/{room.college.code}/classes/{room.group.id}" in page for room in rooms)
    assert len(three) == len(one), [each for each in three if each not in one]
