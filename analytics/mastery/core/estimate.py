"""What a learner knows, from answers, online, with its uncertainty.

Each skill's ability is the learner's general ability plus a part of its own; an answer depends on
ability minus the item's difficulty (Rasch 1960). One answer updates the skill, the item and the
general ability, and so every other skill a little, as multi-skill Elo does (Pelánek 2016,
"Applications of the Elo rating system in adaptive educational systems"). Unlike Elo each estimate
carries a variance, so steps are large while little is known, and certainty decays with time
(Glickman 1999, "Parameter estimation in large dynamic paired comparison experiments").

The likelihood of an answer is replaced by the Gaussian at its mode (Laplace). A skill keeps only
what its own answers say, as precision and precision × mean. General ability and skills form a tree,
so combining these by message passing counts no answer twice, whatever the number of skills. For an
item of several skills their beliefs are taken as independent, which makes it a little too sure.
Abilities and difficulties are in logits; 0 is an ordinary learner and an ordinary item.
"""

from dataclasses import dataclass
from datetime import datetime
from math import erf, exp, log, pi, sqrt
from typing import NamedTuple

SECONDS_A_DAY = 86_400
NEWTON_STEPS = 3  # the mode is then exact to a thousandth of a logit


class Settings(NamedTuple):
    """Variances, in squared logits, of people and items, and of what time and practice add.

    The defaults were chosen on the training learners of ASSISTments 2009, skill-builder data.

    `gain` is what an answer teaches, in logits (Pavlik 2009, "Performance factors analysis").
    """

    general: float = 1.4
    skill: float = 0.6
    drift_a_day: float = 0.004
    drift_an_answer: float = 0.03
    item_drift: float = 0.0005
    gain: float = 0.05


class General(NamedTuple):
    """What all skills together say about a learner's general ability, beside the prior."""

    precision: float = 0.0
    shift: float = 0.0


class Skill(NamedTuple):
    """What the answers on one skill say about ability in it."""

    precision: float = 0.0
    shift: float = 0.0
    answers: int = 0
    seen_at: datetime | None = None


class Item(NamedTuple):
    """An item's difficulty. A new item starts with its author's guess and a large variance."""

    difficulty: float = 0.0
    variance: float = 1.5
    answers: int = 0


class State(NamedTuple):
    """All that one answer touches: the learner, the skills that the item needs, the item."""

    general: General
    skills: tuple[Skill, ...]
    item: Item


class Normal(NamedTuple):
    """An uncertain ability, in logits."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well a skill is known.

    `probability`: that the chance of answering an ordinary item correctly is above the threshold.
    `mean`, `low`, `high`: that chance, and the interval that holds it with the given confidence.
    """

    probability: float
    mean: float
    low: float
    high: float


DEFAULT = Settings()

Pair = tuple[float, float]  # mean and variance, or precision and shift, of a normal


def update(state: State, outcome: float, shown_at: datetime, settings: Settings = DEFAULT) -> State:
    """The state after an answer. `outcome` is 0 to 1, partial credit allowed.

    `shown_at` is when the item was shown: the time of answering would tell how long it took.
    """
    general, skills, (difficulty, spread, answers) = state
    spread += settings.item_drift
    share = 1.0 / len(skills)  # an item needs its skills together: abilities are averaged
    priors = [_prior(general, skill, settings) for skill in skills]
    beliefs = [_belief(*pair, shown_at, settings) for pair in zip(priors, skills, strict=True)]
    mean = share * sum([mean for mean, _ in beliefs]) - difficulty
    variance = share * share * sum([variance for _, variance in beliefs]) + spread
    surprise, curvature = _mode(mean, variance, outcome)
    shrink = curvature / (1.0 + curvature * variance)
    learned = tuple(
        [
            Skill(
                *_without(prior, _moved(belief, share * surprise, share * share * shrink)),
                skill.answers + 1,
                shown_at,
            )
            for prior, belief, skill in zip(priors, beliefs, skills, strict=True)
        ]
    )
    item = Item(*_moved((difficulty, spread), -surprise, shrink), answers + 1)
    return State(_retold(general, skills, learned, settings), learned, item)


