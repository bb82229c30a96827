import json

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
from tests.courses.authoring.core.folders import folder, png, zipped

HASH = "0123456789abcdef" * 4


def quizzes(*numbers, language="en", options=("Yes", "No")):
    def quiz(number):
        place = "Pre" if number % 2 else "Post"
        return {
            "id": number,
            "title": f"Lesson: {place}-Lecture Quiz",
            "quiz": [
                {
                    "questionText": f"{number}? ({language})",
                    "answerOptions": [
                        {"answerText": text, "isCorrect": str(text == options[0]).lower()}
                        for text in options
                    ],
                }
            ],
        }

    return json.dumps([{"title": "IoT: Quizzes", "quizzes": [quiz(n) for n in numbers]}])


LESSON = "1-start/lessons/1-intro/README.md"
BEGINNERS = {
    "README.md": "# IoT\n\n[Start](1-start/README.md) [Help](help.md) ![R](images/r.png)",
    "1-start/README.md": "# Start\n\n1. [Intro](lessons/1-intro/README.md)",
    LESSON: (
        "# Intro\n\n![A relay](../../../images/relay.png)\n\n"
        "[Pre](https://quiz.example/quiz/1)\n\n[Pi](pi.md) [Wires](../../../wires.md#red) "
        "[code](code/pi) [data](data.csv) [up](../..) [home](/README.md)\n\n"
        "## Part\n\n[p](#Part)\n\n"
        "[Post](https://quiz.example/quiz/2)\n\n[Assignment](assignment.md)\n"
    ),
    "1-start/lessons/1-intro/pi.md": "# Pi\n\nx",
    "1-start/lessons/1-intro/assignment.md": "# Build it\n\nx",
    "1-start/lessons/1-intro/data.csv": "a,b\n",
    "wires.md": "# Wires\n\n[More](more.md)",
    "more.md": "# More",
    "help.md": "# Help",
    "images/relay.png": png(30, 20),
    "images/r.png": png(),
    "images/unused.png": png(5, 5),
    "quiz-app/src/assets/translations/en.json": quizzes(1, 2, 3),
    "LICENSE": "MIT License\n\nCopyright (c) 2021 A Company\n",
    f"translations/vi/{LESSON}": (
        '<!--\nCO_OP_TRANSLATOR_METADATA: {"language_code": "vi"}\n-->\n# Giới thiệu\n\n'
        f"![Rơ-le](../../../../../translated_images/relay.{HASH}.vi.png)\n\n"
        "[Trước](https://quiz.example/quiz/1)\n\n[Phần](../../../../../1-start/lessons/1-intro)\n\n"
        "[Pi](pi.md) [dữ liệu](data.csv)\n\n## Phần\n\n[Sau](https://quiz.example/quiz/2)\n"
    ),
    "translations/fr/README.md": "# IdO",
    "translations/fr/images/x.png": png(),
}


@pytest.fixture
def course():
    return import_course(zipped(BEGINNERS))


def lines(course, reason):
    return [(line.path, dict(line.values)) for line in course.report.lines if line.reason is reason]


def changed(**files):
    """The example with some files changed; None takes one away."""
    paths = {**BEGINNERS, **files}
    return zipped({path: content for path, content in paths.items() if content is not None})


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


def test_vietnamese_quizzes_pair_with_the_english_ones():
    path = "quiz-app/src/assets/translations/vi.json"
    course = import_course(changed(**{path: quizzes(1, 2, language="vi", options=("Có", "Không"))}))

    first = course.quizzes[0].items[0]
    assert first.prompt == {"en": "1? (en)", "vi": "1? (vi)"}
    assert first.options[0].text == {"en": "Yes", "vi": "Có"}


