"""What packages above may know of employers: facts, and a few answers as plain values."""

from employer_portal.needs.events import NeedChanged
from employer_portal.needs.queries import SkillDemand, open_needs, skill_demand
from employer_portal.profiles.events import MasteryWelcome
from employer_portal.profiles.service import offer_mastery

__all__ = [
    "MasteryWelcome",
    "NeedChanged",
    "SkillDemand",
    "offer_mastery",
    "open_needs",
    "skill_demand",
]
