import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from courses.assessment import queries as assessment
from courses.assessment.models import QuizPlace
from courses.enrolment import queries as enrolments
from courses.learning import queries
from edu.db import inside, today, unit_of_work, utcnow
from edu.lrs.core.vocabulary import Verb
from edu.lrs.public import statements
from edu.tenancy import queries as tenancy
from tests.courses.classroom import a_class
from tests.courses.workshop import imported, unit_called


@pytest.fixture
def room(dn_college, teacher, module):
    """A class that runs on lessons written as teachers write them."""
    from courses.catalogue import service as catalogue
    from courses.catalogue.service import Run

    imported(teacher, module, publish=True)
    day = today()
    with inside(dn_college.id), unit_of_work():
        run = Run(code="K1", starts_on=day, ends_on=day + timedelta(days=90), is_open=True)
        group = catalogue.open_class(teacher, module, run, teacher=teacher)
        catalogue.publish(teacher, group)
    return group


@pytest.fixture
def browser(as_user, learner, room):
    """The browser of a learner who has a place."""
    signed_in = as_user(learner)
    signed_in.post(f"/at/dn/classes/{room.id}/enrolment")
    return signed_in


@pytest.fixture
def where(room, module):
    unit = unit_called(module, "01-an-toan.md")
    return f"/at/dn/classes/{room.id}/units/{unit.id}"


def progress_in(room, learner, slug="01-an-toan.md"):
    with inside(room.tenant_id):
        place = enrolments.find(room, learner)
        return queries.progress_in(place, unit_called(room.module, slug))


def answer_form(page):
    """Where the first question of a page is answered, and what its form holds."""
    address = re.search(r'<form class="question[^>]*action="([^"]+)"', page, re.DOTALL)[1]
    shown = re.search(r'name="shown"\s+value="([^"]+)"', page)[1]
    options = re.findall(r'name="choice"\s+value="([^"]+)"', page)
    return address, shown, options


# Reading ------------------------------------------------------------------------------------


def test_a_lesson_shows_its_text_pictures_and_questions(browser, where):
    page = browser.get(f"{where}?lang=vi").text

    assert "<h1>An toàn</h1>" in page
    assert 'src="http://content.test/files/' in page
    assert "Gas nào cháy được?" in page
    assert "/~" not in page
    assert "Trần Minh Quang" in page  # whose work it is


def test_a_link_to_another_lesson_stays_in_the_class(browser, where, room, module):
    following = unit_called(module, "02-gas.md")

    page = browser.get(where).text

    assert f'href="/at/dn/classes/{room.id}/units/{following.id}"' in page


def test_a_lesson_in_one_language_says_so_to_readers_of_the_other(browser, room, module):
    unit = unit_called(module, "02-gas.md")

    page = browser.get(f"/at/dn/classes/{room.id}/units/{unit.id}?lang=en").text

    assert "This lesson is not written in English yet." in page
    assert '<article class="lesson prose section" lang="vi">' in page


def test_opening_and_coming_back_are_told_to_the_record(browser, where, room):
    browser.get(where)
    browser.get(where)

    with inside(room.tenant_id):
        assert len(statements(verb=Verb.INITIALIZED.iri)) == 1
        assert len(statements(verb=Verb.RESUMED.iri)) == 1


def test_one_comes_back_to_the_block_where_one_left(browser, where, room, learner):
    page = browser.get(where).text
    block = re.findall(r'<section id="([0-9a-f]+)"\s+data-block', page)[1]

    left = browser.post(f"{where}/left-at", data={"block": block})
    again = browser.get(f"{where}?lang=en").text

    assert left.status_code == 204
    assert progress_in(room, learner).block_key == block
    assert f'href="#{block}"' in again
    assert "Go on where you left off" in again


def test_my_learning_leads_to_the_next_lesson(browser, where):
    browser.get(where)

    page = browser.get("/learning?lang=en").text

    assert "Next: Safety" in page


