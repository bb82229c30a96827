"""What a phone on a slow line has to fetch, compressed as a server would."""

import gzip
from pathlib import Path

import edu.ui

STATIC = Path(edu.ui.__file__).parent / "static"


def _weight(pattern: str) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in STATIC.glob(pattern))


def test_all_style_sheets_weigh_less_than_fourteen_kilobytes():
    assert 5_000 < _weight("css/*.css") <= 14_000


def test_our_scripts_weigh_less_than_six_kilobytes():
    assert 500 < _weight("js/*.js") <= 6_000


def test_pictures_of_the_house_are_small():
    assert _weight("img/*.svg") <= 4_000
