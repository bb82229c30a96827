"""Which modules bring a person nearer to a job.

The score of a set of modules is a weighted coverage of skills: a module raises it by the shares of
the skills it teaches that are not yet fully proven, and the more is covered the less it adds
(monotone and submodular). The smallest set that reaches a score is a set cover, which is NP-hard;
taking the module that adds most, again and again, needs at most 1 + ln(first gain / last gain)
times as many as the best possible, and no quick method does essentially better (Wolsey 1982, "An
analysis of the greedy algorithm for the submodular set covering problem"; Feige 1998). Modules that
later choices have made superfluous are dropped at the end, which can only make the set smaller.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from employer_portal.matching.core.match import Need, Profile, shares_of, strengths_of

TINY = 1e-12  # a gain below this is rounding


@dataclass(frozen=True, slots=True)
class Module:
    """A module on offer: the skills that passing it proves, its hours and credits."""

    id: str
    skills: frozenset[str]
    hours: float
    credits: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """Modules to take, the score after them, what they add and what they cost.

    `proves`: the needed skills that are not fully proven yet and then are.
    """

    modules: tuple[str, ...]
    score: float
    gain: float
    hours: float
    credits: float
    proves: tuple[str, ...]


def best_module(
    profile: Profile, need: Need, modules: Iterable[Module], weights: Mapping[str, float]
) -> Step | None:
    """The one module that raises the score most; fewer hours decide a tie. None: none raises it."""
    open_shares, before = _open_shares(profile, need, weights)
    best = _best(open_shares, list(modules))
    return _step([best], open_shares, before) if best else None


def smallest_set(
    profile: Profile,
    need: Need,
    modules: Iterable[Module],
    weights: Mapping[str, float],
    *,
    target: float = 1.0,
) -> Step | None:
    """Few modules that bring the score to the target, or as near as they can; None: none helps.

    Also None when the target is reached already.
    """
    open_shares, before = _open_shares(profile, need, weights)
    remaining, left, chosen = dict(open_shares), list(modules), list[Module]()
    while before + _covered(open_shares, chosen) < target - TINY:
        best = _best(remaining, left)
        if best is None:
            break
        chosen.append(best)
        left.remove(best)
        remaining = {skill: v for skill, v in remaining.items() if skill not in best.skills}
    needed = min(target - before, _covered(open_shares, chosen))
    for module in reversed(chosen[:-1]):
        others = [other for other in chosen if other is not module]
        if _covered(open_shares, others) >= needed - TINY:
            chosen = others
    return _step(chosen, open_shares, before) if chosen else None


def _open_shares(
    profile: Profile, need: Need, weights: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """What each needed skill could still add, and the score without it."""
    strengths = strengths_of(profile.claims)
    shares = shares_of(need, weights)
    before = fsum(share * strengths.get(skill, 0.0) for skill, share in shares.items())
    missing = {skill: share * (1 - strengths.get(skill, 0.0)) for skill, share in shares.items()}
    return {skill: value for skill, value in missing.items() if value > TINY}, before


def _best(open_shares: Mapping[str, float], modules: Sequence[Module]) -> Module | None:
    helpful = [module for module in modules if not module.skills.isdisjoint(open_shares)]
    gains = {module.id: round(_covered(open_shares, [module]), 12) for module in helpful}
    return min(helpful, key=lambda one: (-gains[one.id], one.hours, one.id), default=None)


def _covered(open_shares: Mapping[str, float], modules: Iterable[Module]) -> float:
    taught = frozenset[str]().union(*(module.skills for module in modules))
    return fsum(value for skill, value in open_shares.items() if skill in taught)


def _step(modules: Sequence[Module], open_shares: Mapping[str, float], before: float) -> Step:
    taught = frozenset[str]().union(*(module.skills for module in modules))
    gain = _covered(open_shares, modules)
    return Step(
        modules=tuple(module.id for module in modules),
        score=before + gain,
        gain=gain,
        hours=fsum(module.hours for module in modules),
        credits=fsum(module.credits for module in modules),
        proves=tuple(sorted(taught.intersection(open_shares))),
    )
