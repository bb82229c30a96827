from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.core.course import (
    AssetTarget,
    QuizTarget,
    SectionTarget,
    UnitKind,
    UnitTarget,
)
from courses.authoring.core.markdown import parse, title_of
from courses.authoring.core.wording import Wording, with_title, without_title

TITLES = st.text("abc đ-", min_size=1, max_size=20).filter(str.strip).map(lambda t: f"x{t}x")


def test_a_title_comes_before_a_text_without_one():
    assert with_title("Đọc.\n\n## Một", "An toàn") == "# An toàn\n\nĐọc.\n\n## Một"


def test_a_title_takes_the_place_of_the_old_one():
    assert with_title("# Cũ\n\nĐọc.", "Mới") == "# Mới\n\nĐọc."


def test_a_title_underlined_is_a_title_too():
    assert without_title("Cũ\n==\n\nĐọc.") == "Đọc."


def test_a_later_heading_of_the_first_level_is_none():
    assert without_title("## Một\n\n# Hai") == "## Một\n\n# Hai"


@given(TITLES, st.sampled_from(["", "Đọc.", "## Một\n\nHai"]))
def test_what_was_put_together_comes_apart_again(title, text):
    whole = with_title(text, title)

    assert title_of(parse(whole).tokens) == " ".join(title.split())
    assert without_title(whole) == text


def test_targets_are_kept_as_they_are():
    targets = {
        "vi": {
            "a.md": UnitTarget("a.md", UnitKind.ASSIGNMENT, "x"),
            "b/": SectionTarget("b"),
            "c.png": AssetTarget("0" * 64),
            "https://q/quiz/1": QuizTarget("1"),
        }
    }

    again = Wording.stored({"vi": ""}, Wording({"vi": ""}, targets).targets_as_json(), [])

    assert again.targets == targets
