"""A small course in the layout of the Beginners courses, and ways to change and to ask it."""

import json

from tests.courses.authoring.core.folders import png, zipped

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


def changed(**files):
    """The example with some files changed; None takes one away."""
    paths = {**BEGINNERS, **files}
    return zipped({path: content for path, content in paths.items() if content is not None})


def lines(course, reason):
    return [(line.path, dict(line.values)) for line in course.report.lines if line.reason is reason]
