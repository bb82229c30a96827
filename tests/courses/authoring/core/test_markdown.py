import pytest

from courses.authoring.core.markdown import (
    Heading,
    Reference,
    headings,
    parse,
    quiz_info,
    references,
    slug,
    title_of,
    words,
)


def test_headings_have_the_anchors_github_gives_them():
    text = (
        "# Mạch **điện** `R`\n\n## 🚀 Thử thách!\n\n## What is the 'IoT'?\n\n## Same\n\n## Same\n"
    )

    assert [heading for _, heading in headings(parse(text).tokens)] == [
        Heading(1, "Mạch điện R", "mạch-điện-r"),
        Heading(2, "🚀 Thử thách!", "-thử-thách"),
        Heading(2, "What is the 'IoT'?", "what-is-the-iot"),
        Heading(2, "Same", "same"),
        Heading(2, "Same", "same-1"),
    ]


def test_the_title_is_the_first_heading_of_the_first_level():
    assert title_of(parse("## Join us\n\n# IoT\n\n# Other").tokens) == "IoT"
    assert title_of(parse("## Only parts").tokens) == ""
    assert title_of(parse("").tokens) == ""


def test_slugs_keep_letters_of_every_language():
    assert slug("Đo điện_áp - 5V (DC)") == "đo-điện_áp---5v-dc"


def test_references_are_found_in_markdown_and_in_html():
    text = (
        "![A **relay**](a.png 't') and [the page *here*](b.md) [![v](c.png)](https://d.example)\n\n"
        '<p><a href="e.md">e</a><a>none</a><img src="f.png" alt="F"><img alt="none"></p>\n\n'
        'x <img src="g.png"> www.h.example\n'
    )

    assert list(references(parse(text).tokens)) == [
        Reference("a.png", "A relay", is_image=True),
        Reference("b.md", "the page here", is_image=False),
        Reference("https://d.example", "v", is_image=False),
        Reference("c.png", "v", is_image=True),
        Reference("e.md", "", is_image=False),
        Reference("f.png", "F", is_image=True),
        Reference("g.png", "", is_image=True),
        Reference("http://www.h.example", "www.h.example", is_image=False),
    ]


def test_words_have_no_marks():
    token = parse("a **b** `c`\nd<br>e ![f](g) <b>h</b>").tokens[1]

    assert words(token) == "a b c d e f h"


def test_short_names_become_pictures_outside_code():
    token = parse(":white_check_mark: 10:30:45 :no_such_name: `:warning:`").tokens[1]

    assert words(token) == "✅ 10:30:45 :no_such_name: :warning:"


@pytest.mark.parametrize(
    ("fence", "info"),
    [("quiz", ""), ("quiz pre #a", "pre #a"), ("quizzes", None), ("python", None), ("", None)],
)
def test_a_quiz_fence_is_named_quiz(fence, info):
    assert quiz_info(parse(f"```{fence}\nx\n```").tokens[0]) == info


def test_only_fences_hold_quizzes():
    assert quiz_info(parse("quiz").tokens[0]) is None