@pytest.mark.parametrize(
    ("translation", "detail"),
    [
        (quizzes(1, language="vi", options=("Có", "Không", "Có lẽ")), "vi 1"),
        (json.dumps([{"quizzes": [{"id": 1, "title": "x", "quiz": []}]}]), "vi"),
    ],
)
def test_a_translation_that_asks_something_else_is_said(translation, detail):
    course = import_course(changed(**{"quiz-app/x/translations/vi.json": translation}))

    differing = [values["detail"] for _, values in lines(course, Reason.QUIZ_TRANSLATION_DIFFERS)]
    assert differing == [detail]
    assert course.quizzes[0].items[0].prompt["en"] == "1? (en)"


def test_a_question_unreadable_in_one_language_is_kept_in_the_other():
    keyless = quizzes(1, language="vi").replace('"true"', '"false"')
    course = import_course(changed(**{"quiz-app/x/translations/vi.json": keyless}))

    assert course.quizzes[0].items[0].prompt == {"en": "1? (en)"}
    assert len(lines(course, Reason.QUESTION_WITHOUT_KEY)) == 1


def test_a_quiz_only_in_another_language_is_taken_in_it():
    course = import_course(
        changed(
            **{
                "quiz-app/src/assets/translations/en.json": quizzes(1),
                "quiz-app/src/assets/translations/vi.json": quizzes(2, language="vi"),
            }
        )
    )

    assert course.quizzes[1].items[0].prompt == {"vi": "2? (vi)"}


def test_questions_without_key_and_empty_quizzes_are_said():
    keyless = quizzes(1, 2).replace('"true"', '"false"')
    course = import_course(changed(**{"quiz-app/src/assets/translations/en.json": keyless}))

    assert course.quizzes == ()
    assert [values["quiz"] for _, values in lines(course, Reason.QUESTION_WITHOUT_KEY)] == [
        "1",
        "2",
    ]
    assert [values["quiz"] for _, values in lines(course, Reason.QUIZ_EMPTY)] == ["1", "2"]


def test_an_unreadable_quiz_file_is_said_and_its_links_too():
    course = import_course(changed(**{"quiz-app/src/assets/translations/en.json": "oops"}))

    assert lines(course, Reason.QUIZ_UNREADABLE) == [
        ("quiz-app/src/assets/translations/en.json", {})
    ]
    assert len(lines(course, Reason.QUIZ_MISSING)) == 4


def test_unwanted_quiz_languages_are_said():
    course = import_course(changed(**{"quiz-app/x/translations/fr.json": quizzes(1)}))

    assert ("quiz-app/x/translations/fr.json", {"language": "fr"}) in lines(
        course, Reason.LANGUAGE_NOT_WANTED
    )


def test_a_translation_that_asks_other_quizzes_is_said():
    path = f"translations/vi/{LESSON}"
    course = import_course(changed(**{path: BEGINNERS[path].replace("quiz/1", "quiz/2")}))

    assert lines(course, Reason.QUIZ_LINK_DIFFERS) == [
        (path, {"own": "1 2", "here": "2", "language": "vi"})
    ]


def test_a_quiz_two_lessons_ask_belongs_to_the_first():
    course = import_course(
        changed(**{"1-start/lessons/2-next/README.md": "# N\n\n[q](https://quiz.example/quiz/2)"})
    )

    assert [quiz.unit for quiz in course.quizzes if quiz.id == "2"] == [LESSON]


def test_a_translation_that_lost_a_part_is_said():
    path = f"translations/vi/{LESSON}"
    course = import_course(changed(**{path: "Chỉ còn đoạn cuối."}))

    assert lines(course, Reason.TRANSLATION_INCOMPLETE) == [
        (path, {"language": "vi", "parts": "0", "of": "2"})
    ]
    assert course.units[0].title == {"en": "Intro", "vi": "Intro"}
    assert lines(course, Reason.TITLE_FROM_ORIGINAL) == [(path, {"title": "Intro"})]


def test_texts_that_are_none_are_said():
    course = import_course(
        changed(
            **{
                "1-start/lessons/1-intro/pi.md": b"\xff\xfebad",
                "1-start/lessons/1-intro/nul.md": "a\0b",
                "wires.md": "---\ntitle: x\n---\n\n",
                "LICENSE": b"\xff\xff",
            }
        )
    )

    assert [path for path, _ in lines(course, Reason.NOT_TEXT)] == [
        "1-start/lessons/1-intro/nul.md",
        "1-start/lessons/1-intro/pi.md",
    ]
    assert [path for path, _ in lines(course, Reason.EMPTY_TEXT)] == ["wires.md"]
    assert ("LICENSE", {}) in lines(course, Reason.NOT_USED)


