from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.matching.core.match import (
    Claim,
    Contribution,
    Evidence,
    Need,
    Profile,
    blocked_by,
    match,
    rarity,
    strengths_of,
)

WELDER = Need(frozenset({"welding", "drawings"}), frozenset({"forklift"}))
names = st.sampled_from("abcdefgh")
claims = st.lists(st.builds(Claim, names, st.sampled_from(Evidence), st.floats(0, 1)), max_size=12)
needs = st.builds(Need, st.frozensets(names, min_size=1), st.frozensets(names))
weights = st.dictionaries(names, st.floats(0.1, 10))


def holding(*skills: str, evidence: Evidence = Evidence.CREDENTIAL, low: float = 1.0) -> Profile:
    return Profile(tuple(Claim(skill, evidence, low) for skill in skills))


def test_essential_skills_count_twice_as_much_as_optional_ones():
    result = match(holding("welding"), WELDER, {})

    assert result.score == pytest.approx(1.0 / 2.5)
    assert result.contributions[0] == Contribution("welding", True, 0.4, 1.0, 0.4)


def test_a_rare_skill_counts_more():
    common, rare = (
        match(holding(skill), Need(frozenset({"email", "6g"})), rarity({"email": 90, "6g": 1}, 100))
        for skill in ("email", "6g")
    )

    assert common.score < 0.25
    assert rare.score > 0.75


def test_the_match_says_what_is_held_partly_held_and_missing():
    profile = Profile(
        (
            Claim("welding", Evidence.CREDENTIAL),
            Claim("drawings", Evidence.MASTERY, low=0.5),
        )
    )

    result = match(profile, Need(WELDER.essential | {"safety"}, WELDER.optional), {})

    assert result.held == ("welding",)
    assert result.partly_held == ("drawings",)
    assert result.missing_essential == ("safety",)
    assert result.missing_optional == ("forklift",)


def test_evidence_counts_in_the_order_of_its_strength():
    proven, estimated, declared = (
        match(holding("welding", evidence=evidence, low=low), WELDER, {}).score
        for evidence, low in [
            (Evidence.CREDENTIAL, 0.0),
            (Evidence.MASTERY, 0.9),
            (Evidence.DECLARED, 1.0),
        ]
    )

    assert proven > estimated > declared > 0


def test_a_weaker_claim_never_lowers_a_stronger_one():
    both = [Claim("a", Evidence.CREDENTIAL), Claim("a", Evidence.MASTERY, 0.1)]

    assert strengths_of(both) == strengths_of(both[::-1]) == {"a": 1.0}


def test_a_skill_in_both_lists_is_essential_and_counts_once():
    result = match(Profile(), Need(frozenset({"a"}), frozenset({"a"})), {})

    assert [(part.skill, part.is_essential, part.share) for part in result.contributions] == [
        ("a", True, 1.0)
    ]


def test_a_need_of_no_skills_scores_nothing():
    assert match(holding("a"), Need(frozenset()), {}).score == 0


@pytest.mark.parametrize(
    ("profile", "need", "codes"),
    [
        (Profile(), Need(frozenset()), ()),
        (Profile(), Need(frozenset(), place="48", contract="full"), ()),
        (Profile(places=frozenset({"48"})), Need(frozenset(), place="48"), ()),
        (Profile(places=frozenset({"46"})), Need(frozenset()), ()),
        (Profile(places=frozenset({"46"})), Need(frozenset(), place="48"), ("place",)),
        (Profile(contracts=frozenset({"part"})), Need(frozenset(), contract="full"), ("contract",)),
        (Profile(credential_level=4), Need(frozenset(), credential_level=4), ()),
        (Profile(credential_level=3), Need(frozenset(), credential_level=4), ("credential",)),
    ],
)
def test_obstacles_stand_whatever_the_skills(profile, need, codes):
    assert blocked_by(profile, need) == codes


def test_no_protected_attribute_is_an_input():
    assert {field.name for field in fields(Profile)} == {
        "claims",
        "places",
        "contracts",
        "credential_level",
    }
    assert {field.name for field in fields(Claim)} == {"skill", "evidence", "low"}


@given(shown=claims, need=needs, weight=weights)
def test_contributions_sum_to_the_score_and_every_skill_is_told_once(shown, need, weight):
    result = match(Profile(tuple(shown)), need, weight)
    told = [*result.held, *result.partly_held, *result.missing_essential, *result.missing_optional]

    assert result.score == pytest.approx(sum(part.value for part in result.contributions))
    assert 0 <= result.score <= 1 + 1e-9
    assert sorted(told) == sorted(need.essential | need.optional)
    assert sum(part.share for part in result.contributions) == pytest.approx(1)


@given(shown=claims, more=claims, need=needs, weight=weights)
def test_showing_more_never_lowers_the_score(shown, more, need, weight):
    less = match(Profile(tuple(shown)), need, weight).score

    assert match(Profile((*shown, *more)), need, weight).score >= less - 1e-12
