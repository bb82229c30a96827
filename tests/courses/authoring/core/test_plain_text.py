import pytest

from courses.authoring.core.plain_text import PlainText, plain_text, reading_minutes

TEXT = """# Relay

A **relay** is a [switch](a.md).
It has ![a coil](a.png) and a `pin`.

```cpp
digitalWrite(1);
```

    indented

```quiz
? Why?
- [x] So
```

| a | |
|---|---|
| b | c |

<p>raw</p>
"""


def test_marks_quizzes_and_raw_html_are_left_out():
    assert plain_text(TEXT) == PlainText(
        prose="Relay\nA relay is a switch. It has a coil and a pin.\na\nb\nc",
        code="digitalWrite(1);\nindented\n",
        images=1,
    )


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        (PlainText("", "", 0), "en", 1),
        (PlainText("word " * 2380, "", 0), "en", 10),
        (PlainText("tiếng " * 3200, "", 0), "vi", 10),
        (PlainText("tiếng " * 3200, "", 0), "vi-VN", 10),
        (PlainText("word " * 1190, "x " * 595, 12), "en-GB", 12),
    ],
)
def test_reading_takes_about_so_long(text, language, minutes):
    assert reading_minutes(text, language) == minutes
