from hypothesis import given
from hypothesis import strategies as st

from edu.search.core.analysis import parse
from edu.search.core.highlight import SNIPPET_WORDS, marked, snippet


def shown(parts) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts)


def test_neighbouring_words_become_one_mark():
    assert shown(marked("Máy lạnh, lạnh máy", parse("máy lạnh"))) == "[Máy lạnh], [lạnh máy]"


def test_only_the_right_accents_are_marked_where_there_are_any():
    assert shown(marked("dẫn dân dan", parse("dẫn"))) == "[dẫn] dân dan"
    assert shown(marked("dân dan", parse("dẫn"))) == "[dân dan]"
    assert shown(marked("dẫn dân", parse("dan"))) == "[dẫn dân]"


def test_a_snippet_shows_where_most_of_the_query_stands():
    filler = "chữ " * 100
    text = f"{filler} lạnh {filler} tủ điện lạnh công nghiệp {filler}"

    found = shown(snippet(text, parse("điện lạnh")))

    assert "tủ [điện lạnh] công nghiệp" in found
    assert found.startswith("… chữ")
    assert found.endswith("chữ …")
    assert len(found.split()) <= SNIPPET_WORDS + 2


def test_a_snippet_of_what_is_not_there_is_the_beginning():
    assert shown(snippet("Một hai ba.", parse("bốn"))) == "Một hai ba."
    assert shown(snippet("một " * 50, parse(""))).startswith("một một")


def test_a_text_without_words_has_no_snippet():
    assert snippet(" ?! ", parse("a")) == ()


@given(st.text(), st.text())
def test_parts_put_together_are_the_text(text, query):
    parts = marked(text, parse(query))

    assert marked("".join(part.text for part in parts), parse(query)) == parts
    assert all(part.text for part in parts)


@given(st.text(alphabet="ab đé.\n", max_size=600), st.sampled_from(["a", "b đ", "e"]))
def test_a_snippet_is_a_stretch_of_the_text(text, query):
    parts = snippet(text, parse(query))

    stretch = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")
    assert stretch in " ".join(text.split())
