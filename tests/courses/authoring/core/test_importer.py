"""What a course folder becomes: sections, units, addresses, titles; no file goes unmentioned."""

import pytest

from courses.authoring.core.course import (
    AssetTarget,
    Layout,
    QuizPlace,
    QuizTarget,
    Reason,
    SectionTarget,
    UnitKind,
    UnitTarget,
    Verdict,
)
from courses.authoring.core.importer import CourseUnrecognised, import_course
from tests.courses.authoring.core.example import BEGINNERS, HASH, LESSON, changed, lines
from tests.courses.authoring.core.folders import folder, png, zipped


@pytest.fixture
def course():
    return import_course(zipped(BEGINNERS))


def test_a_course_has_its_title_sections_and_units_in_order(course):
    assert (course.layout, course.language) == (Layout.BEGINNERS, "en")
    assert course.title == {"en": "IoT"}
    assert course.metadata == {"licence": "MIT", "copyright": "Copyright (c) 2021 A Company"}
    assert [(section.path, section.title) for section in course.sections] == [
        ("1-start", {"en": "Start"})
    ]
    assert [(unit.position, unit.path, unit.kind) for unit in course.units] == [
        (0, LESSON, UnitKind.LESSON),
        (1, "1-start/lessons/1-intro/pi.md", UnitKind.PAGE),
        (2, "1-start/lessons/1-intro/assignment.md", UnitKind.ASSIGNMENT),
        (3, "wires.md", UnitKind.PAGE),
        (4, "more.md", UnitKind.PAGE),
    ]
    assert course.units[0].title == {"en": "Intro", "vi": "Giới thiệu"}
    assert course.units[1].lesson == LESSON


def test_addresses_lead_to_units_files_and_quizzes(course):
    targets = course.units[0].texts["en"].targets
    relay = next(asset for asset in course.assets if asset.path == "images/relay.png")
    data = next(asset for asset in course.assets if asset.path.endswith("data.csv"))

    assert targets == {
        "../../../images/relay.png": AssetTarget(relay.sha256),
        "https://quiz.example/quiz/1": QuizTarget("1"),
        "pi.md": UnitTarget("1-start/lessons/1-intro/pi.md", UnitKind.PAGE),
        "../../../wires.md#red": UnitTarget("wires.md", UnitKind.PAGE, "red"),
        "data.csv": AssetTarget(data.sha256),
        "../..": SectionTarget("1-start"),
        "/README.md": SectionTarget(""),
        "https://quiz.example/quiz/2": QuizTarget("2"),
        "assignment.md": UnitTarget("1-start/lessons/1-intro/assignment.md", UnitKind.ASSIGNMENT),
    }
    assert (relay.media_type, relay.width, relay.height) == ("image/png", 30, 20)
    assert (data.media_type, data.bytes) == ("text/csv", 4)


def test_a_translation_leads_to_the_same_places(course):
    ours, theirs = (course.units[0].texts[language].targets for language in ("en", "vi"))

    picture = f"../../../../../translated_images/relay.{HASH}.vi.png"
    assert theirs[picture] == ours["../../../images/relay.png"]
    assert theirs["pi.md"] == ours["pi.md"]
    assert theirs["data.csv"] == ours["data.csv"]
    assert theirs["../../../../../1-start/lessons/1-intro"] == UnitTarget(LESSON, UnitKind.LESSON)
    assert lines(course, Reason.ORIGINAL_IMAGE_USED) == [
        (
            f"translations/vi/{LESSON}",
            {"address": f"translated_images/relay.{HASH}.vi.png", "used": "images/relay.png"},
        )
    ]


def test_the_translators_note_becomes_metadata(course):
    text = course.units[0].texts["vi"]

    assert text.metadata == {"machine_translation.language_code": "vi"}
    assert text.markdown.startswith("# Giới thiệu")
    assert len(lines(course, Reason.TRANSLATOR_NOTE_MOVED)) == 1


def test_quizzes_come_with_their_lesson_and_their_place(course):
    assert [(quiz.id, quiz.unit, quiz.place, len(quiz.items)) for quiz in course.quizzes] == [
        ("1", LESSON, QuizPlace.PRE, 1),
        ("2", LESSON, QuizPlace.POST, 1),
        ("3", None, QuizPlace.PRE, 1),
    ]
    assert lines(course, Reason.QUIZ_NOT_ATTACHED) == [
        ("quiz-app/src/assets/translations/en.json", {"quiz": "3"})
    ]


def test_every_file_is_accounted_for(course):
    said = {line.path for line in course.report.lines}

    assert set(BEGINNERS) <= said
    assert lines(course, Reason.NOT_LINKED) == [("help.md", {})]
    assert lines(course, Reason.NOT_USED) == [("images/unused.png", {})]
    assert lines(course, Reason.BROKEN_LINK) == [
        (LESSON, {"address": "code/pi"}),
        ("README.md", {"address": "help.md"}),
    ]
    assert sorted(path for path, _ in lines(course, Reason.LANGUAGE_NOT_WANTED)) == [
        "translations/fr/README.md",
        "translations/fr/images/x.png",
    ]
    assert len(lines(course, Reason.TRANSLATION_MISSING)) == 4 + 3
    assert course.report.counts()[Verdict.TAKEN, Reason.IMAGE] == 2
    assert len(course.report.of(Verdict.TAKEN)) == 16
    assert course.report.of(Verdict.TAKEN, Reason.LICENCE)[0].path == "LICENSE"


def test_a_folder_around_everything_is_no_part_of_it(course):
    wrapped = zipped({f"IoT-main/{path}": content for path, content in BEGINNERS.items()})

    assert import_course(wrapped) == course


def test_a_folder_on_disk_gives_the_same_course(tmp_path, course):
    assert import_course(folder(tmp_path, BEGINNERS)) == course


def test_hidden_files_and_links_are_said(tmp_path):
    source = folder(tmp_path, {**BEGINNERS, ".git/HEAD": "x"})
    (tmp_path / "link.md").symlink_to(tmp_path / "README.md")

    course = import_course(type(source)(tmp_path))

    assert lines(course, Reason.HIDDEN) == [(".git", {})]
    assert lines(course, Reason.SYMLINK) == [("link.md", {})]


@pytest.mark.parametrize("files", [{}, {"README.md": "# x"}, {"01.md": b"\xff\xfe\xff"}])
def test_a_folder_without_lessons_is_no_course(files):
    with pytest.raises(CourseUnrecognised):
        import_course(zipped(files))


def test_an_ambiguous_original_is_not_guessed():
    course = import_course(changed(**{"2-other/images/relay.png": png(9, 9)}))

    assert lines(course, Reason.ORIGINAL_IMAGE_USED) == []
    assert len(lines(course, Reason.MISSING_IMAGE)) == 1


def test_the_quizzes_name_a_course_without_a_front_page():
    course = import_course(changed(**{"README.md": None}))

    assert course.title == {"en": "IoT"}
    assert course.about == {}
    assert lines(course, Reason.TITLE_FROM_QUIZZES) == [("", {"title": "IoT"})]


def test_without_either_the_first_lesson_does():
    course = import_course(
        changed(**{"README.md": None, "quiz-app/src/assets/translations/en.json": None})
    )

    assert course.title == {"en": "Intro", "vi": "Giới thiệu"}


def test_a_section_without_introduction_is_named_by_its_folder():
    course = import_course(changed(**{"1-start/README.md": None}))

    assert course.sections[0].title == {"en": "Start"}
    assert ("1-start", {"title": "Start"}) in lines(course, Reason.TITLE_FROM_NAME)
