from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from math import exp, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.mastery.core.estimate import (
    General,
    Item,
    Normal,
    Settings,
    Skill,
    State,
    ability,
    mastery,
    probability_correct,
    update,
)
from tests.analytics.mastery.core.worlds import knows_or_not, normal_ogive

NOW = datetime(2026, 9, 7, tzinfo=UTC)
NEW = State(General(), (Skill(),), Item())
outcomes = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=40)


def after(results, state=NEW):
    for result in results:
        state = update(state, result, NOW)
    return state


def learner(state):
    return state.general, state.skills[0]


def replay(answers):
    """Each answer predicted before it is learned from: (model, running mean, correct)."""
    generals, skills, items = {}, {}, {}
    wins = defaultdict(lambda: [1, 2])  # Laplace's rule: one success in two before any answer
    for answer in answers:
        key = (answer.learner, answer.skill)
        state = State(
            generals.get(answer.learner, General()),
            (skills.get(key, Skill()),),
            items.get(answer.item, Item()),
        )
        yield probability_correct(state, NOW), wins[key][0] / wins[key][1], answer.correct
        state = update(state, answer.correct, NOW)
        generals[answer.learner], (skills[key],), items[answer.item] = state
        wins[key][0] += answer.correct
        wins[key][1] += 1


def log_loss(pairs):
    losses = [-log(chance if correct else 1 - chance) for chance, correct in pairs]
    return sum(losses) / len(losses)


def calibration_error(pairs):
    bins = [[0.0, 0.0] for _ in range(10)]
    for chance, correct in pairs:
        bins[int(chance * 10)][0] += chance
        bins[int(chance * 10)][1] += correct
    return sum(abs(said - happened) for said, happened in bins) / len(pairs)


@cache
def rows_of(world):
    """(model, running mean, correct) of the learners who come once the items are a little known."""
    rows = list(replay(world(Random(7), learners=300)))
    return rows[len(rows) // 3 :]


@pytest.mark.parametrize(("world", "ratio"), [(knows_or_not, 0.99), (normal_ogive, 0.85)])
def test_it_beats_the_running_mean_of_each_skill_in_worlds_of_another_kind(world, ratio):
    model = log_loss([(chance, correct) for chance, _, correct in rows_of(world)])
    baseline = log_loss([(mean, correct) for _, mean, correct in rows_of(world)])

    assert model < ratio * baseline


@pytest.mark.parametrize("world", [knows_or_not, normal_ogive])
def test_its_chances_come_true_in_worlds_of_another_kind(world):
    assert calibration_error([(chance, correct) for chance, _, correct in rows_of(world)]) < 0.05


def test_its_intervals_hold_the_true_ability_as_often_as_they_say():
    rng = Random(9)
    difficulty = [rng.gauss(0, 1.0) for _ in range(60)]
    items = [Item() for _ in difficulty]
    held = []
    for _ in range(300):
        talent, general = rng.gauss(0, 1.1), General()
        true = [talent + rng.gauss(0, 0.7) for _ in range(5)]
        skills = [Skill()] * 5
        for _ in range(50):
            skill, item = rng.randrange(5), rng.randrange(60)
            correct = rng.random() < 1 / (1 + exp(difficulty[item] - true[skill]))
            state = update(State(general, (skills[skill],), items[item]), correct, NOW)
            general, (skills[skill],), items[item] = state
            true[skill] += rng.gauss(0.05, 0.1)
        for level, skill in zip(true, skills, strict=True):
            known = mastery(ability(general, skill, NOW))
            held.append(known.low <= 1 / (1 + exp(-level)) <= known.high)

    assert 0.85 < sum(held) / len(held) < 0.95


@given(results=outcomes)
def test_a_better_last_answer_raises_the_estimate_and_the_chance_of_the_next(results):
    state = after(results)
    worse, better = (update(state, outcome, NOW) for outcome in (0.0, 1.0))

    assert ability(*learner(worse), NOW).mean < ability(*learner(better), NOW).mean
    assert probability_correct(worse, NOW) < probability_correct(better, NOW)


@given(results=outcomes)
def test_answers_make_an_item_and_a_skill_surer_and_never_impossible(results):
    state = after(results)
    estimate = ability(state.general, state.skills[0], NOW)

    assert 0 < estimate.variance < ability(General(), Skill(), NOW).variance
    assert 0 < state.item.variance < Item().variance
    assert state.general.precision >= 0
    assert state.skills[0].answers == state.item.answers == len(results)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_one_answer_finds_the_mode_that_a_fine_grid_finds(outcome):
    still = Settings(general=1.0, skill=0.5, item_drift=0.0, drift_an_answer=0.0, gain=0.0)
    state = update(State(General(), (Skill(),), Item(0.3, 0.7)), outcome, NOW, still)

    # Of ability − difficulty: prior mean −0.3, variance 1.0 + 0.5 + 0.7.
    grid = [step / 1000 for step in range(-6000, 6000)]
    density = {z: -((z + 0.3) ** 2) / 4.4 + outcome * z - log(1 + exp(z)) for z in grid}
    mode = max(density, key=density.__getitem__)
    found = ability(*learner(state), NOW, still).mean - state.item.difficulty
    assert found == pytest.approx(mode, abs=1e-3)


def test_an_item_that_good_learners_fail_becomes_harder():
    strong = after([1.0] * 20)

    failed = update(State(strong.general, strong.skills, Item()), 0.0, NOW)

    assert failed.item.difficulty > Item().difficulty
    assert after([0.0]).item.difficulty < failed.item.difficulty


def test_one_skill_speaks_a_little_for_another():
    practised = after([1.0] * 10)
    other = ability(practised.general, Skill(), NOW)
    own = ability(practised.general, practised.skills[0], NOW)

    assert 0 < other.mean < own.mean
    assert own.variance < other.variance < ability(General(), Skill(), NOW).variance


def test_repeating_one_skill_leaves_doubt_about_the_general_ability():
    settings = Settings()
    state = after([1.0, 0.0] * 500)
    variance = 1 / (1 / settings.general + state.general.precision)

    # However well one skill is known, its own part hides the rest.
    assert variance > 1 / (1 / settings.general + 1 / settings.skill)


def test_an_item_of_two_skills_moves_both_half_as_much():
    both = update(State(General(), (Skill(), Skill()), Item()), 1.0, NOW)
    alone = update(NEW, 1.0, NOW)

    first, second = both.skills
    assert first == second
    assert (
        0
        < ability(both.general, first, NOW).mean
        < ability(alone.general, alone.skills[0], NOW).mean
    )


def test_certainty_fades_with_time_and_the_estimate_returns_to_the_others():
    state = after([1.0] * 8)
    soon = ability(state.general, state.skills[0], NOW + timedelta(days=1))
    late = ability(state.general, state.skills[0], NOW + timedelta(days=400))

    assert late.variance > soon.variance
    assert 0 < late.mean < soon.mean


def test_a_clock_that_runs_backwards_changes_nothing():
    state = after([1.0] * 3)

    assert ability(state.general, state.skills[0], NOW - timedelta(days=9)) == ability(
        state.general, state.skills[0], NOW
    )


def test_mastery_says_chances():
    half = mastery(Normal(log(3), 0.5))

    assert half.probability == pytest.approx(0.5)  # the mean sits on the threshold, 0.75
    assert half.low < half.mean < 0.75 < half.high
    assert mastery(Normal(3.0, 0.1)).probability > 0.99
    assert mastery(Normal(log(3), 0.5), width=0.1).low > half.low
    assert mastery(Normal(log(3), 0.5), threshold=0.9).probability < 0.5