def probability_correct(state: State, shown_at: datetime, settings: Settings = DEFAULT) -> float:
    """The chance of a correct answer; uncertainty pulls it towards one half."""
    abilities = [ability(state.general, skill, shown_at, settings) for skill in state.skills]
    share = 1.0 / len(abilities)
    mean = share * sum([one.mean for one in abilities]) - state.item.difficulty
    variance = share * share * sum([one.variance for one in abilities]) + state.item.variance
    return _expected(mean, variance)


def ability(general: General, skill: Skill, now: datetime, settings: Settings = DEFAULT) -> Normal:
    """Ability in a skill: its own evidence, faded since, with what other skills suggest."""
    return Normal(*_belief(_prior(general, skill, settings), skill, now, settings))


def mastery(estimate: Normal, *, threshold: float = 0.75, width: float = 1.645) -> Mastery:
    """Say an ability in chances on an ordinary item.

    `threshold` is a chance; `width` counts standard deviations: 1.645 makes a 90 % interval.
    """
    mean, deviation = estimate.mean, sqrt(estimate.variance)
    needed = log(threshold / (1.0 - threshold))
    return Mastery(
        probability=0.5 * (1.0 + erf((mean - needed) / (deviation * sqrt(2.0)))),
        mean=_expected(mean, estimate.variance),
        low=_logistic(mean - width * deviation),
        high=_logistic(mean + width * deviation),
    )


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + exp(-value))


def _expected(mean: float, variance: float) -> float:
    """The mean of the logistic of a normal (MacKay 1992, "The evidence framework", eq. 3.3)."""
    return _logistic(mean / sqrt(1.0 + pi * variance / 8.0))


def _mode(mean: float, variance: float, outcome: float) -> Pair:
    """Surprise and curvature where prior × likelihood is largest, by Newton's method.

    The mode z solves z = mean + variance × (outcome − logistic(z)).
    """
    z = mean
    for _ in range(NEWTON_STEPS):
        chance = 1.0 / (1.0 + exp(-z))
        slope = 1.0 + variance * chance * (1.0 - chance)
        z -= (z - mean - variance * (outcome - chance)) / slope
    chance = 1.0 / (1.0 + exp(-z))
    return outcome - chance, chance * (1.0 - chance)


def _message(skill: Skill, settings: Settings) -> Pair:
    """What a skill says about general ability: its evidence, blurred by the skill's own part."""
    blur = 1.0 + skill.precision * settings.skill
    return skill.precision / blur, skill.shift / blur


def _prior(general: General, skill: Skill, settings: Settings) -> Pair:
    """What all the other skills suggest about this one; they stay out of its own evidence."""
    precision, shift = _message(skill, settings)
    others = 1.0 / settings.general + general.precision - precision
    return (general.shift - shift) / others, 1.0 / others + settings.skill


def _belief(prior: Pair, skill: Skill, now: datetime, settings: Settings) -> Pair:
    """The prior with the skill's evidence: practice has taught since, time made it less certain."""
    mean, variance = prior
    precision, shift, _, seen_at = skill
    if seen_at is not None:
        days = (now - seen_at).total_seconds() / SECONDS_A_DAY
        fade = 1.0 + precision * (settings.drift_an_answer + settings.drift_a_day * max(days, 0.0))
        shift = (shift + precision * settings.gain) / fade
        precision /= fade
    total = 1.0 / variance + precision
    return (mean / variance + shift) / total, 1.0 / total


def _moved(belief: Pair, push: float, shrink: float) -> Pair:
    """A belief after the answer: moved by the surprise, surer by the curvature."""
    mean, variance = belief
    return mean + variance * push, variance - variance * variance * shrink


def _without(prior: Pair, belief: Pair) -> Pair:
    """The skill's own precision and shift: the belief with the prior taken out of it."""
    precision = 1.0 / belief[1] - 1.0 / prior[1]
    return precision, belief[0] / belief[1] - prior[0] / prior[1]


def _retold(
    general: General, before: tuple[Skill, ...], after: tuple[Skill, ...], settings: Settings
) -> General:
    """The general ability's evidence with the skills' old messages exchanged for new ones."""
    precision, shift = general
    for old, new in zip(before, after, strict=True):
        old_precision, old_shift = _message(old, settings)
        new_precision, new_shift = _message(new, settings)
        precision += new_precision - old_precision
        shift += new_shift - old_shift
    return General(precision, shift)
