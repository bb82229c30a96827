"""What a file is, by its beginning."""

from io import BytesIO

import pytest

from edu.lrs.transfer.first_look import HEAD_BYTES, NotStatements, what_else


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"nothing\n{}\n",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe\n{}",
        b'{"a": "' + b"x" * (2 * HEAD_BYTES) + b'"}',  # the end of the line is not in sight
    ],
)
def test_one_line_that_may_be_right_is_enough(content):
    file = BytesIO(content)

    assert what_else(file) is None
    assert file.tell() == 0


def test_a_letter_cut_in_two_is_still_utf8():
    content = b"e" + "é".encode() * HEAD_BYTES

    assert what_else(BytesIO(content)) is NotStatements.NO_LINES
    assert what_else(BytesIO(content[:2])) is NotStatements.NOT_UTF8
