from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from courses.credits.core.grading import Mark, grade_module, part_averages
from courses.credits.core.load import class_size_condition
from courses.credits.core.rule_set import shipped
from tests.demo.test_curricula import listed

TODAY = date(2026, 11, 22)
RULES = shipped()["vn-vocational-2022"]
UNLIMITED_KINDS = {"theory", "general"}


def in_force(programme):
    return next(v for v in programme["versions"] if v["state"] == "in-force")


def marks_of(enrolment):
    tests = [
        Mark(kind, Decimal(value), slot=str(place))
        for kind in ("regular", "periodic")
        for place, value in enumerate(enrolment.get(kind, []))
    ]
    return tests + [Mark("final", Decimal(value)) for value in enrolment.get("final", [])]


def grade_of(enrolment):
    attempt = RULES.grading.resit
    return grade_module(RULES.scale, RULES.module_mark, marks_of(enrolment), attempt)


def average_of_tests(enrolment):
    averages = part_averages(RULES.module_mark, marks_of(enrolment), RULES.grading.resit)
    return averages["tests"]


@pytest.fixture(scope="session")
def enrolments(classes):
    """(class, enrolment), class by class."""
    return [(group, row) for group in classes["class"] for row in group["enrolments"]]


def test_a_class_runs_a_module_of_the_curriculum_in_force(classes, programmes):
    for group in classes["class"]:
        programme = programmes[group["college"], group["programme"]]

        assert group["module"] in listed(in_force(programme))
        assert group["is_open"] == programme["is_open"]


def test_codes_of_classes_are_unique(classes):
    seen = Counter((group["college"], group["code"]) for group in classes["class"])

    assert set(seen.values()) == {1}


def test_a_class_keeps_to_its_term(classes):
    terms = {term["code"]: term for term in classes["term"]}
    for group in classes["class"]:
        assert group["starts_on"] < group["ends_on"]
        if "term" in group:
            term = terms[group["term"]]
            assert term["starts_on"] <= group["starts_on"]
            assert group["ends_on"] <= term["ends_on"]


def test_terms_are_long_enough(classes):
    for term in classes["term"]:
        weeks = ((term["ends_on"] - term["starts_on"]).days + 1) / 7

        assert weeks >= RULES.calendar.main_semester_weeks


def test_only_what_is_over_is_closed(classes):
    for group in classes["class"]:
        assert (group["state"] == "closed") == (group["ends_on"] < TODAY), group["code"]


def test_teachers_teach_at_their_own_college(classes, people):
    for group in classes["class"]:
        assert {"organisation": group["college"], "role": "teacher"} in people[group["teacher"]][
            "roles"
        ]
        if "trainer" in group:
            assert "trainer" in [role["role"] for role in people[group["trainer"]]["roles"]]


def test_practice_classes_are_as_small_as_the_rules_ask(classes, modules):
    for group in classes["class"]:
        module = modules[group["module"]]
        if group["is_open"] or module["kind"] in UNLIMITED_KINDS:
            continue
        limit = class_size_condition(
            RULES.class_size, group["capacity"], hazardous=module.get("hazardous", False)
        )
        assert limit.met, group["code"]


def test_nobody_sits_where_there_is_no_place_and_nobody_twice(classes, people):
    for group in classes["class"]:
        learners = [row["learner"] for row in group["enrolments"]]

        assert set(learners) <= people.keys()
        assert len(set(learners)) == len(learners)
        assert len(learners) <= group.get("capacity", len(learners))


def test_learners_take_the_modules_of_their_own_programme_or_open_ones(enrolments, people):
    for group, row in enrolments:
        if not group["is_open"]:
            programme = people[row["learner"]]["programme"]
            assert programme["college"] == group["college"]
            assert programme["code"] == group["programme"]
            assert programme["entered"] <= group["starts_on"]


def test_states_of_enrolments_fit_the_class(enrolments):
    for group, row in enrolments:
        over = group["state"] == "closed"
        assert row["state"] in ({"completed", "withdrawn"} if over else {"active", "withdrawn"})


def test_only_those_admitted_sat_the_exam(enrolments):
    needed = RULES.exam_admission.test_average
    for _, row in enrolments:
        if row["state"] == "completed":
            assert (average_of_tests(row) >= needed) == ("final" in row), row


def test_marks_spread_as_in_life(enrolments):
    sat = [row for _, row in enrolments if "final" in row]
    letters = Counter(grade_of(row).letter for row in sat)

    assert letters.keys() == {"A", "B", "C", "D", "F"}
    assert letters["B"] + letters["C"] > len(sat) / 2
    assert any(len(row["final"]) > 1 for row in sat)
    assert any(row["state"] == "completed" and "final" not in row for _, row in enrolments)
    assert any(row["state"] == "withdrawn" for _, row in enrolments)


def test_the_demo_learner_has_a_past_and_a_present(enrolments, people):
    learner = next(p["key"] for p in people.values() if p.get("account") == "learner")
    own = [(group, row) for group, row in enrolments if row["learner"] == learner]

    assert sum(grade_of(row).passed is True for _, row in own if "final" in row) >= 4
    assert any(0 < row.get("lessons", 0) < 5 for _, row in own)
    assert any(group["is_open"] for group, _ in own)


def test_what_must_come_first_was_passed_or_recognised(enrolments, classes, modules):
    passed = {
        (row["learner"], group["module"]): group["ends_on"]
        for group, row in enrolments
        if "final" in row and grade_of(row).passed
    }
    passed |= {
        (row["learner"], module): row["decided_on"]
        for row in classes["recognition"]
        if row["state"] == "granted"
        for module in row["modules"]
    }
    for group, row in enrolments:
        for required in modules[group["module"]].get("requires", []):
            assert passed[row["learner"], required] <= group["starts_on"], (group["code"], row)


def test_progress_is_progress_in_lessons_and_quizzes_that_exist(enrolments, courses):
    seen = [(group, row) for group, row in enrolments if "lessons" in row]
    for group, row in seen:
        course = courses[group["module"]]
        questions = [len(quiz.items) for quiz in course.quizzes]

        assert 0 < row["lessons"] <= len(course.units)
        assert len(row["right"]) == row["lessons"]
        assert all(n <= of for n, of in zip(row["right"], questions, strict=False))
        assert group["starts_on"] <= row["seen_on"] <= TODAY
    assert {group["module"] for group, _ in seen} == courses.keys()


def test_nobody_missed_more_sessions_than_there_were(enrolments):
    for group, row in enrolments:
        assert row.get("absent", 0) <= group.get("sessions_held", 0)


def test_recognition_rests_on_evidence_the_rules_know(classes, people, programmes):
    for row in classes["recognition"]:
        programme = programmes[row["college"], row["programme"]]

        assert row["learner"] in people
        assert set(row["modules"]) <= set(listed(in_force(programme)))
        assert row["evidence"] in RULES.recognition.evidence
        if row["state"] == "granted":
            assert {"organisation": row["college"], "role": "manager"} in people[row["decided_by"]][
                "roles"
            ]
        else:
            assert row["state"] == "requested"
            assert "decision" not in row
