"""Courses of numbered files in our own plain layout."""

from courses.authoring.core.course import Layout, QuizPlace, Reason
from courses.authoring.core.importer import import_course
from tests.courses.authoring.core.example import lines
from tests.courses.authoring.core.folders import zipped

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
