import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.accounts.core.passwords import LONGEST, SHORTEST, Weakness, common_passwords, weakness

OWN = ("Nguyễn Văn An", "hoa.le", "Nghề Số")


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("xanhlacay", Weakness.TOO_SHORT),
        ("x" * 129, Weakness.TOO_LONG),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("1212121212", Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("qwertyuiop", Weakness.COMMON),
        ("poiuytrewq", Weakness.COMMON),
        ("Matkhau@123", Weakness.COMMON),
        ("mậtkhẩu2024", Weakness.COMMON),
        ("anhyeuem1990", Weakness.COMMON),
        ("P@ssw0rd123", Weakness.COMMON),
        ("iloveyouiloveyou", Weakness.COMMON),
        ("Nguyễn-Văn-An-số-7", Weakness.PERSONAL),
        ("hoale-thich-ca-phe", Weakness.PERSONAL),
        ("nghe so cua toi", Weakness.PERSONAL),
    ],
)
def test_what_guessers_try_first_is_refused(password, expected):
    assert weakness(password, OWN) == expected


@pytest.mark.parametrize(
    "password",
    [
        "thợ hàn uống cà phê đen",
        "correct horse battery",
        "      spaces only matter    a little",
        "0x7f3b9e21d4",
        "lowercaseonlybutlong",
        "🌾 lúa chín vàng đồng",
    ],
)
def test_no_kind_of_character_is_demanded_or_forbidden(password):
    assert weakness(password, OWN) is None


def test_the_deny_list_holds_more_than_the_3000_that_asvs_asks_for():
    listed = common_passwords()

    assert len(listed) >= 3000
    assert all(SHORTEST <= len(password) <= LONGEST for password in listed)


def test_short_names_do_not_spoil_honest_passwords():
    assert weakness("an uống đúng giờ giấc", ["An", "le"]) is None


@given(st.text(min_size=SHORTEST, max_size=LONGEST))
def test_every_text_gets_an_answer_and_the_same_one_twice(password):
    assert weakness(password, OWN) == weakness(password, OWN)
