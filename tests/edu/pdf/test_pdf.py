import io
import sys
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from edu.pdf import PdfRenderer, PdfResourceRefused, PdfUnavailable

STATIC = Path(__file__).resolve().parents[3] / "edu" / "ui" / "static"
FONT = STATIC / "vendor" / "fonts" / "be-vietnam-pro-vietnamese-400.woff2"


def alphabet() -> str:
    """Every letter of Vietnamese with every tone, in both cases."""
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    vowels = [
        unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", tones)
    ]
    small = "".join(vowels) + "bcdđfghjklmnpqrstvwxz"
    return f"{small}{small.upper()}0123456789"


SENTENCES = [
    "Chứng nhận: Nguyễn Thị Tuyết đã hoàn thành mô-đun Điện lạnh cơ bản.",
    "Ấm ẩm ẫm ậm Ắt ẳng ẵng ặc Ếch ểnh ễn ện Ốc ổi ỗi ội Ớt ởi ỡi ợi Ứng ửng ữ ự Ỳ ỵ ỷ ỹ ý",
    "Kỹ thuật, an toàn & vệ sinh lao động – 100 % “thực hành” (TIG/MAG)…",
]


def page(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="vi"><head><title>Chứng nhận</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def text_of(content: bytes) -> str:
    lines = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages]
    return unicodedata.normalize("NFC", "\n".join(lines))


def fonts_of(content: bytes) -> set[str]:
    sheet = PdfReader(io.BytesIO(content)).pages[0]
    fonts = sheet["/Resources"]["/Font"].values()
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}


@pytest.fixture
def static(tmp_path):
    """A folder of static files without any font."""
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "static"


@pytest.fixture(params=["fallback", "own font"])
def renderer(request, static):
    if request.param == "fallback":
        return PdfRenderer(static)
    if not FONT.is_file():
        pytest.skip("the font is not installed here: run `python -m edu.ui.vendor`")
    return PdfRenderer(STATIC)


@pytest.mark.parametrize("element", ["p", "strong", "h1"])
def test_every_vietnamese_letter_is_in_the_text_as_it_was_written(renderer, element):
    letters = alphabet()
    rows = [letters[start : start + 20] for start in range(0, len(letters), 20)]
    body = "".join(f"<div><{element}>{row}</{element}></div>" for row in rows)

    made = renderer.render(page(body, "<style>* { font-size: 10pt }</style>"))

    assert text_of(made).split() == rows


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_sentences_come_out_as_they_went_in(renderer, form):
    body = "".join(f"<p>{unicodedata.normalize(form, line)}</p>" for line in SENTENCES)

    made = renderer.render(page(body.replace("&", "&amp;"), "<style>p{font-size:8pt}</style>"))

    assert text_of(made).splitlines() == SENTENCES


def test_a_loose_mark_swallows_no_markup(static):
    made = PdfRenderer(static).render(page("<p>\u0338x</p><p>y</p>"))

    assert len(text_of(made).splitlines()) == 2


def test_the_own_font_is_used_where_it_is_and_dejavu_where_it_is_not(static):
    body = "<p>Điện lạnh</p>"

    assert fonts_of(PdfRenderer(static).render(page(body))) == {"DejaVu-Sans"}
    if FONT.is_file():
        used = fonts_of(PdfRenderer(STATIC).render(page(body)))
        assert not any(name.startswith("DejaVu") for name in used)
        assert used


def test_the_document_is_tagged_and_says_its_language_and_title(static):
    made = PdfRenderer(static).render(page("<h1>Tên</h1><p>Chữ</p>"))

    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert root["/StructTreeRoot"]
    assert reader.metadata.title == "Chứng nhận"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (3, 3), "red").save(stream, "PNG")
    return stream.getvalue()


def pictures_in(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages[0].images)


def test_given_files_static_files_and_data_can_be_used(static):
    (static / "css" / "print.css").write_text("p { color: rgb(1, 2, 3) }")
    (static / "logo.png").write_bytes(picture())
    head = '<link rel="stylesheet" href="/static/css/print.css">'
    small = "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="
    body = (
        '<p>x</p><img alt="1" src="mã.png"><img alt="2" src="/static/logo.png?v=1">'
        f'<img alt="3" src="{small}">'
    )

    made = PdfRenderer(static).render(page(body, head), files={"mã.png": picture()})

    assert pictures_in(made) >= 2
    drawn = PdfReader(io.BytesIO(made)).pages[0].get_contents().get_data()
    assert b"0.00392" in drawn or b"0.003922" in drawn  # 1/255: the style sheet was read


REFUSED = [
    '<img alt="" src="http://127.0.0.1/x.png">',
    '<img alt="" src="https://evil.test/x.png">',
    '<img alt="" src="file:///etc/passwd">',
    '<img alt="" src="/static/../secret.txt">',
    '<img alt="" src="/static/%2e%2e/secret.txt">',
    '<img alt="" src="/static/absent.png">',
    '<img alt="" src="/static/">',
    '<img alt="" src="absent.png">',
    '<img alt="" src="//evil.test/x.png">',
    '<img alt="" src="ftp://evil.test/x.png">',
    '<p style="background: url(https://evil.test/x.png)">x</p>',
    '<link rel="stylesheet" href="https://evil.test/x.css">',
    "<style>@import 'https://evil.test/x.css';</style>",
    "<style>@font-face { font-family: x; src: url(https://evil.test/x.woff2) }</style><p>x</p>",
    '<object data="file:///etc/passwd"></object>',
]


@pytest.mark.parametrize("body", REFUSED)
def test_anything_else_stops_the_rendering(static, body):
    with pytest.raises(PdfResourceRefused) as refusal:
        PdfRenderer(static).render(page(body))

    assert refusal.value.values["url"]


def test_a_link_in_the_static_folder_leads_nowhere_else(static):
    (static / "link.txt").symlink_to(static.parent / "secret.txt")

    with pytest.raises(PdfResourceRefused):
        PdfRenderer(static).render(page('<img alt="" src="/static/link.txt">'))


def test_without_pango_it_says_what_to_install(static, monkeypatch):
    class NoPango:
        """Finds weasyprint as a machine without Pango does."""

        @staticmethod
        def find_spec(name, _path=None, _target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango, *sys.meta_path])

    with pytest.raises(PdfUnavailable) as failure:
        PdfRenderer(static).render(page("x"))

    assert failure.value.status == 503
    assert "libpango-1.0-0" in failure.value.message
    assert "libpango" in str(failure.value.values["cause"])