def test_utf_16_is_text_too():
    course = import_course(
        changed(**{"1-start/lessons/1-intro/pi.md": "# Rơ-le\r\n\r\nx".encode("utf-16")})
    )

    assert course.units[1].texts["en"].markdown == "# Rơ-le\n\nx"


def test_what_is_wrong_in_a_text_is_said():
    text = (
        "Intro without a title\n\n![](../../../images/relay.png) ![x](gone.png) ![y](broken.png) "
        "[js](javascript:1) ![far](https://a.example/x.png) [z](#nowhere) [out](../../../../x.md) "
        "[exe](tool.exe) ![svg](evil.svg) [see](../../../images/r.png) [md](gone.md)\n\n"
        "<iframe src='x'></iframe>\n\n<b>bold</b> <video> <name>\n"
    )
    course = import_course(
        changed(
            **{
                LESSON: text,
                f"translations/vi/{LESSON}": None,
                "1-start/lessons/1-intro/broken.png": "no picture",
                "1-start/lessons/1-intro/evil.svg": "<svg><script>x</script></svg>",
                "1-start/lessons/1-intro/tool.exe": "MZ",
            }
        )
    )

    folder_of_lesson = "1-start/lessons/1-intro"
    assert course.units[0].title == {"en": "Intro"}
    assert lines(course, Reason.TITLE_FROM_NAME) == [(LESSON, {"title": "Intro"})]
    assert lines(course, Reason.ALT_MISSING) == [(LESSON, {"address": "../../../images/relay.png"})]
    assert [values["address"] for _, values in lines(course, Reason.MISSING_IMAGE)] == [
        "gone.png",
        "broken.png",
        "evil.svg",
    ]
    assert lines(course, Reason.UNSAFE_ADDRESS) == [(LESSON, {"address": "javascript:1"})]
    assert lines(course, Reason.EXTERNAL_IMAGE) == [
        (LESSON, {"address": "https://a.example/x.png"})
    ]
    assert lines(course, Reason.BROKEN_ANCHOR) == [(LESSON, {"address": "#nowhere"})]
    assert [values["address"] for path, values in lines(course, Reason.BROKEN_LINK)][:3] == [
        "../../../../x.md",
        "tool.exe",
        "gone.md",
    ]
    assert lines(course, Reason.UNSUPPORTED_FILE) == [
        (f"{folder_of_lesson}/broken.png", {}),
        (f"{folder_of_lesson}/tool.exe", {}),
    ]
    assert lines(course, Reason.UNSAFE_IMAGE) == [(f"{folder_of_lesson}/evil.svg", {})]
    assert lines(course, Reason.HTML_REMOVED) == [(LESSON, {"tags": "iframe video"})]
    assert "images/r.png" in {asset.path for asset in course.assets}


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


PLAIN = {
    "course.yml": "title: Điện cơ bản\ntitle.en: Basic electricity\nlicence: CC-BY-4.0\n- odd\n",
    "01-an-toan/README.md": "# An toàn\n\n[Bài](01-dien-giat.md)",
    "01-an-toan/01-dien-giat.md": (
        "---\ntitle: Điện giật\n---\n\nĐừng chạm. ![Biển báo](../images/sign.svg)\n\n"
        "```quiz pre\n? Nguy hiểm?\n- [x] Có\n- [ ] Không\n```\n\nXem [phụ lục](../phu-luc.md).\n\n"
        "```quiz\n? Một?\n= 1\n```\n\n```quiz\n? Hai?\n= 2\n\n? Hỏng?\n```\n"
    ),
    "01-an-toan/01-dien-giat.en.md": (
        "# Electric shock\n\nDo not touch. ![Sign](../images/sign.svg)\n\n"
        "```quiz pre\n? Dangerous?\n- [x] Yes\n- [ ] No\n```\n"
    ),
    "01-an-toan/02-lap-bang-dien.md": "---\nkind: assignment\n---\n# Lắp bảng điện",
    "02-relay.md": "---\nkind: nonsense\n? odd\n---\n# Rơ-le",
    "phu-luc.md": "# Phụ lục",
    "images/sign.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>',
}


