from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lrs.core.problems import InvalidStatement
from edu.lrs.core.values import format_timestamp, iri, language_tag, parse_timestamp
from edu.lrs.core.version import Version

MOMENT = datetime(2026, 11, 22, 1, tzinfo=UTC)
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-22T08:00:00+07:00", MOMENT),
        ("2026-11-22T08:00+07", MOMENT),
        ("20261122T080000+0700", MOMENT),
        ("2026-11-22T01:00:00", MOMENT),  # without an offset: UTC
        ("2026-11-22T01:00:00,25Z", MOMENT + timedelta(milliseconds=250)),
        ("20261122T010000.060Z", MOMENT + timedelta(milliseconds=60)),
        ("2016-12-31T23:59:60.5Z", datetime(2017, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-22T01:00:00.1234567Z", MOMENT + timedelta(microseconds=123_456)),
    ],
)
def test_timestamps_are_read_as_moments(written, moment):
    assert parse_timestamp(written, Version.V1) == moment


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=OFFSETS))  # noqa: DTZ001
def test_a_moment_written_is_the_moment_read(moment):
    for version in Version:
        assert parse_timestamp(format_timestamp(moment), version) == moment


@given(st.text())
def test_long_strings_are_judged_in_linear_time(word):
    for check, tail in ((iri, "http:" + "a%41" * 20_000), (language_tag, "en" + "-a-bb" * 20_000)):
        with pytest.raises(InvalidStatement):
            check(tail + word + "\x00")
