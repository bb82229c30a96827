from itertools import combinations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.matching.core.gap import Module, best_module, smallest_set
from employer_portal.matching.core.match import Claim, Evidence, Need, Profile, match

NEED = Need(frozenset("abcd"), frozenset("ef"))  # shares: a–d 0.2 each, e and f 0.1 each
NOBODY = Profile()
names = st.sampled_from("abcdefgh")
offers = st.lists(st.frozensets(names, min_size=1), max_size=7).map(
    lambda sets: [Module(f"m{n}", skills, hours=30.0) for n, skills in enumerate(sets)]
)
profiles = st.lists(
    st.builds(Claim, names, st.sampled_from(Evidence), st.floats(0, 1)), max_size=6
).map(lambda claims: Profile(tuple(claims)))


def module(name: str, skills: str, hours: float = 30) -> Module:
    return Module(name, frozenset(skills), hours, credits=2)


def after(profile: Profile, modules: list[Module]) -> float:
    passed = tuple(Claim(s, Evidence.CREDENTIAL) for one in modules for s in one.skills)
    return match(Profile((*profile.claims, *passed)), NEED, {}).score


def test_the_best_module_raises_the_score_most():
    step = best_module(NOBODY, NEED, [module("one", "abx"), module("two", "aef")], {})

    assert (step.modules, step.proves) == (("one",), ("a", "b"))
    assert step.score == step.gain == pytest.approx(0.4)
    assert (step.hours, step.credits) == (30, 2)


def test_fewer_hours_decide_a_tie():
    step = best_module(NOBODY, NEED, [module("long", "ab", 60), module("short", "cd", 45)], {})

    assert step.modules == ("short",)


def test_what_is_proven_already_adds_nothing():
    proven = Profile((Claim("a", Evidence.CREDENTIAL), Claim("b", Evidence.CREDENTIAL)))

    assert best_module(proven, NEED, [module("one", "abx")], {}) is None
    assert smallest_set(proven, NEED, [module("one", "abx")], {}) is None


def test_a_module_turns_a_declared_skill_into_a_proven_one():
    declared = Profile((Claim("a", Evidence.DECLARED),))

    assert best_module(declared, NEED, [module("one", "a")], {}).gain == pytest.approx(0.2 * 0.7)


def test_the_smallest_set_covers_the_gap():
    modules = [module("one", "abe"), module("two", "cdf"), module("three", "ac")]

    step = smallest_set(NOBODY, NEED, modules, {})

    assert set(step.modules) == {"one", "two"}
    assert step.score == pytest.approx(1)
    assert step.proves == tuple("abcdef")


def test_a_module_that_later_ones_make_superfluous_is_dropped():
    # The largest comes first; the others are needed too and together cover all that it covers.
    modules = [module("most", "abc"), module("left", "ade"), module("right", "bcf")]

    step = smallest_set(NOBODY, NEED, modules, {})

    assert set(step.modules) == {"left", "right"}


def test_a_target_needs_no_more_than_it_asks_for():
    modules = [module("one", "ab"), module("two", "cd"), module("three", "ef")]

    assert smallest_set(NOBODY, NEED, modules, {}, target=0.4).modules == ("one",)
    assert smallest_set(NOBODY, NEED, modules, {}, target=0.8).modules == ("one", "two")
    assert smallest_set(NOBODY, NEED, modules, {}, target=0.0) is None


def test_a_gap_that_no_module_closes_stays():
    step = smallest_set(NOBODY, NEED, [module("one", "a"), module("other", "x")], {})

    assert (step.modules, step.score) == (("one",), pytest.approx(0.2))


@given(profile=profiles, modules=offers)
def test_the_promised_score_is_the_score_after_the_modules(profile, modules):
    by_id = {one.id: one for one in modules}

    for step in (best_module(profile, NEED, modules, {}), smallest_set(profile, NEED, modules, {})):
        taken = [by_id[name] for name in step.modules] if step else []
        assert after(profile, taken) == pytest.approx(step.score if step else after(profile, []))


@given(profile=profiles, modules=offers)
def test_no_single_module_is_better_than_the_best(profile, modules):
    step = best_module(profile, NEED, modules, {})
    reached = step.score if step else after(profile, [])

    assert reached >= max((after(profile, [one]) for one in modules), default=0) - 1e-9


@given(modules=offers)
def test_the_set_reaches_all_that_can_be_reached_within_the_proven_bound(modules):
    step = smallest_set(NOBODY, NEED, modules, {})
    reachable = after(NOBODY, modules)

    smallest = next(
        size
        for size in range(len(modules) + 1)
        if any(
            after(NOBODY, list(some)) >= reachable - 1e-9 for some in combinations(modules, size)
        )
    )
    assert (step.score if step else 0) == pytest.approx(reachable)
    # Gains lie between 0.1 (one optional skill) and 1: Wolsey's bound is 1 + ln 10.
    assert smallest <= (len(step.modules) if step else 0) <= smallest * (1 + log(10))
