"""The importer against a real course: IoT for Beginners, in English and Vietnamese."""

import io
import zipfile
from pathlib import Path

import pytest

from courses.authoring.core.blocks import BlockKind, split, translated
from courses.authoring.core.course import (
    AssetTarget,
    QuizPlace,
    QuizTarget,
    Reason,
    UnitKind,
    Verdict,
)
from courses.authoring.core.html import Image, Surroundings
from courses.authoring.core.importer import import_course
from courses.authoring.core.render import render_lesson
from courses.authoring.core.source import FolderSource, ZipSource
from tests.courses.authoring.core.test_hostile_texts import assert_harmless

SAMPLE = Path(__file__).parents[5] / "shared" / "samples" / "iot-for-beginners"

pytestmark = [
    pytest.mark.samples,
    pytest.mark.slow,
    pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample course is not on this machine"),
]


@pytest.fixture(scope="module")
def course():
    return import_course(FolderSource(SAMPLE))


def of_kind(course, kind):
    return [unit for unit in course.units if unit.kind is kind]


def test_all_24_lessons_come_in_both_languages(course):
    lessons = of_kind(course, UnitKind.LESSON)

    assert len(lessons) == 24
    assert len(course.sections) == 6
    assert all(unit.texts.keys() == {"en", "vi"} for unit in lessons)
    assert len(of_kind(course, UnitKind.ASSIGNMENT)) == 24
    assert course.title["vi"].startswith("IoT")
    assert course.metadata["licence"] == "MIT"


def test_all_48_quizzes_are_attached_two_to_a_lesson(course):
    assert len(course.quizzes) == 48
    assert sum(len(quiz.items) for quiz in course.quizzes) == 144
    for unit in of_kind(course, UnitKind.LESSON):
        places = [quiz.place for quiz in course.quizzes if quiz.unit == unit.path]
        assert places == [QuizPlace.PRE, QuizPlace.POST]


def test_every_file_is_accounted_for(course):
    said = {line.path for line in course.report.lines}

    assert set(FolderSource(SAMPLE).paths) <= said


def test_every_picture_is_shown_or_reported(course):
    known = {asset.sha256 for asset in course.assets}
    reported = {
        (line.path, line.values["address"])
        for line in course.report.lines
        if line.reason in {Reason.MISSING_IMAGE, Reason.EXTERNAL_IMAGE, Reason.BROKEN_LINK}
    }
    for unit in course.units:
        for text in unit.texts.values():
            around = Surroundings(
                link=lambda _: None,
                image=lambda address, targets=text.targets: (
                    Image(f"/files/{targets[address].sha256}")
                    if isinstance(targets.get(address), AssetTarget)
                    else None
                ),
            )
            shown = render_lesson(text.markdown, split(text.markdown), around)
            missing = {p.value for p in shown.problems if p.code == "image-missing"}
            assert all((text.path, address) in reported for address in missing)
            used = {t.sha256 for t in text.targets.values() if isinstance(t, AssetTarget)}
            assert used <= known


def test_what_is_lost_in_the_sample_is_exactly_this(course):
    counts = course.report.counts()

    assert counts[Verdict.TAKEN, Reason.IMAGE] == 247
    assert counts[Verdict.SKIPPED, Reason.TRANSLATION_INCOMPLETE] == 5
    assert (Verdict.SKIPPED, Reason.QUESTION_WITHOUT_KEY) not in counts
    assert (Verdict.SKIPPED, Reason.UNSAFE_IMAGE) not in counts


def test_every_lesson_is_rendered_harmless_and_in_blocks(course):
    around = Surroundings(link=lambda _: "/units/1", image=lambda _: Image("/a.png"))
    for unit in of_kind(course, UnitKind.LESSON):
        for text in unit.texts.values():
            blocks = split(text.markdown, text.targets)
            assert len({block.id for block in blocks}) == len(blocks)
            assert_harmless(render_lesson(text.markdown, blocks, around).html)


def test_quizzes_and_assignments_stand_where_the_lesson_links_to_them(course):
    for unit in of_kind(course, UnitKind.LESSON):
        text = unit.texts["en"]
        blocks = split(text.markdown, text.targets)
        kinds = [block.kind for block in blocks]
        linked = {t.quiz for t in text.targets.values() if isinstance(t, QuizTarget)}
        assert {b.reference for b in blocks if b.kind is BlockKind.QUIZ} == linked
        assert kinds.count(BlockKind.QUIZ) == 2
        assert kinds.count(BlockKind.ASSIGNMENT) == 1


def test_most_blocks_of_a_translation_are_those_of_the_original(course):
    shared = total = 0
    for unit in of_kind(course, UnitKind.LESSON):
        original, translation = (
            split(unit.texts[language].markdown, unit.texts[language].targets)
            for language in ("en", "vi")
        )
        ids = {block.id for block in original}
        named = translated(translation, original)
        assert len({block.id for block in named}) == len(named)
        shared += sum(block.id in ids for block in named)
        total += len(named)

    assert shared / total > 0.95


def test_a_zip_of_it_gives_the_same_course(course):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in FolderSource(SAMPLE).paths:
            archive.write(SAMPLE / path, f"IoT-For-Beginners-main/{path}")

    assert import_course(ZipSource(stream)) == course
