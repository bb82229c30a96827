"""Texts of a course folder: what is lost, broken or unsafe in them is said."""

from courses.authoring.core.course import Reason
from courses.authoring.core.importer import import_course
from tests.courses.authoring.core.example import LESSON, changed, lines


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
