"""Modules as plain values: the cost of a list does not grow with the colleges in it."""

from courses.cards import queries
from tests.courses.classroom import a_module, a_skill
from tests.factories import a_college


def test_modules_of_many_colleges_are_read_with_the_same_queries(app, count_queries):
    skill = a_skill()
    for number in range(2):
        a_module(a_college(f"truong{number}"), [skill])
    with count_queries() as of_two:
        assert len(queries.modules_teaching([skill.code])) == 2

    for number in range(2, 6):
        a_module(a_college(f"truong{number}"), [skill])
    with count_queries() as of_six:
        found = queries.modules_teaching([skill.code])

    assert {card.college_code for card in found} == {f"truong{number}" for number in range(6)}
    assert {card.skill_codes for card in found} == {(skill.code,)}
    assert len(of_six) == len(of_two)