def test_a_class_without_lessons_says_so_and_stands_behind_what_can_go_on(
    browser, where, dn_college
):
    browser.get(where)
    workshop = a_class(dn_college, lessons=0)
    browser.post(f"/at/dn/classes/{workshop.group.id}/enrolment")

    page = browser.get("/learning?lang=en").text

    assert "no lesson is online yet" in page
    assert page.index("Next: Safety") < page.index(f"/classes/{workshop.group.id}")


# Answering ----------------------------------------------------------------------------------


def test_a_right_answer_is_explained(browser, where):
    address, shown, options = answer_form(browser.get(where).text)

    answer = browser.post(address, data={"choice": "1", "shown": shown})
    page = browser.get(f"{where}?lang=vi").text

    assert sorted(options) == ["1", "2"]
    assert answer.status_code == 303
    assert "R32 cháy yếu." in page
    assert "is-right" in page


def test_a_wrong_answer_says_why_and_may_be_tried_again(browser, where):
    address, shown, _ = answer_form(browser.get(where).text)

    page = browser.post(
        f"{address}?lang=en", data={"choice": "2", "shown": shown}, headers={"HX-Request": "true"}
    ).text

    assert "<html" not in page
    assert "Not yet." in page
    assert "Nitơ không cháy." in page
    assert "Check again" in page


def test_no_answer_is_asked_for(browser, where):
    address, shown, _ = answer_form(browser.get(where).text)
    asking = {"HX-Request": "true"}

    assert browser.post(address, data={"shown": shown}, headers=asking).status_code == 422
    assert browser.post(address, data={"choice": "99"}, headers=asking).status_code == 422


def test_without_scripts_no_answer_is_asked_for_in_the_lesson(browser, where):
    address, shown, _ = answer_form(browser.get(where).text)

    answer = browser.post(address, data={"shown": shown})
    page = browser.get(answer.headers["Location"].replace("missing", "lang=en&missing")).text

    assert answer.status_code == 303
    assert "Please choose one of the answers." in page
    assert "Please choose one of the answers." not in browser.get(f"{where}?lang=en").text


def test_how_long_it_took_is_told_to_the_record(browser, where, room):
    begun = utcnow().replace(microsecond=0) + timedelta(minutes=1)
    with time_machine.travel(begun, tick=False) as clock:
        address, shown, _ = answer_form(browser.get(where).text)
        clock.shift(30)
        browser.post(address, data={"choice": "1", "shown": shown})

    with inside(room.tenant_id):
        (told,) = statements(verb=Verb.ANSWERED.iri)
    said = told.statement["context"]["extensions"]
    assert said["http://portal.test/xapi/extensions/shown-at"] == begun.isoformat()
    assert told.statement["result"]["success"] is True


def test_a_forged_moment_of_showing_counts_as_now(browser, where, room):
    address, _, _ = answer_form(browser.get(where).text)

    answer = browser.post(address, data={"choice": "1", "shown": "forged"})

    assert answer.status_code == 303


def test_the_question_of_another_class_is_not_answered_here(browser, where, dn_college):
    browser.get(where)
    other = a_class(dn_college)
    quiz = other.quizzes[0]
    mine = where.split("/units/")[0]

    answer = browser.post(
        f"{mine}/quizzes/{quiz.id}/items/{quiz.entries[0].item_id}", data={"choice": "a"}
    )

    assert answer.status_code == 404


# Finishing ----------------------------------------------------------------------------------


def test_a_lesson_is_not_finished_while_a_question_is_open(browser, where, room, learner):
    browser.get(where)

    answer = browser.post(f"{where}/done")

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{where}?missing=all#still-open")
    assert progress_in(room, learner).completed_at is None


