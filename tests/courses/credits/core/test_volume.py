from decimal import Decimal

import pytest

from courses.credits.core.condition import unmet
from courses.credits.core.programme_code import CodeRefused, read_code
from courses.credits.core.rule_set import shipped
from courses.credits.core.volume import (
    Outline,
    VolumeUnknown,
    recognition_room,
    volume_conditions,
    volume_of,
)

VOCATIONAL = shipped()["vn-vocational-2022"]
ELEMENTARY = shipped()["vn-elementary-2018"]
FRAMEWORK = shipped()["vn-qualifications-2016"]
UNIVERSITY = shipped()["vn-university-2021"]


@pytest.mark.parametrize(
    ("level", "entry", "lowest", "highest"),
    [
        ("1", "", 5, None), ("2", "", 15, None), ("3", "", 25, None),
        ("4", "upper-secondary", 35, None), ("4", "lower-secondary", 50, None),
        ("5", "upper-secondary", 60, None), ("6", "", 120, 180),
        ("7", "", 30, 60), ("8", "", 90, 120),
    ],
)  # fmt: skip
def test_the_eight_levels_of_decision_1982(level, entry, lowest, highest):
    volume = volume_of(FRAMEWORK.volumes, level, entry)

    assert (volume.credits_lowest, volume.credits_highest) == (lowest, highest)


@pytest.mark.parametrize("level", ["9", "4"])
def test_a_level_or_entry_without_a_volume_is_unknown(level):
    with pytest.raises(VolumeUnknown):
        volume_of(FRAMEWORK.volumes, level)


def outline(size: int, modules: int, *, theory: int = 0, practice: int = 0) -> Outline:
    return Outline(Decimal(size), modules, None, Decimal(theory), Decimal(practice))


@pytest.mark.parametrize(
    ("level", "programme", "codes"),
    [
        ("elementary-1", outline(5, 3, theory=75, practice=225), []),
        (
            "elementary-1",
            outline(4, 2, theory=75, practice=225),
            ["credits-lowest", "modules-lowest"],
        ),
        ("elementary-1", outline(5, 3, theory=70, practice=229), ["hours-lowest"]),
        ("elementary-1", outline(5, 3, theory=76, practice=225), ["theory-share-highest"]),
        ("elementary-2", outline(15, 9), []),
        ("elementary-2", outline(14, 8), ["credits-lowest", "modules-lowest"]),
        ("elementary-3", outline(25, 15, theory=100, practice=300), []),
        ("elementary-3", outline(24, 15, theory=100, practice=300), ["credits-lowest"]),
    ],
)
def test_elementary_programmes_of_circular_34_2018(level, programme, codes):
    conditions = volume_conditions(volume_of(ELEMENTARY.volumes, level), programme)

    assert [condition.code for condition in unmet(conditions)] == codes


@pytest.mark.parametrize(
    ("level", "entry", "size", "years", "codes"),
    [
        ("intermediate", "upper-secondary", 35, Decimal(1), []),
        ("intermediate", "lower-secondary", 49, Decimal(2), ["credits-lowest"]),
        ("college", "upper-secondary", 60, Decimal(3), []),
        ("college", "upper-secondary", 60, Decimal("1.5"), ["years-lowest"]),
        ("college", "upper-secondary", 60, Decimal("3.5"), ["years-highest"]),
        ("college", "upper-secondary", 60, None, ["years-lowest"]),
    ],
)
def test_programmes_of_circular_01_2024(level, entry, size, years, codes):
    volume = volume_of(VOCATIONAL.volumes, level, entry)

    conditions = volume_conditions(volume, Outline(Decimal(size), 20, years))

    assert [condition.code for condition in unmet(conditions)] == codes


def test_a_doctorate_may_also_be_too_large():
    volume = volume_of(FRAMEWORK.volumes, "8")

    codes = [c.code for c in unmet(volume_conditions(volume, Outline(Decimal(121), 10)))]

    assert codes == ["credits-highest"]


@pytest.mark.parametrize(("recognised", "room"), [(0, 60), (40, 20), (70, 0)])
def test_half_of_the_minimum_may_be_recognised(recognised, room):
    rule = UNIVERSITY.recognition

    assert recognition_room(rule, minimum=Decimal(120), recognised=Decimal(recognised)) == room


def test_vocational_rules_set_no_limit_to_recognition():
    assert (
        recognition_room(VOCATIONAL.recognition, minimum=Decimal(60), recognised=Decimal(60))
        is None
    )


def test_the_same_occupation_shares_the_tail_of_its_code():
    intermediate, college = (
        read_code(FRAMEWORK.programme_code, code) for code in ("5510216", "6510216")
    )

    assert intermediate.occupation == college.occupation
    assert (intermediate.level, college.level) == ("intermediate", "college")
    assert (college.field, college.group) == ("51", "5102")


@pytest.mark.parametrize("code", ["", "651021", "65102160", "651021x", "1510216", "６510216"])
def test_what_is_no_programme_code_is_refused(code):
    with pytest.raises(CodeRefused):
        read_code(FRAMEWORK.programme_code, code)
