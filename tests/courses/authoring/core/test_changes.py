from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.core.changes import changes

LINES = st.lists(st.text("ab \u1ea1", max_size=8), max_size=8).map("\n".join)


def said(before, after):
    return [
        (line.kind, "|".join(p.text for p in line.pieces))
        for g in changes(before, after)
        for line in g
    ]


def test_the_same_text_has_no_changes():
    assert changes("một\nhai", "một\nhai") == []


def test_a_changed_line_shows_its_words():
    assert said("Gas cháy yếu.", "Gas cháy rất yếu.") == [("changed", "Gas cháy |rất |yếu.")]


def test_lines_with_little_in_common_are_one_gone_and_one_come():
    assert said("một hai ba", "x y z") == [("gone", "một hai ba"), ("new", "x y z")]


def test_only_the_surroundings_of_a_change_are_shown():
    before = "\n".join(str(n) for n in range(100))
    after = before.replace("50", "năm mươi")

    kinds = [kind for kind, _ in said(before, after)]

    assert kinds == ["same", "same", "gone", "new", "same", "same"]


@given(LINES, LINES)
def test_what_stayed_and_what_came_make_the_new_lines(before, after):
    shown = [
        "".join(p.text for p in line.pieces if p.kind != "gone")
        for group in changes(before, after)
        for line in group
        if line.kind != "gone"
    ]

    new = after.splitlines()
    assert all(line in new for line in shown)
