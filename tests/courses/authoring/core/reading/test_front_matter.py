import pytest

from courses.authoring.core.reading.front_matter import FrontMatter, split_front_matter


def test_front_matter_is_taken_off():
    text = '---\ntitle: "Điện cơ bản"\nkind: assignment\n# note\n\n---\n\n# Text\n'

    assert split_front_matter(text) == FrontMatter(
        {"title": "Điện cơ bản", "kind": "assignment"}, "# Text\n"
    )


def test_maps_are_read_flat():
    text = "---\ntitle:\n  vi: Điện\n  en: 'Power'\nurl: https://a.example:80/x\nempty:\n---\nx"

    assert split_front_matter(text).values == {
        "title.vi": "Điện",
        "title.en": "Power",
        "url": "https://a.example:80/x",
    }


def test_lines_it_cannot_read_are_named():
    text = "---\ntags: [a, b]\n- item\n  stray: x\n!!python/object: x\n---\nx"

    front = split_front_matter(text)

    assert front.values == {"tags": "[a, b]"}
    assert front.unread == ("- item", "stray: x", "!!python/object: x")


@pytest.mark.parametrize(
    "text", ["# Text", "---\nno end", "x\n---\na: b\n---\n", "----\na: b\n----"]
)
def test_other_texts_have_none(text):
    assert split_front_matter(text) == FrontMatter({}, text)


def test_a_byte_order_mark_is_no_text():
    assert split_front_matter("\ufeff# Text").body == "# Text"
    assert split_front_matter("\ufeff---\na: b\n---\nx") == FrontMatter({"a": "b"}, "x")


def test_the_translators_note_is_kept_apart():
    text = '<!--\nCO_OP_TRANSLATOR_METADATA:\n{"language_code": "vi", "n": 1}\n-->\n# Text\n'

    front = split_front_matter(text)

    assert front.body == "# Text\n"
    assert front.translator == {"language_code": "vi", "n": "1"}


def test_a_note_that_is_no_json_is_kept_as_it_is():
    front = split_front_matter("<!-- CO_OP_TRANSLATOR_METADATA: {oops} -->\nx")

    assert front.translator == {"note": "{oops}"}
    assert front.body == "x"


def test_other_comments_stay():
    assert split_front_matter("<!-- hello -->\nx").body == "<!-- hello -->\nx"
