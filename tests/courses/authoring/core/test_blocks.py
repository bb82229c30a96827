import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.core.blocks import BlockKind, split, translated
from courses.authoring.core.course import QuizTarget, UnitKind, UnitTarget

LESSON = """# Relay

A relay is a switch that a current turns.

![A relay](relay.png)

## How it works

The coil pulls the armature.

> 🎓 The armature is the part that moves.

> [!WARNING]
> Mains voltage kills.

```cpp
digitalWrite(RELAY, HIGH);
```

[Film](https://youtu.be/abc)

[Quiz](https://quiz.example/quiz/1)

## Your turn

[Assignment](assignment.md)

Read [more](pi.md) first.
"""
TARGETS = {
    "https://quiz.example/quiz/1": QuizTarget("1"),
    "assignment.md": UnitTarget("a/assignment.md", UnitKind.ASSIGNMENT),
    "pi.md": UnitTarget("a/pi.md", UnitKind.PAGE),
}


def kinds(blocks):
    return [block.kind.value for block in blocks]


def test_a_lesson_falls_into_blocks():
    blocks = split(LESSON, TARGETS)

    assert [(block.kind.value, block.anchor, block.reference) for block in blocks] == [
        ("text", "", ""),
        ("image", "", "relay.png"),
        ("text", "how-it-works", ""),
        ("callout", "how-it-works", ""),
        ("callout", "how-it-works", "warning"),
        ("code", "how-it-works", "cpp"),
        ("video", "how-it-works", "https://youtu.be/abc"),
        ("quiz", "how-it-works", "1"),
        ("text", "your-turn", ""),
        ("assignment", "your-turn", "assignment.md"),
        ("text", "your-turn", ""),
    ]
    assert blocks[2].markdown == "## How it works\n\nThe coil pulls the armature."


def test_targets_change_kinds_but_not_where_blocks_begin():
    assert [block.markdown for block in split(LESSON)] == [
        block.markdown for block in split(LESSON, TARGETS)
    ]


def test_indented_code_quizzes_and_plain_quotes():
    quizzes = "```quiz pre #warm-up\n? x\n```\n\n```quiz post\n? x\n```\n\n```quiz\n```"
    text = f"    code\n\n{quizzes}\n\n> q"

    blocks = split(text)

    assert kinds(blocks) == ["code", "quiz", "quiz", "quiz", "text"]
    assert [block.reference for block in blocks] == ["", "warm-up", "post", "check", ""]


@pytest.mark.parametrize(
    "paragraph",
    ["See [a](a.md).", "[a](a.md) [b](b.md)", "![a](a.png) and ![b](b.png)", "![a](a) text"],
)
def test_a_paragraph_with_more_than_one_thing_is_text(paragraph):
    assert kinds(split(f"Before.\n\n{paragraph}\n\nAfter.")) == ["text"]


def test_what_raw_html_encloses_stays_together():
    text = (
        "<details>\n<summary>Answer</summary>\n\n## Part\n\n```sh\nls\n```\n\n![a](a.png)\n\n"
        "</details>\n\n```sh\npwd\n```\n\n</div>\n\nEnd.\n"
    )

    blocks = split(text)

    assert kinds(blocks) == ["text", "code", "text"]
    assert blocks[0].markdown.endswith("</details>")


def test_footnotes_are_one_block():
    blocks = split("A[^1] b[^2].\n\n```sh\nls\n```\n\n[^1]: One.\n[^2]: Two.\n")

    assert kinds(blocks) == ["text", "code", "text"]


def test_ids_are_those_of_the_content():
    once, again = split(LESSON), split(LESSON.replace("turns.", "turns.\n"))

    assert [block.id for block in once] == [block.id for block in again]
    assert all(len(block.id) == 12 for block in once)


def test_the_same_words_twice_are_two_blocks():
    blocks = split("```sh\nls\n```\n\n```sh\nls\n```\n")

    assert blocks[1].id == blocks[0].id + "-2"


