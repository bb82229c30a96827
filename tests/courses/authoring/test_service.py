import io

import pytest
from PIL import Image

from courses.assessment import queries as bank
from courses.authoring import policy, queries, service
from courses.authoring.models import VersionState
from edu.accounts.models import Role
from edu.db import inside, unit_of_work
from edu.errors import Forbidden, Invalid
from edu.storage import service as storage
from tests.courses.classroom import a_class
from tests.courses.workshop import PIXEL, QUIZ, imported, unit_called
from tests.factories import a_college, a_person


@pytest.fixture
def here(dn_college):
    with inside(dn_college.id):
        yield


@pytest.fixture
def unit(here, teacher, module):
    with unit_of_work():
        return service.add_unit(teacher, module, title={"vi": "Nạp gas"})


def published(teacher, unit, **source):
    with unit_of_work():
        service.edit(teacher, unit, source)
        return service.publish(teacher, unit)


def keys(version, language="vi"):
    return [block.key for block in version.blocks if block.language == language]


# Who may ------------------------------------------------------------------------------------


def test_a_module_is_written_by_those_who_teach_it_and_by_managers(dn_college, here, teacher):
    room = a_class(dn_college, teacher=teacher)
    other = a_person("Giáo viên khác", role=Role.TEACHER, at=dn_college)
    manager = a_person("Quản lý", role=Role.MANAGER, at=dn_college)
    learner = a_person("Học viên", role=Role.LEARNER, at=dn_college)

    allowed = [p for p in (teacher, other, manager, learner) if policy.can_edit(p, room.module)]

    assert allowed == [teacher, manager]


def test_what_nobody_teaches_yet_any_teacher_prepares(dn_college, here, teacher, module):
    learner = a_person("Học viên", role=Role.LEARNER, at=dn_college)

    assert policy.can_edit(teacher, module)
    assert not policy.can_edit(learner, module)


def test_who_left_the_college_writes_no_more(dn_college, here, teacher):
    room = a_class(dn_college, teacher=teacher)
    with unit_of_work():
        teacher.memberships[0].ended_at = teacher.memberships[0].created_at

    assert not policy.can_edit(teacher, room.module)


@pytest.mark.parametrize("act", ["edit", "publish", "discard", "move", "add_unit"])
def test_others_may_not(here, dn_college, unit, act):
    stranger = a_person("Ai", role=Role.LEARNER, at=dn_college)
    acts = {
        "edit": lambda: service.edit(stranger, unit, {"vi": "x"}),
        "publish": lambda: service.publish(stranger, unit),
        "discard": lambda: service.discard(stranger, unit),
        "move": lambda: service.move(stranger, unit, up=True),
        "add_unit": lambda: service.add_unit(stranger, unit.module, title={"vi": "x"}),
    }

    with pytest.raises(Forbidden), unit_of_work():
        acts[act]()


# Writing ------------------------------------------------------------------------------------


def test_a_draft_is_for_its_writers_alone(unit, teacher):
    with unit_of_work():
        draft = service.edit(teacher, unit, {"vi": "# Nạp gas\n\nHút chân không trước."})

    assert draft.state == VersionState.DRAFT
    assert unit.published is None
    assert unit.title == {"vi": "Nạp gas"}


def test_there_is_one_draft_however_often_it_is_saved(unit, teacher):
    with unit_of_work():
        service.edit(teacher, unit, {"vi": "# Nạp gas\n\nMột"})
        draft = service.edit(teacher, unit, {"vi": "# Nạp gas\n\nHai"})

    assert [version.id for version in queries.versions_of(unit)] == [draft.id]
    assert "Hai" in draft.source["vi"]


def test_nothing_at_all_is_no_lesson(unit, teacher):
    with pytest.raises(Invalid), unit_of_work():
        service.edit(teacher, unit, {"vi": "  ", "en": ""})


def test_saving_what_is_published_makes_no_draft(unit, teacher):
    published(teacher, unit, vi="# Nạp gas\n\nMột")

    with unit_of_work():
        again = service.edit(teacher, unit, {"vi": "# Nạp gas\n\nMột"})

    assert again is None
    assert queries.draft_of(unit) is None


