from edu.taxonomy.core.esco import Broader
from edu.taxonomy.core.hierarchy import above, nearest


def ladder(*pairs):
    return above(Broader(low, "Concept", high, "Concept") for low, high in pairs)


def test_what_is_above_comes_in_one_order():
    assert ladder(("a", "z"), ("a", "b")) == {"a": ["b", "z"]}


def test_the_nearest_is_found_over_several_steps():
    up = ladder(("weld", "join"), ("join", "make"), ("make", "all"))

    assert nearest("weld", among={"make", "all"}, ladder=up) == "make"


def test_fewer_steps_count_before_the_order():
    up = ladder(("weld", "a"), ("weld", "z"), ("a", "group-far"), ("z", "group"))

    assert nearest("weld", among={"group", "z"}, ladder=up) == "z"


def test_nothing_above_is_no_group():
    assert nearest("weld", among={"make"}, ladder={}) == ""


def test_a_circle_has_an_end():
    assert nearest("a", among={"make"}, ladder=ladder(("a", "b"), ("b", "a"))) == ""
