"""The two walls between a lesson's Markdown and our pages.

`write` turns tokens into HTML; `clean` keeps of it only what is listed here, so nothing rests on
Markdown being harmless. Ids and in-page links get the prefix "u-", classes are ours alone, and no
style attribute survives: a lesson can neither imitate nor disturb the page around it. Addresses are
resolved in the second wall, whether they came from Markdown or from raw HTML.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import cast

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from courses.authoring.core.markdown import PARSER, Document, quiz_info, words
from courses.authoring.core.paths import is_external

ANCHOR_PREFIX = "u-"
HIGHLIGHT_PREFIX = "hl-"
SCHEMES = frozenset({"http", "https", "mailto"})

_BLOCKS = "p div section blockquote pre hr br ul ol li dl dt dd details summary figure figcaption"
_HEADINGS = "h2 h3 h4 h5 h6"
_INLINE = "a img span strong em b i u s del ins mark sub sup small kbd samp var code q cite abbr"
_TABLE = "table caption thead tbody tfoot tr th td"
_TAGS = frozenset(f"{_BLOCKS} {_HEADINGS} {_INLINE} {_TABLE}".split())
_REFUSED = (
    "script style iframe object embed applet form input button select option optgroup textarea "
    "label fieldset legend svg math video audio source track picture link meta base title head "
    "body html frame frameset noframes noscript noembed template canvas map area marquee blink "
    "xmp plaintext param portal slot dialog menu output progress meter main"
)
_HTML_NAMES = nh3.ALLOWED_TAGS | frozenset(_REFUSED.split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "details": {"open"},
}
_FIXED_VALUES = {
    "th": {"scope": {"col", "row"}},
    "pre": {"tabindex": {"0"}},
    "div": {"tabindex": {"0"}},
}
_IMAGE_ALWAYS = {"img": {"loading": "lazy"}}
_NUMBERS = frozenset({"width", "height", "start", "colspan", "rowspan"})
_OUR_CLASSES = ("md-", HIGHLIGHT_PREFIX, "footnote")

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True, classprefix=HIGHLIGHT_PREFIX)


@dataclass(frozen=True)
class Image:
    """Where a picture of the lesson is served from, and its size in pixels where known."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Words:
    """What the renderer says itself; the page gives it in the reader's language."""

    callouts: Mapping[str, str] = field(default_factory=dict)
    """Title of a callout by kind: note, tip, important, warning, caution."""
    footnote_back: str = ""
    """Name, for screen readers, of the arrow back to where a footnote was called."""


@dataclass(frozen=True)
class Surroundings:
    """The page that a text is shown on.

    link gives the page's address for an address in the text that leads into the course, image the
    picture for one that names it; both answer None for what they do not know. An external link is
    then kept as it is, an external image becomes a link to it (our pages load nothing from
    strangers), and anything else loses its address and keeps its words.
    """

    link: Callable[[str], str | None]
    image: Callable[[str], Image | None]
    words: Words = field(default_factory=Words)


def write(tokens: Sequence[Token], document: Document, around: Surroundings) -> str:
    """The tokens, some or all of the document's, as safe HTML."""
    writer = _Writer(around)
    return clean(writer.render(tokens, PARSER.options, document.env), around)


def clean(html: str, around: Surroundings) -> str:
    """Of any HTML, only the tags and attributes listed above, with addresses resolved."""

    def keep(_tag: str, name: str, value: str) -> str | None:
        if name == "class":
            ours = [word for word in value.split() if word.startswith(_OUR_CLASSES)]
            return " ".join(ours) or None
        if name == "href":
            return _href(value, around)
        if name == "id":
            return value.lower()
        if name == "src":
            image = around.image(value)
            return image.url if image else None
        if name in _NUMBERS and not (value.isascii() and value.isdecimal()):
            return None
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values=_FIXED_VALUES,
        set_tag_attribute_values=_IMAGE_ALWAYS,
        attribute_filter=keep,
        url_schemes=SCHEMES,
        id_prefix=ANCHOR_PREFIX,
        link_rel="noopener",
    )


def is_unsafe(address: str) -> bool:
    """True for an address no page of ours may follow, such as javascript:, data: or file:."""
    scheme = address.split(":", 1)[0].lower()
    return is_external(address) and not address.startswith("//") and scheme not in SCHEMES