def test_who_did_not_see_the_latest_text_does_not_overwrite_it(unit, teacher):
    seen = service.stamp(queries.latest_of(unit))
    with unit_of_work():
        service.edit(teacher, unit, {"vi": "# Nạp gas\n\nCủa người khác"}, seen=seen)

    with pytest.raises(Invalid), unit_of_work():
        service.edit(teacher, unit, {"vi": "# Nạp gas\n\nCủa tôi"}, seen=seen)

    assert "Của người khác" in queries.latest_of(unit).source["vi"]


def test_a_draft_can_be_thrown_away(unit, teacher):
    first = published(teacher, unit, vi="# Nạp gas\n\nMột")
    with unit_of_work():
        service.edit(teacher, unit, {"vi": "# Nạp gas\n\nHai"})
        service.discard(teacher, unit)

    assert queries.versions_of(unit) == [first]


def test_what_was_never_published_cannot_be_thrown_away(unit, teacher):
    with unit_of_work():
        service.discard(teacher, unit)

    assert queries.draft_of(unit) is not None


def test_a_checked_translation_is_no_longer_the_machines(here, teacher, module):
    note = '<!--\nCO_OP_TRANSLATOR_METADATA:\n{"original_hash": "9b", "language_code": "en"}\n-->\n'
    imported(teacher, module, {"01-an-toan.en.md": note + "# Safety\n\nRead."}, publish=True)
    unit = unit_called(module, "01-an-toan.md")
    assert unit.published.machine_translated == ["en"]

    version = published(teacher, unit, **{**unit.published.source, "en": "# Safety\n\nRead this."})

    assert version.machine_translated == []


# Publishing ---------------------------------------------------------------------------------


def test_nothing_new_cannot_be_published(unit, teacher):
    published(teacher, unit, vi="# Nạp gas\n\nMột")

    with pytest.raises(service.NothingToPublish), unit_of_work():
        service.publish(teacher, unit)


def test_a_published_version_never_changes(unit, teacher):
    first = published(teacher, unit, vi="# Nạp gas\n\nMột")

    second = published(teacher, unit, vi="# Nạp gas R32\n\nHai")

    assert (first.number, second.number) == (1, 2)
    assert first.source == {"vi": "# Nạp gas\n\nMột"}
    assert unit.title == {"vi": "Nạp gas R32"}


def test_blocks_that_stay_keep_their_ids(unit, teacher):
    first = published(teacher, unit, vi="# T\n\n## Một\n\nGiữ nguyên.\n\n## Hai\n\nSẽ đổi.")

    second = published(
        teacher, unit, vi="# T\n\n## Mới\n\nThêm vào.\n\n## Một\n\nGiữ nguyên.\n\n## Hai\n\nĐã đổi."
    )

    assert keys(second)[1:] == keys(first)
    assert keys(second)[0] not in keys(first)


def test_a_translation_has_the_ids_of_its_original(unit, teacher):
    version = published(
        teacher,
        unit,
        vi="# T\n\n## Một\n\nA\n\n## Hai\n\nB",
        en="# T\n\n## One\n\nA\n\n## Two\n\nB",
    )

    assert keys(version, "en") == keys(version, "vi")


def test_questions_in_the_text_go_into_the_bank(unit, teacher):
    published(teacher, unit, vi=f"# T\n\nĐọc.\n\n{QUIZ}")

    (quiz,) = bank.quizzes_of(unit)
    assert quiz.identifier == "check"
    assert [entry.item.identifier for entry in quiz.entries] == ["gas-1"]


def test_the_same_question_twice_in_a_quiz_is_asked_once(unit, teacher):
    question = "? Gas?\n- [x] R32\n- [ ] Nitơ\n"

    published(teacher, unit, vi=f"# T\n\n```quiz check\n{question}\n{question}```")

    assert len(bank.quizzes_of(unit)[0].entries) == 1


def test_a_question_that_comes_back_is_asked_again(unit, teacher):
    published(teacher, unit, vi=f"# T\n\n{QUIZ}")
    published(teacher, unit, vi="# T\n\nKhông còn câu hỏi.")
    assert bank.item_called(unit.module, "gas-1").is_retired

    published(teacher, unit, vi=f"# T\n\n{QUIZ}\n\nTrở lại.")

    assert not bank.item_called(unit.module, "gas-1").is_retired


def test_a_program_in_a_lesson_never_reaches_the_page(unit, teacher):
    version = published(
        teacher,
        unit,
        vi="# T\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:1)",
    )

    html = "".join(block.html for block in version.blocks)
    assert "script" not in html
    assert "onerror" not in html


