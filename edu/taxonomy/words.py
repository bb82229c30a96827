"""Words on screen for the kinds of things in the reference data."""

from edu.i18n import Text, lazy
from edu.taxonomy.core.entries import SkillKind

KIND_WORDS: dict[SkillKind, Text] = {
    SkillKind.KNOWLEDGE: lazy("Knowledge"),
    SkillKind.SKILL: lazy("Skill"),
    SkillKind.TRANSVERSAL: lazy("Transversal skill"),
    SkillKind.DIGITAL: lazy("Digital skill"),
    SkillKind.SAFETY: lazy("Safety"),
}

LEVEL_WORDS: dict[int, Text] = {
    1: lazy("Elementary level I"),
    2: lazy("Elementary level II"),
    3: lazy("Elementary level III"),
    4: lazy("Intermediate level"),
    5: lazy("College level"),
    6: lazy("Bachelor's level"),
    7: lazy("Master's level"),
    8: lazy("Doctoral level"),
}
"""Names of the levels of the national framework (Decision 1982/QĐ-TTg, 2016)."""