def _href(address: str, around: Surroundings) -> str | None:
    if address.startswith("#"):
        return f"#{ANCHOR_PREFIX}{address[1:].lower()}"  # as GitHub forgives it
    if is_unsafe(address):
        return None
    return around.link(address) or (address if is_external(address) else None)


def _highlighted(code: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language.lower()) if language else None
    except ClassNotFound:
        lexer = None
    return highlight(code, lexer, _FORMATTER) if lexer else escapeHtml(code)


class _Writer(RendererHTML):
    """Tokens to HTML. A method named like a type of token writes it; markdown-it finds them so."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._in_link = False
        self.rules = {
            **cast("RendererHTML", PARSER.renderer).rules,
            **self.rules,
        }  # footnotes bring their own

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        token = tokens[idx]
        if quiz_info(token) is not None:
            return ""
        language = token.info.split()[0] if token.info.strip() else ""
        code = _highlighted(token.content, language)
        return f'<pre class="md-code" tabindex="0"><code>{code}</code></pre>\n'

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return self.fence(tokens, idx, options, env)

    def table_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        del tokens, idx
        return '<div class="md-table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        del tokens, idx
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return f'<th scope="col"{_alignment(tokens[idx])}>'

    def td_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return f"<td{_alignment(tokens[idx])}>"

    def list_item_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        del options, env
        checked = tokens[idx].meta.get("checked")
        if checked is None:
            return "<li>"
        return '<li class="md-task">' + ("☑ " if checked else "☐ ")

    def alert_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        return f'<div class="md-callout md-{_kind(tokens[idx])}">\n'

    def alert_title_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """The title's own words are English; ours replace them."""
        title = self._around.words.callouts.get(_kind(tokens[idx - 1]), "")
        inline = tokens[idx + 1]
        inline.children = [Token("text", "", 0, content=title)]
        return '<p class="md-callout-title">'

    def link_open(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        self._in_link = True
        token = tokens[idx]
        title = token.attrGet("title")
        titled = f' title="{escapeHtml(str(title))}"' if title else ""
        return f'<a href="{escapeHtml(str(token.attrs["href"]))}"{titled}>'

    def link_close(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        del tokens, idx
        self._in_link = False
        return "</a>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        del options, env
        token = tokens[idx]
        address, alt = str(token.attrs["src"]), escapeHtml(words(token))
        image = self._around.image(address)
        if image is None:
            return self._image_elsewhere(address, alt)
        size = f' width="{image.width}"' if image.width else ""
        size += f' height="{image.height}"' if image.height else ""
        title = token.attrGet("title")
        titled = f' title="{escapeHtml(str(title))}"' if title else ""
        return f'<img src="{escapeHtml(address)}" alt="{alt}"{titled}{size}>'

    def _image_elsewhere(self, address: str, alt: str) -> str:
        """A picture we do not have, in words: linked to where it is, unless a link already."""
        if self._in_link or not is_external(address):
            return f'<span class="md-no-image">{alt}</span>'
        shown = alt or escapeHtml(address)
        return f'<a class="md-image-link" href="{escapeHtml(address)}">{shown}</a>'

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        meta = tokens[idx].meta
        call = f"fnref{meta['id'] + 1}" + (f":{meta['subId']}" if meta["subId"] else "")
        label = escapeHtml(self._around.words.footnote_back)
        return f' <a href="#{call}" class="footnote-backref" aria-label="{label}">↩︎</a>'

    def html_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Raw HTML; but "<your password>" is no HTML: it is a placeholder, to be read."""
        del options, env
        html = tokens[idx].content
        known = html.startswith("<!") or _html_name(html) in _HTML_NAMES
        return html if known else escapeHtml(html)


def _alignment(cell: Token) -> str:
    side = str(cell.attrGet("style") or "").removeprefix("text-align:")
    return f' class="md-{side}"' if side else ""


def _kind(alert: Token) -> str:
    return str(alert.meta["kind"]).lower()


def refused_tags(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The names of the raw HTML elements in a text that will not be shown, each once, sorted."""
    reader = _TagReader()
    for token in tokens:
        for piece in (token, *(token.children or ())):
            if piece.type == "html_block" or (
                piece.type == "html_inline" and _html_name(piece.content) in _HTML_NAMES
            ):
                reader.feed(piece.content)
    return tuple(sorted(reader.names - _TAGS))


class _TagReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.names.add(tag)


def _html_name(html: str) -> str:
    return "".join(html.strip("</>").split()[:1]).lower()
