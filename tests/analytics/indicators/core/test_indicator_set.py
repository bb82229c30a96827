from datetime import date

import pytest

from analytics.indicators.core.indicator_set import called, in_force, shipped


def test_every_shipped_set_is_whole():
    for one in shipped():
        codes = [indicator.code for indicator in one.indicators]
        assert len(set(codes)) == len(codes)
        assert set(one.title) == {"vi", "en"}
        for indicator in one.indicators:
            assert set(indicator.title) == {"vi", "en"}
            assert set(indicator.source) == {"vi", "en"}
            if indicator.unit == "share" and indicator.target is not None:
                assert 0 < indicator.target <= 1


def test_the_set_in_force_is_the_latest_that_has_begun():
    first = shipped()[-1]

    assert in_force(first.valid_from) == first
    assert in_force(date(2100, 1, 1)) == shipped()[0]
    with pytest.raises(LookupError):
        in_force(date(1999, 1, 1))


def test_sets_and_indicators_are_found_by_their_names():
    one = shipped()[0]

    assert called(one.id) == one
    assert one.of("learners").unit == "people"
    assert one.of("no-such") is None
    with pytest.raises(LookupError):
        called("no-such")