def test_a_forged_mark_leads_to_no_file(unit, teacher, module):
    imported(teacher, module, publish=True)
    asset = queries.assets_in(module)[0]

    version = published(teacher, unit, vi=f"# T\n\n![x](/~asset/{asset.id})")

    assert "src=" not in "".join(block.html for block in version.blocks)


def test_a_whole_module_is_published_at_once(here, teacher, module):
    imported(teacher, module)

    with unit_of_work():
        count = service.publish_all(teacher, module)

    assert count == 2
    assert queries.tallies([module.id])[module.id] == queries.Tally(published=2, drafts=0)


# Order --------------------------------------------------------------------------------------


def test_lessons_change_places(here, teacher, module):
    imported(teacher, module)
    with unit_of_work():
        service.move(teacher, unit_called(module, "02-gas.md"), up=True)

    assert [u.slug for u in queries.units_in(module)] == ["02-gas.md", "01-an-toan.md"]


def test_the_first_lesson_cannot_move_further_up(here, teacher, module):
    imported(teacher, module)
    with unit_of_work():
        service.move(teacher, unit_called(module, "01-an-toan.md"), up=True)

    assert [u.slug for u in queries.units_in(module)] == ["01-an-toan.md", "02-gas.md"]


# Pictures -----------------------------------------------------------------------------------


def photograph():
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của tôi"
    Image.new("RGB", (40, 30), "red").save(content, "JPEG", exif=exif)
    content.seek(0)
    return content


def test_a_picture_is_shown_where_its_line_stands(unit, teacher):
    with unit_of_work():
        mark = service.add_picture(teacher, unit, photograph(), name="Kho gas.jpg", text="Kho gas")

    version = published(teacher, unit, vi=f"# T\n\n{mark}")

    (asset,) = queries.assets_in(unit.module)
    assert asset.path.startswith("Kho-gas-")
    assert f'src="/~asset/{asset.id}"' in version.blocks[0].html
    assert 'alt="Kho gas"' in version.blocks[0].html
    assert 'width="40"' in version.blocks[0].html


def test_a_vietnamese_file_name_is_found_again(unit, teacher):
    with unit_of_work():
        mark = service.add_picture(
            teacher, unit, io.BytesIO(PIXEL), name="Đồng hồ áp suất.png", text="Đồng hồ"
        )

    version = published(teacher, unit, vi=f"# T\n\n{mark}")

    assert "/~asset/" in version.blocks[0].html


def test_a_photograph_forgets_where_it_was_taken(unit, teacher):
    with unit_of_work():
        service.add_picture(teacher, unit, photograph(), name="a.jpg", text="Kho gas")

    with storage.store().open(queries.assets_in(unit.module)[0].blob_key) as content:
        assert "Máy ảnh".encode() not in content.read()


def test_a_drawing_loses_its_programs(unit, teacher):
    drawing = (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>x()</script><path/></svg>"
    )
    with unit_of_work():
        service.add_picture(teacher, unit, io.BytesIO(drawing), name="a.svg", text="Sơ đồ")

    with storage.store().open(queries.assets_in(unit.module)[0].blob_key) as content:
        kept = content.read()
    assert b"path" in kept
    assert b"x()" not in kept


@pytest.mark.parametrize(
    ("content", "name", "text", "field"),
    [
        (PIXEL, "a.png", "", "picture_text"),
        (b"no picture", "a.png", "Kho", "picture"),
        (b"<svg", "a.svg", "Kho", "picture"),
        (PIXEL, "a.exe", "Kho", "picture"),
    ],
)
def test_what_is_no_picture_or_has_no_description_is_refused(  # noqa: PLR0913, PLR0917
    unit, teacher, content, name, text, field
):
    with pytest.raises(Invalid) as refused, unit_of_work():
        service.add_picture(teacher, unit, io.BytesIO(content), name=name, text=text)

    assert list(refused.value.fields) == [field]


def test_the_lessons_of_another_college_are_out_of_reach(dn_college, teacher, module):
    imported(teacher, module)
    unit = unit_called(module, "02-gas.md")
    vy = a_person("Vy", role=Role.MANAGER, at=(other := a_college("khac")))

    with inside(other.id), pytest.raises(Forbidden), unit_of_work():
        service.edit(vy, unit, {"vi": "x"})