def test_a_plain_course_is_read():
    course = import_course(zipped(PLAIN))

    assert (course.layout, course.language) == (Layout.PLAIN, "vi")
    assert course.title == {"vi": "Điện cơ bản", "en": "Basic electricity"}
    assert course.metadata["licence"] == "CC-BY-4.0"
    assert [(unit.path, unit.kind.value, unit.section) for unit in course.units] == [
        ("01-an-toan/01-dien-giat.md", "lesson", "01-an-toan"),
        ("01-an-toan/02-lap-bang-dien.md", "assignment", "01-an-toan"),
        ("02-relay.md", "lesson", None),
        ("phu-luc.md", "page", None),
    ]
    assert course.units[0].title == {"vi": "Điện giật", "en": "Electric shock"}
    assert (course.assets[0].media_type, course.assets[0].width) == ("image/svg+xml", 20)
    assert lines(course, Reason.METADATA_LINE) == [
        ("course.yml", {"line": "- odd"}),
        ("02-relay.md", {"line": "? odd"}),
    ]


def test_written_quizzes_belong_to_their_lesson_in_both_languages():
    course = import_course(zipped(PLAIN))

    assert [(quiz.id, quiz.unit, quiz.place, len(quiz.items)) for quiz in course.quizzes] == [
        ("pre", "01-an-toan/01-dien-giat.md", QuizPlace.PRE, 1),
        ("check", "01-an-toan/01-dien-giat.md", QuizPlace.CHECK, 1),
        ("check-2", "01-an-toan/01-dien-giat.md", QuizPlace.CHECK, 1),
    ]
    assert course.quizzes[0].items[0].options[0].text == {"vi": "Có", "en": "Yes"}
    assert [values["detail"] for _, values in lines(course, Reason.QUESTION_WITHOUT_KEY)] == [
        "Hỏng?"
    ]


def test_a_course_may_be_written_in_another_language():
    files = {"course.yml": "language: en\n", "01-a.md": "# A", "01-a.vi.md": "# B"}

    course = import_course(zipped(files))

    assert course.language == "en"
    assert course.units[0].title == {"en": "A", "vi": "B"}


def test_a_course_translated_into_vietnamese_is_taken_for_english():
    course = import_course(
        zipped({"1.1 The key.md": "# A", "translations/vi/1.1 The key.md": "# B"})
    )

    assert course.language == "en"
    assert course.units[0].title == {"en": "A", "vi": "B"}


def test_two_texts_for_one_language_are_not_mixed():
    files = {"course.yml": "language: vi\n", "01-a.md": "# A", "01-a.vi.md": "# B"}

    course = import_course(zipped(files))

    assert course.units[0].title == {"vi": "A"}
    assert lines(course, Reason.LANGUAGE_TWICE) == [("01-a.vi.md", {"language": "vi"})]


def test_a_course_file_that_is_no_text_is_said():
    course = import_course(zipped({"course.yml": b"\xff\xff", "01-a.md": "# A"}))

    assert lines(course, Reason.NOT_TEXT) == [("course.yml", {})]


def test_the_layout_that_finds_more_lessons_wins():
    files = {f"Module01/{number:02}-x.md": "# X" for number in (1, 2, 3)}

    course = import_course(
        zipped({**files, "Module01/README.md": "# M", "Module02/README.md": "# N"})
    )

    assert course.layout is Layout.PLAIN


def test_empty_folders_of_the_wrapper_do_not_stop_the_search():
    course = import_course(zipped({"a/b/01-x.md": "# X"}))

    assert [unit.path for unit in course.units] == ["01-x.md"]
