import io

import pytest

from courses.assessment import queries as bank
from courses.authoring import queries as authoring
from courses.authoring import service as writing
from courses.authoring.models import VersionState
from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden, Invalid
from tests.courses.classroom import a_module, a_skill
from tests.courses.workshop import COURSE, QUIZ, imported, unit_called
from tests.factories import a_college, a_person


@pytest.fixture
def here(dn_college):
    with inside(dn_college.id):
        yield


def test_a_course_becomes_drafts_that_learners_do_not_see_yet(here, teacher, module):
    taken = imported(teacher, module)

    units = authoring.units_in(module)
    assert [unit.slug for unit in units] == ["01-an-toan.md", "02-gas.md"]
    assert units[0].title == {"vi": "An toàn", "en": "Safety"}
    assert all(unit.published is None for unit in units)
    assert set(taken.new) == {unit.id for unit in units}


def test_the_language_of_the_course_comes_first(here, teacher, module):
    imported(teacher, module)

    draft = authoring.draft_of(unit_called(module, "01-an-toan.md"))

    assert list(draft.source) == ["vi", "en"]


def test_published_at_once_its_blocks_are_ready_to_show(here, teacher, module):
    imported(teacher, module, publish=True)

    unit = unit_called(module, "01-an-toan.md")
    next_unit = unit_called(module, "02-gas.md")
    reading = authoring.blocks_of(unit, "vi", unit_url=lambda i: f"/to/{i}", module_url="/front")

    kinds = [block.kind for block in reading.blocks]
    html = "".join(block.html for block in reading.blocks)
    assert kinds == ["text", "image", "quiz"]
    assert f'href="/to/{next_unit.id}"' in html
    assert 'src="http://content.test/files/' in html
    assert "/~" not in html


def test_a_lesson_in_one_language_is_shown_in_that_one(here, teacher, module):
    imported(teacher, module, publish=True)

    unit = unit_called(module, "02-gas.md")
    reading = authoring.blocks_of(unit, "en", unit_url=str, module_url="")

    assert reading.language == "vi"
    assert "R32" in reading.blocks[0].html


def test_the_same_course_again_changes_nothing(here, teacher, module):
    imported(teacher, module, publish=True)
    before = unit_called(module, "01-an-toan.md")
    version = before.published_version_id

    taken = imported(teacher, module, publish=True)

    assert taken.new == taken.changed == []
    assert len(taken.unchanged) == 2
    assert unit_called(module, "01-an-toan.md").published_version_id == version


def test_a_corrected_lesson_keeps_its_id_its_questions_and_its_other_blocks(here, teacher, module):
    imported(teacher, module, publish=True)
    unit = unit_called(module, "01-an-toan.md")
    item = bank.item_called(module, "gas-1")
    keys = [b.key for b in unit.published.blocks if b.language == "vi"]
    corrected = COURSE["01-an-toan.vi.md"].replace("nữa", "thêm")

    taken = imported(teacher, module, {"01-an-toan.vi.md": corrected}, publish=True)

    again = unit_called(module, "01-an-toan.md")
    assert again.id == unit.id
    assert taken.changed == [unit.id]
    assert again.published.number == 2
    assert [b.key for b in again.published.blocks if b.language == "vi"] == keys
    assert bank.item_called(module, "gas-1").id == item.id


def test_a_question_that_is_gone_is_no_longer_asked_but_kept(here, teacher, module):
    imported(teacher, module, publish=True)
    without = COURSE["01-an-toan.vi.md"].replace(QUIZ, "")

    imported(teacher, module, {"01-an-toan.vi.md": without}, publish=True)

    assert bank.quizzes_of(unit_called(module, "01-an-toan.md")) == []
    assert bank.item_called(module, "gas-1").is_retired


def test_the_questions_of_a_draft_wait_until_it_is_published(here, teacher, module):
    imported(teacher, module, publish=True)
    changed = COURSE["01-an-toan.vi.md"].replace("Gas nào cháy được?", "Gas nào cháy yếu?")

    imported(teacher, module, {"01-an-toan.vi.md": changed})

    prompt = bank.item_called(module, "gas-1").content["prompt"]["vi"]
    assert prompt == "Gas nào cháy được?"


def test_what_a_teacher_is_rewriting_is_left_alone(here, teacher, module):
    imported(teacher, module, publish=True)
    unit = unit_called(module, "02-gas.md")
    with unit_of_work():
        writing.edit(teacher, unit, {"vi": "# Gas lạnh\n\nTôi đang viết."})

    taken = imported(teacher, module, {"02-gas.vi.md": "# Gas lạnh\n\nBản mới."}, publish=True)

    assert taken.kept == [unit.id]
    draft = authoring.draft_of(unit)
    assert draft.state == VersionState.DRAFT
    assert "Tôi đang viết" in draft.source["vi"]


def test_the_drafts_of_others_are_not_published_along(here, teacher, module):
    with unit_of_work():
        own = writing.add_unit(teacher, module, title={"vi": "Bài tôi soạn dở"})

    imported(teacher, module, publish=True)

    assert own.published is None


def test_questions_ask_for_the_skills_named(here, teacher, module):
    skill = a_skill("sk-gas")

    imported(teacher, module, publish=True, skills={"gas-1": ["sk-gas"], "of-another": ["x"]})

    asked = bank.item_called(module, "gas-1").skills
    assert [entry.skill_id for entry in asked] == [skill.id]
    assert bank.skills_of(unit_called(module, "01-an-toan.md")) == [skill.id]


def test_an_unknown_skill_is_refused(here, teacher, module):
    with pytest.raises(Invalid):
        imported(teacher, module, skills={"gas-1": ["no-such-skill"]})


def test_whose_work_it_is_stands_with_every_lesson(here, teacher, module):
    imported(teacher, module)

    unit = unit_called(module, "01-an-toan.md")

    assert unit.source_licence == "CC-BY-4.0"
    assert "Trần Minh Quang" in unit.attribution["vi"]
    assert "Refrigeration" in unit.attribution["en"]


def test_a_teacher_of_another_module_may_not_import(here, dn_college, teacher, module):
    from tests.courses.classroom import a_class

    room = a_class(dn_college, teacher=a_person("Ai", role=Role.TEACHER, at=dn_college))

    with pytest.raises(Forbidden):
        imported(teacher, room.module)


def test_two_colleges_may_have_the_same_course(here, teacher, module):
    other = a_college("khac")
    vy = a_person("Đỗ Thị Khánh Vy", role=Role.TEACHER, at=other)
    theirs = a_module(other)
    imported(teacher, module)

    taken = imported(vy, theirs)

    assert len(taken.new) == 2
    assert unit_called(theirs, "02-gas.md").id != unit_called(module, "02-gas.md").id


def test_nor_upload_a_file_for_it(here, dn_college, teacher):
    from courses.importing import service
    from tests.courses.classroom import a_class

    room = a_class(dn_college, teacher=a_person("Ai", role=Role.TEACHER, at=dn_college))

    with inside(dn_college.id), pytest.raises(Forbidden):
        service.start(teacher, room.module, name="a.zip", content=io.BytesIO(b"PK"), publishes=True)
