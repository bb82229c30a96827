"""How well a profile fits a need, and why, skill by skill.

Essential skills count twice as much as optional ones, as ESCO relates them to occupations; rare
skills count more than those that every job asks for (inverse document frequency: Spärck Jones 1972,
"A statistical interpretation of term specificity"). What a person shows counts by how well it is
proven. Nothing else about the person is looked at: age, sex, origin, health or belief are no input.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, log

ESSENTIAL, OPTIONAL = 1.0, 0.5
HELD = 0.6  # from this strength on a skill is held, below it partly


class Evidence(StrEnum):
    """What a claim to a skill rests on, strongest first."""

    CREDENTIAL = "credential"
    MASTERY = "mastery"
    DECLARED = "declared"


CEILING = {Evidence.CREDENTIAL: 1.0, Evidence.MASTERY: 0.9, Evidence.DECLARED: 0.3}


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill that a person shows. `low`: the low bound of an estimate of mastery, 0 to 1."""

    skill: str
    evidence: Evidence
    low: float = 1.0

    @property
    def strength(self) -> float:
        """How much of the skill is proven; only an estimate depends on its bound."""
        sure = self.low if self.evidence is Evidence.MASTERY else 1.0
        return CEILING[self.evidence] * sure


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person chose to show: skills, and where, how and with what credential to work.

    Empty places or contracts mean any. `credential_level` is that of the national framework.
    """

    claims: tuple[Claim, ...] = ()
    places: frozenset[str] = frozenset()
    contracts: frozenset[str] = frozenset()
    credential_level: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a job takes. Without place or contract it is open to any; level 0 asks for none."""

    essential: frozenset[str]
    optional: frozenset[str] = frozenset()
    place: str | None = None
    contract: str | None = None
    credential_level: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """One skill's part in a score: its share of the whole, times how well it is proven."""

    skill: str
    is_essential: bool
    share: float
    strength: float
    value: float


@dataclass(frozen=True, slots=True)
class Match:
    """A score from 0 to 1 and what it is made of; the contributions sum to it."""

    score: float
    contributions: tuple[Contribution, ...]

    @property
    def held(self) -> tuple[str, ...]:
        """Skills that are well proven."""
        return tuple(part.skill for part in self.contributions if part.strength >= HELD)

    @property
    def partly_held(self) -> tuple[str, ...]:
        """Skills with some evidence, not enough to count on."""
        return tuple(part.skill for part in self.contributions if 0 < part.strength < HELD)

    @property
    def missing_essential(self) -> tuple[str, ...]:
        """Essential skills without any evidence."""
        return tuple(
            part.skill for part in self.contributions if not part.strength and part.is_essential
        )

    @property
    def missing_optional(self) -> tuple[str, ...]:
        """Optional skills without any evidence."""
        return tuple(
            part.skill for part in self.contributions if not part.strength and not part.is_essential
        )


def blocked_by(profile: Profile, need: Need) -> tuple[str, ...]:
    """What rules the match out whatever the skills: `place`, `contract`, `credential`."""
    obstacles = {
        "place": profile.places and need.place and need.place not in profile.places,
        "contract": profile.contracts and need.contract and need.contract not in profile.contracts,
        "credential": profile.credential_level < need.credential_level,
    }
    return tuple(code for code, stands in obstacles.items() if stands)


def rarity(uses: Mapping[str, int], occupations: int) -> dict[str, float]:
    """The weight of each skill, from the number of occupations that use it."""
    return {skill: log((1 + occupations) / (1 + count)) + 1 for skill, count in uses.items()}


def match(profile: Profile, need: Need, weights: Mapping[str, float]) -> Match:
    """The score of a profile for a need, largest contributions first; 0 for a need of no skills.

    A skill without a weight counts as an ordinary one, 1. Obstacles are `blocked_by`'s business.
    """
    shares, strengths = shares_of(need, weights), strengths_of(profile.claims)
    parts = [
        Contribution(
            skill,
            skill in need.essential,
            share,
            strengths.get(skill, 0.0),
            share * strengths.get(skill, 0.0),
        )
        for skill, share in shares.items()
    ]
    parts.sort(key=lambda part: (-part.value, -part.share, part.skill))
    return Match(fsum(part.value for part in parts), tuple(parts))


def shares_of(need: Need, weights: Mapping[str, float]) -> dict[str, float]:
    """Each skill's share of a need; together they are 1. A skill in both lists is essential."""
    raw = {skill: OPTIONAL * weights.get(skill, 1.0) for skill in need.optional}
    raw |= {skill: ESSENTIAL * weights.get(skill, 1.0) for skill in need.essential}
    total = fsum(raw.values())
    return {skill: weight / total for skill, weight in raw.items()}


def strengths_of(claims: Iterable[Claim]) -> dict[str, float]:
    """The best evidence for each skill; a weaker claim never lowers a stronger one."""
    strengths: dict[str, float] = {}
    for claim in claims:
        strengths[claim.skill] = max(claim.strength, strengths.get(claim.skill, 0.0))
    return strengths
