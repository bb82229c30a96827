"""The shapes of our own reference data, and the hash that tells whether one has changed."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum


class SkillKind(StrEnum):
    """What sort of thing a person can or knows."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    TRANSVERSAL = "transversal"
    DIGITAL = "digital"
    SAFETY = "safety"


class Match(StrEnum):
    """How near an ESCO concept is: the same meaning, or a wider, narrower or neighbouring one."""

    EXACT = "exact"
    CLOSE = "close"


class Need(StrEnum):
    """How much an occupation needs a skill."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


class Level(StrEnum):
    """Levels of vocational education: sơ cấp, trung cấp, cao đẳng."""

    ELEMENTARY = "elementary"
    INTERMEDIATE = "intermediate"
    COLLEGE = "college"


class CodeSource(StrEnum):
    """Where a seven-digit programme code was read.

    `CIRCULAR` is Circular 26/2020/TT-BLĐTBXH; `TO_BE_CONFIRMED` waits for a reader of the whole
    list, and its code may be empty; `NONE` is a programme that the circular does not code.
    """

    CIRCULAR = "circular-26-2020"
    TO_BE_CONFIRMED = "to-be-confirmed"
    NONE = "none"


class Preparation(StrEnum):
    """Whether a programme aims at an occupation, or is a way into it among others."""

    MAIN = "main"
    RELATED = "related"


class ProvinceKind(StrEnum):
    """Thành phố (under the central government) or tỉnh."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"


class CommuneKind(StrEnum):
    """Phường, xã or đặc khu, the lower of the two tiers since 1 July 2025."""

    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special-zone"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Vietnamese and in English."""

    vi: str
    en: str

    def by_language(self) -> dict[str, str]:
        """The texts by language tag."""
        return {"vi": self.vi, "en": self.en}


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What else people say, in Vietnamese and in English, without the label itself."""

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def by_language(self) -> dict[str, list[str]]:
        """The synonyms by language tag."""
        return {"vi": list(self.vi), "en": list(self.en)}


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """A shelf of skills, such as welding."""

    code: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill; `framework` names its component of the digital framework, `esco_uri` its twin."""

    code: str
    kind: SkillKind
    group: str
    label: Bilingual
    synonyms: Synonyms
    esco_uri: str
    esco_match: Match | None
    framework: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """A kind of job, with its unit group of ISCO-08 and of Decision 34/2020/QĐ-TTg."""

    code: str
    isco: str
    vsco: str
    label: Bilingual
    synonyms: Synonyms
    description: Bilingual
    esco_uri: str
    esco_match: Match | None


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """A skill that an occupation takes."""

    occupation: str
    skill: str
    need: Need


@dataclass(frozen=True, slots=True)
class ProgrammeField:
    """A field of education, digits two and three of a programme code."""

    code: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Programme:
    """A trade taught at a level; the levels of one trade share `trade`. Credits are the least."""

    code: str
    trade: str
    level: Level
    vqf: int
    national_code: str
    code_source: CodeSource
    field: str
    label: Bilingual
    synonyms: Synonyms
    minimum_credits: int


@dataclass(frozen=True, slots=True)
class ProgrammeOccupation:
    """An occupation that a programme prepares for."""

    programme: str
    occupation: str
    preparation: Preparation


@dataclass(frozen=True, slots=True)
class Industry:
    """A section of the economy (VSIC level 1, Decision 27/2018/QĐ-TTg)."""

    code: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Province:
    """The upper tier, by its two-digit code."""

    code: str
    label: Bilingual
    kind: ProvinceKind


@dataclass(frozen=True, slots=True)
class Commune:
    """The lower tier, by its five-digit code."""

    code: str
    province: str
    label: Bilingual
    kind: CommuneKind


def fingerprint(row: object) -> bytes:
    """A hash of 32 bytes of a dataclass's kind and content: equal exactly when both are.

    It depends on neither the order of fields nor the process, so an import may store it and
    touch only the rows whose fingerprint is new. Raises TypeError for anything else.
    """
    if not dataclasses.is_dataclass(row) or isinstance(row, type):
        raise TypeError(type(row).__name__)
    content = [type(row).__name__, dataclasses.asdict(row)]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