def test_the_lesson_names_its_open_questions_and_leads_to_them(browser, where):
    browser.get(where)
    back = browser.post(f"{where}/done").headers["Location"]

    page = browser.get(back.replace("missing=all", "missing=all&lang=en")).text

    notice = page[page.index('id="still-open"') :]
    question = re.search(r'<form class="question card"\s+id="([^"]+)"', page)[1]
    assert "Almost there: one question is still open" in notice
    assert f'<a href="#{question}">Gas nào cháy được?</a>' in notice


def test_an_answered_question_is_open_no_more(browser, where):
    address, shown, _ = answer_form(browser.get(where).text)
    browser.post(address, data={"choice": "2", "shown": shown})

    assert "still-open" not in browser.get(f"{where}?missing=all").text


def test_a_question_that_does_not_count_is_not_called_open(browser, where, module):
    unit = unit_called(module, "01-an-toan.md")
    with inside(module.tenant_id), unit_of_work():
        for quiz in assessment.quizzes_of(unit):
            quiz.place = QuizPlace.PRE

    assert "still-open" not in browser.get(f"{where}?missing=all").text
    assert (
        browser.post(f"{where}/done")
        .headers["Location"]
        .endswith(str(unit_called(module, "02-gas.md").id))
    )


def test_a_finished_lesson_leads_to_the_next(browser, where, room, module, learner):
    address, shown, _ = answer_form(browser.get(where).text)
    browser.post(address, data={"choice": "2", "shown": shown})

    answer = browser.post(f"{where}/done")

    following = unit_called(module, "02-gas.md")
    assert answer.headers["Location"].endswith(f"/units/{following.id}")
    assert progress_in(room, learner).completed_at is not None
    with inside(room.tenant_id):
        assert len(statements(verb=Verb.COMPLETED.iri)) == 1


def test_finishing_twice_is_told_once(browser, where, room):
    address, shown, _ = answer_form(browser.get(where).text)
    browser.post(address, data={"choice": "1", "shown": shown})
    browser.post(f"{where}/done")
    browser.post(f"{where}/done")

    with inside(room.tenant_id):
        assert len(statements(verb=Verb.COMPLETED.iri)) == 1


def test_the_last_lesson_leads_back_to_the_class(browser, where, room, module):
    last = unit_called(module, "02-gas.md")

    answer = browser.post(f"/at/dn/classes/{room.id}/units/{last.id}/done")

    assert answer.headers["Location"].endswith(f"/at/dn/classes/{room.id}")


# Others -------------------------------------------------------------------------------------


def test_without_a_place_a_lesson_is_not_found(as_user, learner, where):
    assert as_user(learner).get(where).status_code == 404
    assert as_user(learner).post(f"{where}/done").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, where):
    answer = client.get(where)

    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_an_unknown_lesson_is_not_found(browser, room):
    assert browser.get(f"/at/dn/classes/{room.id}/units/{uuid4()}").status_code == 404


def test_a_draft_is_not_found(browser, room, teacher, module):
    from courses.authoring import service as writing

    with inside(module.tenant_id), unit_of_work():
        unit = writing.add_unit(teacher, module, title={"vi": "Sắp có"})

    assert browser.get(f"/at/dn/classes/{room.id}/units/{unit.id}").status_code == 404


def test_the_next_step_is_the_begun_one(browser, where, learner, room):
    browser.get(where)

    (step,) = queries.next_steps_of(learner.id)

    assert step.is_begun
    assert step.place == tenancy.get(room.tenant_id).code
    assert step.title == {"vi": "An toàn", "en": "Safety"}


def test_opening_a_lesson_asks_the_database_a_bounded_number_of_times(
    browser, where, teacher, module, count_queries
):
    from courses.authoring import service as writing

    browser.get(where)
    with count_queries() as few:
        browser.get(where)
    with inside(module.tenant_id), unit_of_work():
        for number in range(5):
            unit = writing.add_unit(teacher, module, title={"vi": f"Bài {number}"})
            writing.publish(teacher, unit)
    with count_queries() as many:
        browser.get(where)

    assert len(many) <= len(few)
