import pytest
from lxml import etree

from edu.storage.svg import DEEPEST, MOST_ELEMENTS, SvgRefused, clean_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inside: str, attributes: str = "") -> bytes:
    return f"<svg {NAMESPACES} {attributes}>{inside}</svg>".encode()


def canonical(svg: bytes) -> bytes:
    """The same for drawings that say the same (exclusive: without namespaces that none uses)."""
    return etree.tostring(etree.fromstring(svg), method="c14n", exclusive=True)


def cleaned(inside: str, attributes: str = "") -> str:
    return clean_svg(drawing(inside, attributes)).decode()


def test_a_plain_drawing_stays_as_it_is():
    inside = (
        '<title>Máy lạnh</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient>'
        "</defs><style>.a { fill: red; stroke: url(#g) }</style>"
        '<g transform="scale(2)" style="fill:url(#g)"><path d="M0 0h1" class="a"/></g>'
        '<image href="data:image/png;base64,iVBORw0KGgo="/>'
    )

    before, after = drawing(inside, 'viewBox="0 0 9 9"'), cleaned(inside, 'viewBox="0 0 9 9"')
    assert canonical(after.encode()) == canonical(before)


def test_references_inside_the_drawing_stay():
    assert cleaned('<use href="#a"/><use xlink:href="#b"/>').count("#") == 2


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    '<script href="https://evil.test/x.js"/>',
    '<g onclick="alert(1)"/>',
    '<g ONLOAD="alert(1)"/>',
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<use href="https://evil.test/x.svg#a"/>',
    '<use xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<image href="https://evil.test/track.png"/>',
    '<image href="data:image/svg+xml,&lt;svg onload=alert(1)>"/>',
    '<image href="file:///etc/passwd"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onmouseover" to="alert(1)"/>',
    "<style>@import 'https://evil.test/x.css';</style>",
    "<style>.a { fill: url(https://evil.test/x) }</style>",
    "<style>.a { fill: \\75rl(https://evil.test/x) }</style>",
    "<style>.a{}<script>alert(1)</script></style>",
    '<g style="fill:url( //evil.test/x)"/>',
    "<path fill=\"url('https://evil.test/x#a')\"/>",
    '<g xml:base="https://evil.test/"/>',
    '<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>',
    "<iframe src='https://evil.test'/>",
    "<handler type='application/ecmascript'>alert(1)</handler>",
]


@pytest.mark.parametrize("inside", HOSTILE)
def test_what_acts_or_reaches_outside_is_gone(inside):
    result = cleaned(f"{inside}<path d='M0 0'/>")

    for trace in ("alert", "evil", "script", "import", "passwd", "base64", "event", "iframe"):
        assert trace not in result.lower()
    assert '<path d="M0 0"' in result


def test_an_event_on_the_root_is_gone():
    assert "alert" not in cleaned("", 'onload="alert(1)"')


BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"<svg {NAMESPACES}><text>&b;</text></svg>"
)
EXTERNAL = (
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f"<svg {NAMESPACES}><text>&a;</text></svg>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg",
        b"<html/>",
        b"<svg/>",
        b'<?xml version="1.0" encoding="nonsense"?><svg/>',
        BOMB.encode(),
        EXTERNAL.encode(),
        drawing("<g>" * (DEEPEST + 1) + "</g>" * (DEEPEST + 1)),
        drawing("<g/>" * MOST_ELEMENTS),
    ],
)
def test_what_cannot_be_cleaned_is_refused(content):
    with pytest.raises(SvgRefused):
        clean_svg(content)


def test_cleaning_twice_changes_nothing():
    once = clean_svg(drawing("".join(HOSTILE)))

    assert clean_svg(once) == once
