"""What to do next, and why.

A unit that is begun is finished first; then what is due. Otherwise the learner works at the fringe
of what is known: skills that are not mastered and whose prerequisites are (Doignon & Falmagne 1985,
"Spaces for the assessment of knowledge"). There, a skill is likelier when results on it rise
(learning progress: Clément et al. 2015, "Multi-armed bandits for intelligent tutoring systems"),
when its mastery is in doubt, and when little was spent on it, so that nobody is held at a wall.

Every choice at the fringe keeps a floor of chance, and its probability is returned for the log:
another policy can then be judged on what this one did (Dudík et al. 2011, "Doubly robust policy
evaluation and learning").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp

from analytics.recommendation.core.activity import Activity, Kind, Recommendation, Skill
from analytics.recommendation.core.reasons import RIGHT, progress, reason_for

LEAST_EXPLORATION = 0.05  # below it, what is logged tells too little about other policies
ENOUGH_RESULTS = 4  # two against two: the least that shows progress


class TooLittleExploration(ValueError):
    """A policy that explores less than the floor."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers of a policy. `id` goes to the log: changed numbers need a new id.

    `mastered`: the probability from which a skill is left; `ready`: from which it opens those that
    require it, unless `patience` answers were spent on it. `streak`: right answers in a row
    after which a skill rests until nothing else is left. `window`: how many results tell progress;
    `curiosity`: the progress assumed while there are too few. `deadline_hours`: how far
    ahead deadlines count. `sharpness`: how strongly a better score is preferred.
    """

    id: str = "fringe-progress-1"
    exploration: float = LEAST_EXPLORATION
    mastered: float = 0.5
    ready: float = 0.3
    patience: int = 18
    streak: int = 4
    window: int = 8
    curiosity: float = 0.3
    deadline_hours: float = 72.0
    review_days: float = 7.0
    sharpness: float = 12.0
    worth: Mapping[Kind, float] = field(
        default_factory=lambda: {Kind.NEXT_UNIT: 0.1, Kind.REVIEW: -0.3, Kind.GAP: -0.3}
    )

    def __post_init__(self) -> None:
        if not LEAST_EXPLORATION <= self.exploration <= 1:
            raise TooLittleExploration(self.exploration)


def recommend(
    candidates: Sequence[Activity],
    skills: Mapping[str, Skill],
    *,
    draw: float,
    policy: Policy,
) -> Recommendation | None:
    """The next activity; None without candidates. `draw` is a random number in [0, 1).

    The same draw gives the same choice, so a log can be replayed.
    """
    if not candidates:
        return None
    options, scores = _options(candidates, skills, policy)
    chances = propensities(scores, policy)
    reached = enumerate(accumulate(chances))
    chosen = next((index for index, total in reached if draw < total), len(options) - 1)
    activity = options[chosen]
    skill = skills.get(activity.skill) if activity.skill is not None else None
    reason = reason_for(
        activity, skill, is_founded=skill is not None and _is_founded(skill, skills, policy)
    )
    return Recommendation(activity, scores[chosen], reason, chances[chosen], policy.id)


def propensities(scores: Sequence[float], policy: Policy) -> list[float]:
    """The probability of each option: better scores are likelier, none is below the floor."""
    best = max(scores)
    weights = [exp(policy.sharpness * (score - best)) for score in scores]
    total, floor = sum(weights), policy.exploration / len(scores)
    return [(1 - policy.exploration) * weight / total + floor for weight in weights]


def fringe(
    candidates: Sequence[Activity], skills: Mapping[str, Skill], policy: Policy
) -> list[Activity]:
    """The candidates that make sense now; all of them when none does, so nobody is left waiting.

    Reviews and modules that close a gap are for mastered skills, or for no single one.
    """
    open_ones = [one for one in candidates if _is_open(one, skills, policy)]
    active = [one for one in open_ones if not _rests(one, skills, policy)]
    return active or open_ones or list(candidates)


def _options(
    candidates: Sequence[Activity], skills: Mapping[str, Skill], policy: Policy
) -> tuple[list[Activity], list[float]]:
    """What is chosen from: a single activity when a unit is begun or something is due."""
    begun = [one for one in candidates if one.kind is Kind.CONTINUE]
    if begun:
        furthest = max(begun, key=lambda one: one.progress)
        return [furthest], [furthest.progress]
    due = [
        one
        for one in candidates
        if one.kind is Kind.DEADLINE and one.hours_left <= policy.deadline_hours
    ]
    if due:
        soonest = min(due, key=lambda one: one.hours_left)
        return [soonest], [1 - soonest.hours_left / policy.deadline_hours]
    options = fringe(candidates, skills, policy)
    return options, [score(one, skills, policy) for one in options]


def _is_open(activity: Activity, skills: Mapping[str, Skill], policy: Policy) -> bool:
    if activity.kind is Kind.DEADLINE:  # a far one; the near ones were chosen before
        return False
    if activity.kind in {Kind.REVIEW, Kind.GAP} or activity.skill is None:
        return True
    skill = skills.get(activity.skill, Skill())
    needed = [skills.get(name, Skill()) for name in skill.requires]
    opened = all(one.mastery >= policy.ready or one.answers >= policy.patience for one in needed)
    return opened and skill.mastery < policy.mastered


def _is_founded(skill: Skill, skills: Mapping[str, Skill], policy: Policy) -> bool:
    """True when all that comes before the skill is ready for it."""
    needed = [skills.get(name, Skill()) for name in skill.requires]
    return all(one.mastery >= policy.ready for one in needed)


def _rests(activity: Activity, skills: Mapping[str, Skill], policy: Policy) -> bool:
    """True for practice of what went right several times in a row: it is known or almost."""
    skill = skills.get(activity.skill or "", Skill())
    latest = skill.results[-policy.streak :]
    right = len(latest) == policy.streak and min(latest) >= RIGHT
    return activity.kind is Kind.PRACTICE and right


def score(activity: Activity, skills: Mapping[str, Skill], policy: Policy) -> float:
    """How much an activity promises; only differences between scores mean something."""
    promise = policy.worth.get(activity.kind, 0.0) - 0.2 * activity.position
    if activity.kind is Kind.REVIEW:
        return promise + min(activity.overdue_days / policy.review_days, 1.0)
    if activity.kind is Kind.GAP:
        return promise + activity.closes
    skill = skills.get(activity.skill or "", Skill())
    recent = skill.results[-policy.window :]
    rising = max(progress(recent), 0.0) if len(recent) >= ENOUGH_RESULTS else policy.curiosity
    doubt = 4 * skill.mastery * (1 - skill.mastery)
    return promise + 0.5 * rising + 0.1 * doubt - skill.answers / policy.patience
