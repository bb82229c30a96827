import re

import pytest

from courses.authoring.core.blocks import split
from courses.authoring.core.html import Image, Surroundings, Words
from courses.authoring.core.markdown import Heading
from courses.authoring.core.render import Problem, render, render_lesson

PAGES = {"pi.md": "/units/7", "https://quiz.example/quiz/1": "/quizzes/1"}
PICTURES = {"a.png": Image("/files/a", 300, 200), "b.png": Image("/files/b")}
WORDS = Words(callouts={"note": "Ghi chú", "warning": "Cảnh báo"}, footnote_back="Về bài")
AROUND = Surroundings(link=PAGES.get, image=PICTURES.get, words=WORDS)


def lesson(text):
    return render_lesson(text, split(text), AROUND)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** ~~b~~", "<p><strong>a</strong> <s>b</s></p>"),
        ("[a](pi.md)", '<p><a href="/units/7" rel="noopener">a</a></p>'),
        ('[a](pi.md "b<c")', '<p><a href="/units/7" title="b&lt;c" rel="noopener">a</a></p>'),
        ("[a](gone.md)", '<p><a rel="noopener">a</a></p>'),
        ("[a](#Part-A)", '<p><a href="#u-part-a" rel="noopener">a</a></p>'),
        (
            "[a](https://a.example/?b=c&d)",
            '<p><a href="https://a.example/?b=c&amp;d" rel="noopener">a</a></p>',
        ),
        (
            "[a](https://quiz.example/quiz/1)",
            '<p><a href="/quizzes/1" rel="noopener">a</a></p>',
        ),
        ("<a href='pi.md'>a</a>", '<p><a href="/units/7" rel="noopener">a</a></p>'),
        (
            "![A relay](a.png)",
            '<p><img src="/files/a" alt="A relay" width="300" height="200" loading="lazy"></p>',
        ),
        (
            '![b](b.png "t")',
            '<p><img src="/files/b" alt="b" title="t" loading="lazy"></p>',
        ),
        (
            '<img src="a.png" width="90%" height="20" onload="x">',
            '<img src="/files/a" loading="lazy" height="20">',
        ),
        ("![lost](gone.png)", '<p><span class="md-no-image">lost</span></p>'),
        (
            "![far](https://a.example/x.png)",
            '<p><a class="md-image-link" href="https://a.example/x.png" rel="noopener">far</a></p>',
        ),
        (
            "![](https://a.example/x.png)",
            (
                '<p><a class="md-image-link" href="https://a.example/x.png" rel="noopener">'
                "https://a.example/x.png</a></p>"
            ),
        ),
        (
            "[![film](https://a.example/x.png)](https://b.example)",
            (
                '<p><a href="https://b.example" rel="noopener">'
                '<span class="md-no-image">film</span></a></p>'
            ),
        ),
        ("ssh pi@<IP address>", "<p>ssh pi@&lt;IP address&gt;</p>"),
        ("a<sup>2</sup> <!-- x -->b", "<p>a<sup>2</sup> b</p>"),
        (
            "- [x] done\n- [ ] open",
            '<ul>\n<li class="md-task">☑ done</li>\n<li class="md-task">☐ open</li>\n</ul>',
        ),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
        (
            "> [!NOTE]\n> a",
            (
                '<div class="md-callout md-note">\n<p class="md-callout-title">Ghi chú</p>\n'
                "<p>a</p>\n</div>"
            ),
        ),
        (
            "> [!TIP]\n> a",
            '<div class="md-callout md-tip">\n<p class="md-callout-title"></p>\n<p>a</p>\n</div>',
        ),
        (
            "|a|b|\n|-|-:|\n|c|d|",
            (
                '<div class="md-table" tabindex="0"><table>\n<thead>\n<tr>\n'
                '<th scope="col">a</th>\n<th scope="col" class="md-right">b</th>\n'
                "</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n"
                '<td class="md-right">d</td>\n</tr>\n</tbody>\n</table></div>'
            ),
        ),
        (
            "```python\nx = 1\n```",
            (
                '<pre class="md-code" tabindex="0"><code><span class="hl-n">x</span> '
                '<span class="hl-o">=</span> <span class="hl-mi">1</span>\n</code></pre>'
            ),
        ),
        (
            "```no-such-language\na<b\n```",
            '<pre class="md-code" tabindex="0"><code>a&lt;b\n</code></pre>',
        ),
        ("    a<b", '<pre class="md-code" tabindex="0"><code>a&lt;b\n</code></pre>'),
        ("a\n\n```quiz\n? b\n```\n", "<p>a</p>"),
    ],
)
def test_markdown_is_shown(text, html):
    shown = render(text, AROUND).strip()

    assert re.sub(r'(<span class="hl-w">)?( )(</span>)?', r"\2", shown) == html


def test_footnotes_lead_there_and_back():
    html = render("a[^1] b[^1]\n\n[^1]: c", AROUND)

    called = re.findall(r'href="#(u-fn1)" id="(u-fnref1(?::1)?)"', html)
    back = re.findall(r'href="#(\S+)" class="footnote-backref" aria-label="Về bài"', html)
    assert [target for target, _ in called] == ["u-fn1", "u-fn1"]
    assert back == [anchor for _, anchor in called] == ["u-fnref1", "u-fnref1:1"]
    assert html.count('id="u-fn1"') == 1


def test_the_title_is_the_pages_and_headings_follow_from_h2():
    shown = lesson("# Title\n\na\n\n### Part\n\nb\n\n#### Piece\n\n###### Bit\n")

    assert shown.headings == (
        Heading(2, "Part", "u-part"),
        Heading(3, "Piece", "u-piece"),
        Heading(5, "Bit", "u-bit"),
    )
    assert "Title" not in shown.html
    assert '<h2 id="u-part">Part</h2>' in shown.html
    assert '<h5 id="u-bit">Bit</h5>' in shown.html


def test_a_second_title_is_a_part_like_others():
    shown = lesson("## Before\n\n# Title\n\n## After\n")

    assert [heading.level for heading in shown.headings] == [3, 2, 3]
    assert "<h1" not in shown.html


def test_a_lesson_comes_in_its_blocks():
    shown = lesson("# T\n\nText.\n\n```quiz\n? q\n- [x] a\n- [ ] b\n```\n\n```sh\nls\n```\n")

    assert [block.block.kind for block in shown.blocks] == ["text", "quiz", "code"]
    assert [block.html.strip()[:5] for block in shown.blocks] == ["<p>Te", "", "<pre "]
    assert shown.html == "".join(block.html for block in shown.blocks)


def test_link_definitions_serve_the_whole_lesson():
    assert 'href="https://a.example"' in lesson("[a]\n\n---\n\n# B\n\n[a]: https://a.example").html


def test_what_to_mend_is_said_in_order():
    text = (
        "![](a.png)\n\n![x](gone.png) [y](gone.md) [z](javascript:1) [m](mailto:a@b.example)\n\n"
        "[n](#p) [ok](pi.md) ![far](https://a.example/x.png) [s](//a.example)"
    )

    assert lesson(text).problems == (
        Problem("alt-missing", "a.png"),
        Problem("image-missing", "gone.png"),
        Problem("link-broken", "gone.md"),
        Problem("address-unsafe", "javascript:1"),
    )
