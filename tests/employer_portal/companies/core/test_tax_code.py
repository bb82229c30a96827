import pytest

from employer_portal.companies.core.tax_code import is_sound, normal

PUBLISHED = (
    "0300588569",
    "0101248141",
    "0100109106",
)  # of three large companies, as they print them


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_sound(code):
    assert is_sound(code)


@pytest.mark.parametrize("code", PUBLISHED)
@pytest.mark.parametrize("place", range(10))
def test_one_wrong_digit_is_noticed(code, place):
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]

    assert not is_sound(wrong)


def test_a_branch_has_three_digits_more():
    assert normal("0300588569001") == "0300588569-001"
    assert is_sound("0300588569-001")
    assert not is_sound("0300588569-01")


def test_a_household_business_uses_a_personal_number():
    assert is_sound("048099001234")


@pytest.mark.parametrize("text", ["", "abc", "12345", "03005885691"])
def test_other_shapes_are_no_tax_codes(text):
    assert not is_sound(normal(text))


def test_blanks_and_points_do_not_matter():
    assert normal(" 0300 588.569 ") == "0300588569"
