import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from edu.storage.filenames import LONGEST_NAME, content_disposition, safe_filename


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Bài giảng điện lạnh.pdf", "Bài giảng điện lạnh.pdf"),
        (unicodedata.normalize("NFD", "Bài.pdf"), "Bài.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\bài 1.docx", "bài 1.docx"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("nul\x00.pdf", "nul.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("thư mục/", "file"),
        ("$(id);|env", "$(id);|env"),
        (f"{'x' * 300}.pdf", f"{'x' * 176}.pdf"),
        (f"a.{'y' * 300}", f"a.{'y' * 178}"),
    ],
)
def test_a_name_is_made_harmless(given_name, kept):
    assert safe_filename(given_name) == kept


def test_a_vietnamese_name_is_sent_whole_and_plain():
    assert content_disposition("Đề thi số 1.pdf") == (
        'attachment; filename="De thi so 1.pdf"; '
        "filename*=UTF-8''%C4%90%E1%BB%81%20thi%20s%E1%BB%91%201.pdf"
    )


def test_a_plain_name_is_sent_once():
    assert content_disposition("a b.pdf", inline=True) == 'inline; filename="a b.pdf"'


@given(st.text())
def test_every_name_survives_and_none_breaks_the_header(name):
    header = content_disposition(name)

    kind, options = parse_options_header(header)
    assert kind == "attachment"
    assert options["filename"] == safe_filename(name)
    assert header.isascii()
    assert header.isprintable()
    assert len(safe_filename(name)) <= LONGEST_NAME
