"""The geometry of charts, by properties that hold for any numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.ui import charts
from edu.ui.marks import Certainty

amounts = st.floats(0, 1e9, allow_nan=False)
numbers = st.floats(-1e9, 1e9, allow_nan=False)
fractions = st.floats(0, 1, allow_nan=False)
named = st.lists(st.tuples(st.text(max_size=8), amounts), min_size=1, max_size=30)


@given(amounts, amounts)
def test_ticks_enclose_zero_and_the_values_in_few_even_steps(below, above):
    low, high = -below, above

    ticks = charts.nice_ticks(low, high)

    slack = (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 7
    steps = [b - a for a, b in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * len(steps), rel=1e-3)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 812, (0, 250, 500, 750, 1000)),
        (0, 1, (0, 0.25, 0.5, 0.75, 1)),
        (0, 0, (0, 0.25, 0.5, 0.75, 1)),
        (-3, 7, (-5, -2.5, 0, 2.5, 5, 7.5)),
    ],
)
def test_ticks_are_numbers_that_people_would_choose(low, high, ticks):
    assert charts.nice_ticks(low, high) == ticks


def test_ticks_of_a_turned_range_are_refused():
    with pytest.raises(ValueError, match="low is above high"):
        charts.nice_ticks(2, 1)


@given(named)
def test_bars_are_as_long_as_their_values_and_stay_inside(values):
    drawn = charts.bars(values)

    largest = max(value for _, value in values) or 1
    assert [row.width for row in drawn.rows] == pytest.approx(
        [value / largest * 100 for _, value in values], abs=0.001
    )
    assert drawn.table == tuple((label, (value,)) for label, value in values)


def test_a_goal_beyond_the_longest_bar_stretches_the_scale():
    drawn = charts.bars([("Hàn", 50)], goal=200)

    assert drawn.goal == 100
    assert drawn.rows[0].width == 25


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_what_cannot_be_drawn_is_refused(wrong):
    for draw in (charts.bars, charts.columns):
        with pytest.raises(ValueError, match="cannot draw"):
            draw([("Hàn", wrong)])
    with pytest.raises(ValueError, match="cannot draw"):
        charts.stacked({"Hàn": {"Đạt": wrong}})


@given(named)
def test_columns_stand_on_the_base_side_by_side(values):
    drawn = charts.columns(values)

    for mark in drawn.marks:
        assert mark.y + mark.height == pytest.approx(drawn.base, abs=0.02)
        assert mark.x >= 0
        assert mark.x + mark.width <= 100
        assert mark.y >= charts.TOP - 0.01
    assert all(a.x + a.width < b.x for a, b in pairwise(drawn.marks))
    assert drawn.marks[-1].is_named
    assert drawn.ticks[0].y == drawn.base


def test_names_below_a_chart_leave_room_on_a_phone():
    short = charts.columns([(f"T{n}", n) for n in range(1, 7)])
    long = charts.lines([f"Tuần {n}" for n in range(1, 13)], {"Hàn": range(12)})

    assert all(mark.is_named for mark in short.marks)
    assert [name.label for name in long.names] == ["Tuần 3", "Tuần 6", "Tuần 9", "Tuần 12"]
    assert [name.anchor for name in long.names] == ["middle", "middle", "middle", "end"]


@given(st.lists(st.none() | numbers, min_size=1, max_size=20))
def test_a_line_has_a_dot_for_each_known_value_and_breaks_at_gaps(values):
    labels = [str(n) for n in range(len(values))]

    drawn = charts.lines(labels, {"Hàn": values})

    (line,) = drawn.series
    assert [dot.value for dot in line.dots] == [v for v in values if v is not None]
    assert len(line.strokes) == sum(None not in pair for pair in pairwise(values))
    assert all(0 <= dot.x <= 100 and 0 <= dot.y <= drawn.base for dot in line.dots)
    assert drawn.table == tuple((label, (v,)) for label, v in zip(labels, values, strict=True))


@given(numbers, numbers)
def test_a_higher_value_is_drawn_higher(one, other):
    low, high = sorted((one, other))

    (line,) = charts.lines(["a", "b"], {"x": [low, high]}).series

    assert line.dots[0].y >= line.dots[1].y


def test_lines_of_uneven_length_or_too_many_are_refused():
    for series in ({"Hàn": [1, 2]}, {str(n): [1] for n in range(6)}):
        with pytest.raises(ValueError, match="at most five series"):
            charts.lines(["Tuần 1"], series)


@given(st.tuples(fractions, fractions, fractions).map(sorted))
def test_an_interval_lies_around_its_estimate(bounds):
    low, estimate, high = bounds

    (row,) = charts.intervals([("Hàn", low, estimate, high)]).rows

    assert 0 <= row.start <= row.at + 0.001
    assert row.at <= row.start + row.width + 0.002
    assert row.start + row.width <= 100.001


@pytest.mark.parametrize("bounds", [(0.5, 0.4, 0.6), (0.1, 0.7, 0.6), (-0.1, 0, 1), (0, 1, 1.1)])
def test_an_interval_out_of_order_is_refused(bounds):
    with pytest.raises(ValueError, match="low <= estimate <= high"):
        charts.intervals([("Hàn", *bounds)])


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.7, 0.9, Certainty.SURE),
        (0.5, 0.9, Certainty.FAIR),
        (0.4, 0.9, Certainty.UNSURE),
    ],
)
def test_a_wide_interval_is_called_unsure(low, high, said):
    assert charts.certainty(low, high) is said


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.dictionaries(st.sampled_from("abc"), amounts, min_size=1),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_parts_of_a_stack_touch_and_never_leave_the_width(values, to_full):
    drawn = charts.stacked(values, to_full=to_full)

    for row in drawn.rows:
        for one, following in pairwise(row.parts):
            assert following.start == pytest.approx(one.start + one.width, abs=0.01)
        last = row.parts[-1]
        assert last.start + last.width <= 100.01
        if to_full and row.total > 1e-6:
            assert last.start + last.width == pytest.approx(100, abs=0.01)


def test_more_parts_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="five parts"):
        charts.stacked({"Hàn": {str(n): 1 for n in range(6)}})


def test_heat_shades_by_share_of_the_largest_value():
    drawn = charts.heat(["2/11", "3/11", "4/11", "5/11"], {"Bình": [0, 1, 4, None]})

    ((name, cells),) = drawn.rows
    assert name == "Bình"
    assert [cell.level for cell in cells] == [0, 1, 4, 0]
    assert drawn.table == (("Bình", (0, 1, 4, None)),)


@given(st.floats(-2, 2, allow_nan=False))
def test_a_ring_is_drawn_as_far_as_its_fraction(fraction):
    drawn = charts.ring(fraction)

    assert 0 <= drawn.done <= drawn.around
    assert drawn.done == pytest.approx(min(max(fraction, 0), 1) * drawn.around, abs=0.02)


@given(st.lists(numbers, max_size=30))
def test_a_sparkline_stays_in_its_box(values):
    drawn = charts.sparkline(values, width=96, height=28)

    assert len(drawn.points) == len(values)
    assert all(3 <= x <= 93.01 and 2.99 <= y <= 25.01 for x, y in drawn.points)
