from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from edu.accounts.core import second_step
from edu.accounts.core.second_step import matching_step

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of RFC 6238, appendix B
MOMENT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
NOW = int(MOMENT.timestamp()) // 30


def code_at(moment):
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")]
)
def test_the_codes_are_those_of_the_standard(seconds, code):
    moment = datetime.fromtimestamp(seconds, UTC)

    assert matching_step(SECRET, code, moment, after=0) == seconds // 30


def test_a_phone_half_a_minute_off_is_understood():
    early, late = code_at(MOMENT - timedelta(seconds=30)), code_at(MOMENT + timedelta(seconds=30))

    assert matching_step(SECRET, early, MOMENT, after=0) == NOW - 1
    assert matching_step(SECRET, late, MOMENT, after=0) == NOW + 1


def test_older_codes_are_not():
    assert matching_step(SECRET, code_at(MOMENT - timedelta(seconds=90)), MOMENT, after=0) is None


def test_a_code_works_once():
    assert matching_step(SECRET, code_at(MOMENT), MOMENT, after=NOW) is None


@pytest.mark.parametrize("nonsense", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00"])
def test_nonsense_is_no_code(nonsense):
    assert matching_step(SECRET, nonsense, MOMENT, after=0) is None


def test_spaces_in_a_code_do_not_matter():
    code = code_at(MOMENT)

    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", MOMENT, after=0) == NOW


def test_recovery_codes_are_ten_different_ones_read_however_they_are_typed():
    codes = second_step.new_recovery_codes()

    assert len(set(codes)) == second_step.RECOVERY_CODES
    assert second_step.bare(codes[0].upper().replace("-", " ")) == second_step.bare(codes[0])


def test_the_picture_needs_no_inline_style():
    address = second_step.address_for_app(SECRET, account="an@x.example", issuer="Nghề Số")
    picture = second_step.picture_of(address)

    assert picture.startswith("<svg")
    assert "style=" not in picture
