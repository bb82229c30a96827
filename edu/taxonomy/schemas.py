"""What machines learn about the reference data."""

from uuid import UUID

from pydantic import BaseModel, Field

from edu.i18n import local
from edu.taxonomy.core.entries import SkillKind
from edu.taxonomy.feed import ChangedEntry
from edu.taxonomy.models import Occupation, Skill, Status


class SearchIn(BaseModel):
    """Words that somebody types, and how many answers are wanted."""

    q: str = Field("", max_length=200, description="Words, with or without accents.")
    limit: int = Field(20, ge=1, le=50, description="At most so many answers.")


class SkillOut(BaseModel):
    """A skill. `name` is its label in the asker's language, or in the best other one."""

    id: UUID
    code: str
    name: str
    label: dict[str, str]
    synonyms: dict[str, list[str]]
    kind: SkillKind
    group: str
    uri: str = Field(description="Address of the same or a near concept of ESCO.")
    uri_match: str = Field(description="“exact”, “close” or empty.")
    status: Status

    @classmethod
    def of(cls, skill: Skill) -> "SkillOut":
        """Show a skill."""
        return cls(
            id=skill.id,
            code=skill.code,
            name=local(skill.label),
            label=skill.label,
            synonyms=skill.synonyms,
            kind=skill.kind,
            group=skill.group_code,
            uri=skill.uri,
            uri_match=skill.uri_match,
            status=skill.status,
        )


class SkillsOut(BaseModel):
    """Skills, the likeliest first."""

    items: list[SkillOut]


class OccupationOut(BaseModel):
    """An occupation. `name` is its label in the asker's language, or in the best other one."""

    id: UUID
    code: str
    name: str
    label: dict[str, str]
    synonyms: dict[str, list[str]]
    about: dict[str, str]
    isco: str = Field(description="Unit group of ISCO-08.")
    vsco: str = Field(description="Code of Decision 34/2020/QĐ-TTg, where it is known.")
    uri: str = Field(description="Address of the same or a near concept of ESCO.")
    uri_match: str = Field(description="“exact”, “close” or empty.")
    status: Status

    @classmethod
    def of(cls, occupation: Occupation) -> "OccupationOut":
        """Show an occupation."""
        return cls(
            id=occupation.id,
            code=occupation.code,
            name=local(occupation.label),
            label=occupation.label,
            synonyms=occupation.synonyms,
            about=occupation.about,
            isco=occupation.isco,
            vsco=occupation.vsco,
            uri=occupation.uri,
            uri_match=occupation.uri_match,
            status=occupation.status,
        )


class OccupationsOut(BaseModel):
    """Occupations, the likeliest first."""

    items: list[OccupationOut]


class ChangesIn(BaseModel):
    """Where to read on, and how much."""

    since: str = Field("", max_length=120, description="The cursor of the last answer, or empty.")
    limit: int = Field(500, ge=1, le=2000, description="At most so many entries.")


class ChangeOut(BaseModel):
    """An entry that changed, as it stands now."""

    list: str = Field(description="Which list it belongs to, such as “skill”.")
    code: str
    label: dict[str, str]
    status: Status
    release: int = Field(description="The import that last changed it.")

    @classmethod
    def of(cls, entry: ChangedEntry) -> "ChangeOut":
        """Show a changed entry."""
        return cls(
            list=entry.list,
            code=entry.code,
            label=entry.label,
            status=entry.status,
            release=entry.release,
        )


class ChangesOut(BaseModel):
    """Changed entries in their order. Come back with `cursor`; it stays when nothing is new."""

    items: list[ChangeOut]
    cursor: str
