import io
from datetime import date, timedelta

import pytest

from courses.authoring import queries, service
from courses.programmes.models import CurriculumState
from edu.accounts.models import Role
from edu.db import inside, today, unit_of_work
from tests.courses.classroom import a_class, a_module
from tests.courses.workshop import PIXEL, imported, unit_called
from tests.factories import a_college, a_person


@pytest.fixture
def unit(teacher, module):
    imported(teacher, module, publish=True)
    return unit_called(module, "02-gas.md")


@pytest.fixture
def save(as_user, teacher, unit):
    """`save(do="publish", text_vi="…")`: what the form sends, with what it showed before."""

    def send(person=None, *, do="save", picture=None, **typed):
        with inside(unit.tenant_id):
            seen = service.stamp(queries.latest_of(unit))
        fields = {"title_vi": "Gas lạnh", "text_vi": "Gas R32.", "seen": seen, "do": do, **typed}
        if picture:
            fields["picture"] = (io.BytesIO(picture), "kho.png")
        return as_user(person or teacher).post(
            f"/at/dn/units/{unit.id}/edit?lang=en", data=fields, content_type="multipart/form-data"
        )

    return send


def latest(unit):
    with inside(unit.tenant_id):
        return queries.latest_of(unit)


# Lists --------------------------------------------------------------------------------------


def test_a_teacher_sees_what_they_write_and_what_they_may_open(as_user, dn_college, teacher):
    mine = a_class(dn_college, teacher=teacher).module
    others = a_class(dn_college).module

    page = as_user(teacher).get("/at/dn/modules").text

    assert f"/at/dn/modules/{mine.id}" in page
    assert f'href="/at/dn/modules/{others.id}"' not in page
    assert f"/at/dn/modules/{others.id}/classes/new" in page


def test_modules_of_one_title_are_told_apart_by_their_curricula(as_user, dn_college, teacher):
    old, new = a_module(dn_college), a_module(dn_college)
    with inside(dn_college.id), unit_of_work():
        old.curriculum.valid_from = date(2023, 9, 1)
        old.curriculum.state = CurriculumState.REPLACED
        new.curriculum.programme.title = {"vi": "Lạnh", "en": "Cooling"}

    page = as_user(teacher).get("/at/dn/modules?lang=en").text

    now, _, others = page.partition("Other versions of the curricula")
    assert "Cooling, curriculum of 1 Jan 2026" in now
    assert f"/at/dn/modules/{new.id}" in now
    assert "Refrigeration, curriculum of 1 Sep 2023 · 1 module · replaced" in others
    assert f"/at/dn/modules/{old.id}" in others


def test_what_one_teaches_comes_first_with_its_curriculum(as_user, dn_college, teacher):
    waiting = a_module(dn_college)
    taught = a_class(dn_college, teacher=teacher).module
    with inside(dn_college.id), unit_of_work():
        taught.curriculum.state = CurriculumState.REPLACED

    page = as_user(teacher).get("/at/dn/modules?lang=en").text

    assert page.index("What you teach now") < page.index(f"modules/{taught.id}")
    assert page.index(f"modules/{taught.id}") < page.index(f"modules/{waiting.id}")
    assert page.index("Refrigeration, curriculum of 1 Jan 2026") < page.index(
        f"modules/{taught.id}"
    )


def test_what_was_taught_once_is_not_what_one_teaches_now(as_user, dn_college, teacher):
    a_class(dn_college, teacher=teacher, starts_on=today() - timedelta(days=300))

    assert "What you teach now" not in as_user(teacher).get("/at/dn/modules?lang=en").text


def test_a_learner_finds_nothing_to_write(as_user, dn_college, learner, module):
    assert as_user(learner).get("/at/dn/modules").status_code == 404
    assert as_user(learner).get(f"/at/dn/modules/{module.id}").status_code == 404


def test_a_module_shows_its_lessons_and_their_state(as_user, teacher, module, unit):
    with inside(module.tenant_id), unit_of_work():
        service.edit(teacher, unit, {"vi": "# Gas lạnh\n\nMới"})

    page = as_user(teacher).get(f"/at/dn/modules/{module.id}?lang=en").text

    assert page.index("Safety") < page.index("Gas lạnh")
    assert "Changed since" in page
    assert "Publish the draft" in page


def test_the_number_of_questions_to_the_database_does_not_grow(
    as_user, teacher, module, unit, count_queries
):
    def asked():
        with count_queries() as seen:
            as_user(teacher).get(f"/at/dn/modules/{module.id}")
        return len(seen)

    few = asked()
    with inside(module.tenant_id), unit_of_work():
        for number in range(6):
            service.add_unit(teacher, module, title={"vi": f"Bài {number}"})

    assert asked() <= few


def test_a_lesson_begins_with_its_title(as_user, teacher, module):
    answer = as_user(teacher).post(
        f"/at/dn/modules/{module.id}/units", data={"title_vi": "Hút chân không", "title_en": ""}
    )

    page = as_user(teacher).get(answer.headers["Location"]).text
    assert answer.status_code == 303
    assert "Hút chân không" in page