def ids_by_text(blocks):
    return {block.markdown: block.id for block in blocks}


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("A relay is a switch", "A relay is an electric switch", 0),
        ("![A relay](relay.png)", "![A relay, opened](relay.png)", 1),
        ("The coil pulls the armature.", "Whatever else one may say about it.", 2),
        ("the part that moves", "the moving part that moves", 3),
        ("[Film](https", "[A film](https", 6),
        ("[Quiz](https", "[A quiz](https", 7),
    ],
)
def test_a_corrected_block_keeps_its_id(old, new, changed):
    before = split(LESSON, TARGETS)

    after = split(LESSON.replace(old, new), TARGETS, before)

    assert [block.id for block in after] == [block.id for block in before]
    assert after[changed].markdown != before[changed].markdown


def test_a_block_that_says_something_else_is_new():
    before = split(LESSON, TARGETS)

    after = split(LESSON.replace("digitalWrite(RELAY, HIGH);", "delay(100);"), TARGETS, before)

    assert after[5].id not in {block.id for block in before}


def test_moved_blocks_keep_their_ids():
    before = split("Alpha beta.\n\n```sh\nls\n```\n\n## Part\n\nGamma delta.\n")

    after = split("## Part\n\nGamma delta.\n\n```sh\nls\n```\n\nAlpha beta.\n", previous=before)

    old, new = ids_by_text(before), ids_by_text(after)
    assert new["```sh\nls\n```"] == old["```sh\nls\n```"]
    assert new["Alpha beta."] == old["Alpha beta."]


def test_the_id_of_a_deleted_block_is_not_given_again():
    before = split("```sh\nls\n```\n\n```sh\nls\n```\n")

    after = split("```sh\nls\n```\n\nText.\n\n```sh\nls\n```\n\n```sh\nls\n```\n", previous=before)

    assert [block.id for block in after if block.kind is BlockKind.CODE][:2] == [
        block.id for block in before
    ]
    assert len({block.id for block in after}) == 4


paragraphs = st.lists(
    st.sampled_from(
        [
            "Alpha beta gamma.",
            "Delta epsilon.",
            "## Part one",
            "## Part two",
            "```sh\nls\n```",
            "```py\nx\n```",
            "![a](a.png)",
            "> 💁 note",
            "[f](https://youtu.be/x)",
            "- a\n- b",
            "<details>\n",
            "</details>\n",
        ]
    ),
    max_size=10,
)


@given(paragraphs, paragraphs)
def test_ids_are_unique_and_unchanged_blocks_keep_theirs(first, second):
    before = split("\n\n".join(first))
    after = split("\n\n".join(second), previous=before)

    assert len({block.id for block in after}) == len(after)
    kept = {block.id for block in after}
    same = {block.markdown for block in before} & {block.markdown for block in after}
    for text in same:
        assert any(block.id in kept for block in before if block.markdown == text)
    assert split("\n\n".join(first), previous=before) == before


@given(paragraphs)
def test_nothing_of_a_lesson_is_lost(pieces):
    text = "\n\n".join(pieces)

    assert "".join("".join(block.markdown for block in split(text)).split()) == "".join(
        text.split()
    )


def test_a_translation_takes_the_ids_of_its_original():
    original = split(LESSON, TARGETS)
    text = LESSON.replace("A relay is a switch that a current turns.", "Rơ-le là công tắc.")
    text = text.replace("The coil pulls the armature.", "Cuộn dây hút phần ứng.")
    translation = translated(split(text, TARGETS), original)

    assert [block.id for block in translation] == [block.id for block in original]


def test_a_translation_that_lost_a_part_takes_what_fits():
    original = split("One.\n\n```sh\nls\n```\n\n![a](a.png)\n\nTwo.\n")
    translation = split("Một.\n\n![a](a.vi.png)\n\n```py\nx\n```\n\nHai.\n")

    named = translated(translation, original)

    assert named[0].id == original[0].id
    assert named[1].id == original[2].id
    assert named[2].id == translation[2].id
    assert named[3].id == original[3].id


def test_a_translations_own_id_gives_way_to_the_originals():
    original = split("```sh\nls\n```\n")
    translation = split("```py\nx\n```\n\n```sh\nls\n```\n")
    clash = [translation[0].__class__(original[0].id, *list(vars(translation[0]).values())[1:])]

    named = translated([*clash, translation[1]], original)

    assert [block.id for block in named] == [f"{original[0].id}-2", original[0].id]
