import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from courses.authoring.core.blocks import split
from courses.authoring.core.html import Image, Surroundings
from courses.authoring.core.render import render, render_lesson
from tests.courses.authoring.core.hostile import VECTORS

GENEROUS = Surroundings(
    link=lambda address: f"/units/{len(address)}", image=lambda _: Image("/a.png")
)
STRICT = Surroundings(link=lambda _: None, image=lambda _: None)

TAGS = (
    "p div section blockquote pre hr br ul ol li dl dt dd details summary figure figcaption "
    "h2 h3 h4 h5 h6 a img span strong em b i u s del ins mark sub sup small kbd samp var code q "
    "cite abbr table caption thead tbody tfoot tr th td"
)
ATTRIBUTES = (
    "id class title lang dir href src alt width height start colspan rowspan open scope tabindex "
    "rel loading aria-label"
)
ADDRESS = re.compile(r"(https?://|mailto:|//|/units/|/a\.png$|#u-)")


class Inspector(HTMLParser):
    """Fails on anything a page must not get, as a browser's tokenizer would see it."""

    def handle_starttag(self, tag, attrs):
        inspect(tag, dict(attrs))

    def handle_comment(self, data):
        pytest.fail(f"comment {data!r}")

    def handle_decl(self, decl):
        pytest.fail(f"declaration {decl!r}")


def inspect(tag, attributes):
    assert tag in TAGS.split()
    assert set(attributes) <= set(ATTRIBUTES.split())
    for name in ("href", "src"):
        if name in attributes:
            assert ADDRESS.match(attributes[name])
    for name in (attributes.get("class") or "").split():
        assert name.startswith(("md-", "hl-", "footnote"))
    if "id" in attributes:
        assert attributes["id"].startswith("u-")


def assert_harmless(html):
    reader = Inspector()
    reader.feed(html)
    reader.close()
    without_controls = re.sub(r"[^\t\n -\U0010ffff]", "", html)  # lxml takes none
    tree = lxml_html.fragment_fromstring(without_controls, create_parent="div")
    for element in tree.iterdescendants():
        inspect(element.tag, element.attrib)


def test_there_are_enough_ways():
    assert len(set(VECTORS)) == len(VECTORS) >= 200


@pytest.mark.parametrize("around", [GENEROUS, STRICT], ids=["generous", "strict"])
@pytest.mark.parametrize("vector", VECTORS)
def test_no_program_reaches_the_page(vector, around):
    assert_harmless(render(vector, around))
    assert_harmless(render_lesson(vector, split(vector), around).html)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_program_hides_between_honest_words(vector):
    text = f"# Title\n\nBefore {vector} after\n\n> quoted\n> {vector}\n\n- {vector}\n"

    html = render_lesson(text, split(text), GENEROUS).html

    assert_harmless(html)
    assert "Before" in html


@given(st.lists(st.sampled_from(VECTORS), min_size=2, max_size=4), st.sampled_from(["", "\n\n"]))
def test_no_program_is_made_of_several(vectors, between):
    assert_harmless(render(between.join(vectors), GENEROUS))


@given(st.text(alphabet="<>\"'=/ &;:#!-[]()`\n|aonx1", max_size=60))
def test_no_program_is_found_by_chance(text):
    assert_harmless(render(text, GENEROUS))