def test_a_lesson_without_a_title_is_not_begun(as_user, teacher, module):
    answer = as_user(teacher).post(f"/at/dn/modules/{module.id}/units", data={"title_vi": " "})

    assert answer.status_code == 422
    with inside(module.tenant_id):
        assert queries.units_in(module) == []


def test_all_drafts_are_published_with_one_button(as_user, teacher, module):
    imported(teacher, module)

    as_user(teacher).post(f"/at/dn/modules/{module.id}/publish")

    with inside(module.tenant_id):
        assert queries.drafts_in(module) == {}


def test_lessons_move_and_become_voluntary(as_user, teacher, module, unit):
    as_user(teacher).post(f"/at/dn/units/{unit.id}/move", data={"to": "up"})
    as_user(teacher).post(f"/at/dn/units/{unit.id}/required", data={"is_required": "no"})

    with inside(module.tenant_id):
        first = queries.units_in(module)[0]
        assert first.id == unit.id
        assert not first.is_required


# One lesson ---------------------------------------------------------------------------------


def test_the_editor_shows_title_and_text_apart(as_user, teacher, unit):
    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/edit").text

    assert 'value="Gas lạnh"' in page
    assert "Gas **R32** cháy yếu." in page
    assert "# Gas lạnh" not in page


def test_the_editor_says_what_is_to_be_mended(as_user, teacher, unit):
    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/edit?lang=en").text

    assert "A picture has no description: mat.png" in page
    assert "There is no such picture: mat.png" in page


def test_a_draft_is_saved(save, unit):
    answer = save(text_vi="Gas R290 cháy mạnh.")

    assert answer.status_code == 303
    assert latest(unit).source == {"vi": "# Gas lạnh\n\nGas R290 cháy mạnh."}
    assert latest(unit).state == "draft"


def test_saved_and_published_at_once(save, unit):
    save(do="publish", text_vi="Gas R290 cháy mạnh.", title_en="Gases", text_en="R290 burns.")

    assert latest(unit).state == "published"
    assert latest(unit).number == 2
    with inside(unit.tenant_id):
        assert unit.title == {"vi": "Gas lạnh", "en": "Gases"}


def test_an_empty_lesson_is_refused_at_its_field(save, unit):
    answer = save(title_vi="", text_vi="")

    assert answer.status_code == 422
    assert "Write the lesson in at least one language." in answer.text


def test_who_was_too_late_keeps_what_they_typed(save, unit):
    answer = save(text_vi="Đừng mất câu này.", seen="another version")

    assert answer.status_code == 422
    assert "Đừng mất câu này." in answer.text
    assert "Somebody else saved this lesson" in answer.text


def test_a_picture_comes_to_the_end_of_the_lesson(save, as_user, teacher, unit):
    save(do="picture", picture=PIXEL, picture_text="Chai gas")

    assert "![Chai gas](<kho-" in latest(unit).source["vi"]
    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/edit").text
    assert "http://content.test/files/" in page


def test_a_picture_without_a_description_is_not_taken(save, unit):
    answer = save(do="picture", picture=PIXEL)

    assert answer.status_code == 422
    assert "Say in a sentence what the picture shows." in answer.text


def test_the_preview_stores_nothing(as_user, teacher, unit):
    before = latest(unit).id

    page = (
        as_user(teacher)
        .post(f"/at/dn/units/{unit.id}/preview", data={"title_vi": "T", "text_vi": "Chữ **đậm**"})
        .text
    )

    assert "<strong>đậm</strong>" in page
    assert "<html" not in page
    assert latest(unit).id == before


def test_a_draft_is_thrown_away(save, as_user, teacher, unit):
    save(text_vi="Nháp")

    as_user(teacher).post(f"/at/dn/units/{unit.id}/discard")

    assert latest(unit).state == "published"


def test_versions_show_what_changed_word_by_word(save, as_user, teacher, unit):
    save(do="publish", text_vi="Gas **R32** cháy rất yếu.")

    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/history").text

    assert "<ins>rất " in page
    assert "Trần Minh Quang" in page


def test_an_older_version_can_be_looked_at(save, as_user, teacher, unit):
    first = latest(unit)
    save(do="publish", text_vi="Mới")

    page = as_user(teacher).get(f"/at/dn/units/{unit.id}/history?version={first.id}").text

    assert "cháy yếu" in page
    assert as_user(teacher).get(f"/at/dn/units/{unit.id}/history?version=x").status_code == 404


@pytest.mark.parametrize("path", ["edit", "history", "share"])
def test_a_colleague_elsewhere_cannot_tell_that_it_exists(as_user, unit, path):
    vy = a_person("Vy", role=Role.TEACHER, at=a_college("khac"))

    assert as_user(vy).get(f"/at/dn/units/{unit.id}/{path}").status_code == 404
    assert as_user(vy).get(f"/at/khac/units/{unit.id}/{path}").status_code == 404


def test_a_learner_saves_nothing(save, dn_college, unit, learner):
    before = latest(unit).id

    assert save(learner, text_vi="Của tôi").status_code == 404
    assert latest(unit).id == before
