"""Drawings in SVG, cleaned: what draws stays, what acts or fetches goes.

An SVG is a document that can run scripts and load files. Only elements on a list survive, and of
attributes only those that neither react to events nor point outside the drawing.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from edu.errors import Invalid
from edu.i18n import lazy

MEDIA_TYPE = "image/svg+xml"
MOST_ELEMENTS = 20_000
DEEPEST = 64

_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = {"href", "{http://www.w3.org/1999/xlink}href"}
_XML_ATTRIBUTES = {
    "{http://www.w3.org/XML/1998/namespace}space",
    "{http://www.w3.org/XML/1998/namespace}lang",
}
_GRAPHICS = re.compile(
    r"svg|g|defs|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|text|"
    r"tspan|textPath|title|desc|linearGradient|radialGradient|stop|clipPath|mask|"
    r"pattern|marker|image|style|switch|filter|fe(Blend|ColorMatrix|ComponentTransfer|"
    r"Composite|ConvolveMatrix|DiffuseLighting|DisplacementMap|DistantLight|DropShadow|"
    r"Flood|FuncA|FuncB|FuncG|FuncR|GaussianBlur|Merge|MergeNode|Morphology|Offset|"
    r"PointLight|SpecularLighting|SpotLight|Tile|Turbulence)"
)
_INNER_REFERENCE = re.compile(r"\s*#[^\s]*\s*")
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_OUTWARD_STYLE = re.compile(r"@|\\|expression|javascript:|url\(\s*(?!['\"]?\s*#)", re.IGNORECASE)


class SvgRefused(Invalid):
    """It is no SVG, declares entities, or is too deep or too large to be cleaned."""

    code = "svg-refused"
    title = lazy("This drawing cannot be used. Please save it as plain SVG or as PNG.")


def clean_svg(content: bytes) -> bytes:
    """The same drawing without scripts, events, links, foreign content and outside references.

    Raises SvgRefused.
    """
    register_namespace("", _SVG[1:-1])
    root = parse(content)
    _clean(root)
    cleaned: bytes = tostring(root, encoding="utf-8")
    return cleaned


def parse(content: bytes) -> Element:
    """Read an SVG without expanding or fetching anything. Raises SvgRefused."""
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise SvgRefused from None
    if root.tag != f"{_SVG}svg":
        raise SvgRefused
    for count, (_, depth) in enumerate(_walk(root)):
        if count >= MOST_ELEMENTS or depth > DEEPEST:
            raise SvgRefused
    return root


def _walk(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting.extend((child, depth + 1) for child in element)


def _clean(root: Element) -> None:
    for element, _ in _walk(root):
        for name in [name for name in element.attrib if not _may_stay(element, name)]:
            del element.attrib[name]
        for child in [child for child in element if not _draws(child)]:
            element.remove(child)


def _draws(element: Element) -> bool:
    name = element.tag.removeprefix(_SVG)
    if name == element.tag or not _GRAPHICS.fullmatch(name):
        return False
    return name != "style" or not (len(element) or _OUTWARD_STYLE.search(element.text or ""))


def _may_stay(element: Element, name: str) -> bool:
    value = element.attrib[name]
    if name in _HREFS:
        is_picture = element.tag == f"{_SVG}image" and _PICTURE.fullmatch(value)
        return bool(is_picture or _INNER_REFERENCE.fullmatch(value))
    if name.startswith("{"):
        return name in _XML_ATTRIBUTES
    return not (name.lower().startswith("on") or _OUTWARD_STYLE.search(value))
