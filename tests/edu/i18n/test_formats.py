"""Dates, numbers and stretches of time as people here write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from edu.i18n import ago, format_date, format_datetime, format_decimal, format_percent

DAY = date(2026, 11, 22)
EVENING = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
"""Five past one in the morning of the next day in Vietnam."""


def test_a_day_in_vietnamese(in_vietnamese):
    assert format_date(DAY) == "22/11/2026"
    assert format_date(date(2026, 3, 8)) == "08/03/2026"
    assert format_date(DAY, "long") == "22 tháng 11 năm 2026"


def test_a_day_in_english_cannot_be_misread(in_english):
    assert format_date(DAY) == "22 Nov 2026"
    assert format_date(DAY, "long") == "22 November 2026"


def test_a_moment_is_told_in_vietnams_time_zone(in_vietnamese):
    assert format_datetime(EVENING) == "01:05, 23/11/2026"
    assert format_date(EVENING) == "23/11/2026"


def test_a_moment_in_english(in_english):
    assert format_datetime(EVENING) == "23 Nov 2026, 01:05"


def test_numbers_in_vietnamese(in_vietnamese):
    assert format_decimal(1234.5) == "1.234,5"
    assert format_decimal(8_500_000) == "8.500.000"
    assert format_percent(0.25) == "25%"


def test_numbers_in_english(in_english):
    assert format_decimal(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(hours=-3), "3 giờ trước"),
        (timedelta(days=-1), "1 ngày trước"),
        (timedelta(days=2), "sau 2 ngày nữa"),
    ],
)
def test_how_long_ago_in_vietnamese(in_vietnamese, span, said):
    assert ago(EVENING + span, EVENING) == said


def test_how_long_ago_in_english(in_english):
    assert ago(EVENING - timedelta(hours=3), EVENING) == "3 hours ago"


def test_a_day_without_a_time_is_written_as_a_date(in_vietnamese):
    assert ago(DAY, EVENING) == "22/11/2026"


def test_templates_have_the_same_formats(speaking, in_vietnamese):
    template = speaking.jinja_env.from_string("{{ day|date('long') }} {{ moment|datetime }}")

    assert template.render(day=DAY, moment=EVENING) == "22 tháng 11 năm 2026 01:05, 23/11/2026"
