import re

import pytest

from courses.assessment import queries, service
from courses.assessment.core import items as core
from courses.assessment.models import QuizPlace
from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from tests.courses.classroom import RIGHT, WRONG, a_class, a_skill, answer, enrol
from tests.factories import a_person


def options(*texts):
    return tuple(core.Option(id=str(n), text={"vi": t}) for n, t in enumerate(texts, start=1))


def words(text):
    return {"vi": text}


KINDS = {
    "multiple": (
        core.MultipleChoice(
            id="m", prompt=words("Gas nào cháy?"), options=options("R32", "R290", "CO2"),
            correct=("1", "2"),
        ),
        {"choice": ["1", "2"]}, {"choice": ["1", "3"]},
    ),
    "text": (
        core.TextEntry(
            id="t", prompt=words("Gọi là gì?"), answers=(core.AcceptedAnswer(text="rắc co"),)
        ),
        {"choice": "Rắc Co"}, {"choice": "van"},
    ),
    "number": (
        core.Numeric(id="n", prompt=words("Bao nhiêu?"), value=8.5, tolerance=0.1, unit="bar"),
        {"choice": "8,5"}, {"choice": "9"},
    ),
    "order": (
        core.Order(id="o", prompt=words("Xếp"), entries=options("Hút", "Thử kín", "Nạp")),
        {"choice-1": "1", "choice-2": "2", "choice-3": "3"},
        {"choice-1": "3", "choice-2": "2", "choice-3": "1"},
    ),
    "match": (
        core.Match(
            id="x", prompt=words("Nối"), sources=options("Đỏ", "Xanh"),
            targets=options("Cao", "Thấp"), pairs={"1": "1", "2": "2"},
        ),
        {"choice-1": "1", "choice-2": "2"}, {"choice-1": "2", "choice-2": "1"},
    ),
}  # fmt: skip


@pytest.fixture
def room(dn_college, teacher):
    return a_class(dn_college, [a_skill("sk-gas", "Gas lạnh")], teacher=teacher)


@pytest.fixture
def browser(as_user, room, learner):
    enrol(room, learner)
    return as_user(learner)


def ask(room, item, place=QuizPlace.CHECK):
    """Put a question into the first lesson of a class; give its form's address."""
    with inside(room.college.id), unit_of_work():
        asked = service.Questions("them", place, {}, [item])
        quiz = service.keep_quiz(room.units[0], asked)
    return (
        f"/at/dn/classes/{room.group.id}/quizzes/{quiz.id}/items/{quiz.entries[0].item_id}?lang=en"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_is_asked_answered_and_told_right_from_wrong(browser, room, kind):
    item, right, wrong = KINDS[kind]
    address = ask(room, item)
    lesson = f"/at/dn/classes/{room.group.id}/units/{room.units[0].id}"
    asking = {"HX-Request": "true"}

    shown = browser.get(lesson).text
    missed = browser.post(address, data=wrong, headers=asking).text
    found = browser.post(address, data=right, headers=asking).text

    assert item.prompt["vi"] in shown
    assert "Right." not in missed
    assert "Right." in found


def test_what_one_knew_before_gives_no_mark(browser, room, learner):
    from courses.enrolment import queries as places
    from courses.grading import queries as marks

    item, right, _ = KINDS["number"]

    browser.post(ask(room, item, QuizPlace.PRE), data=right)

    with inside(room.college.id):
        assert marks.of(places.find(room.group, learner)) == []


# Practice -----------------------------------------------------------------------------------


@pytest.fixture
def practice(room):
    with inside(room.college.id):
        skill = room.quizzes[0].entries[0].item.skills[0].skill
    return f"/at/dn/classes/{room.group.id}/practice/{skill.id}"


def test_one_practises_a_skill_question_by_question(browser, practice):
    page = browser.get(f"{practice}?lang=vi").text
    item = re.search(r'name="item" value="([^"]+)"', page)[1]

    explained = browser.post(f"{practice}?lang=en", data={"item": item, "choice": RIGHT}).text
    following = re.search(r'name="item" value="([^"]+)"', browser.get(practice).text)[1]

    assert "Gas lạnh" in page
    assert "Right." in explained
    assert "Next question" in explained
    assert following != item


def test_practice_gives_no_mark(browser, practice, room, learner):
    from courses.enrolment import queries as places
    from courses.grading import queries as marks

    item = re.search(r'name="item" value="([^"]+)"', browser.get(practice).text)[1]
    browser.post(practice, data={"item": item, "choice": WRONG})

    with inside(room.college.id):
        assert marks.of(places.find(room.group, learner)) == []


def test_an_unknown_skill_cannot_be_practised(browser, practice):
    other = a_skill("sk-khac")

    assert browser.get(f"{practice.rsplit('/', 1)[0]}/{other.id}").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"item": "x", "choice": "a"}])
def test_what_no_form_of_ours_sends_is_refused(browser, practice, sent):
    assert browser.post(practice, data=sent).status_code == 404


def test_a_question_about_another_skill_is_not_practised_here(browser, practice, room):
    other = a_skill("sk-khac")
    item = room.quizzes[0].entries[0].item_id

    answer = browser.post(
        f"{practice.rsplit('/', 1)[0]}/{other.id}", data={"item": str(item), "choice": RIGHT}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_answer_the_question_is_asked_once_more(browser, room, kind):
    address = ask(room, KINDS[kind][0])

    alone = browser.post(address, data={}, headers={"HX-Request": "true"})
    back = browser.post(address, data={})
    page = browser.get(back.headers["Location"].replace("missing", "lang=en&missing"))

    assert alone.status_code == 422
    assert "<html" not in alone.text
    assert "Please" in alone.text
    assert back.status_code == 303
    assert "Please" in page.text


def test_no_answer_in_practice_is_asked_for(browser, practice):
    item = re.search(r'name="item" value="([^"]+)"', browser.get(practice).text)[1]

    assert browser.post(practice, data={"item": item}).status_code == 422


def test_a_retired_question_is_not_practised(browser, practice, room):
    with inside(room.college.id), unit_of_work():
        for quiz in room.quizzes:
            for entry in quiz.entries:
                queries.item(entry.item_id).is_retired = True

    assert browser.get(practice).status_code == 404


def test_who_gave_the_place_back_answers_no_more(room, learner):
    from courses.enrolment import service as enrolments

    place = enrol(room, learner)
    with inside(room.college.id), unit_of_work():
        enrolments.withdraw(learner, place)

    with pytest.raises(service.StudyEnded):
        answer(room, place)


def test_without_a_place_there_is_no_practice(as_user, practice, dn_college):
    other = a_person("Ai", role=Role.LEARNER, at=dn_college)

    assert as_user(other).get(practice).status_code == 404
