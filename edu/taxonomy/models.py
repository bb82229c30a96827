"""Reference data that every package speaks: skills, occupations, programme codes, places.

Each entry has an id of ours that never changes; `source` says who wrote it, `fingerprint` lets a
re-import touch only what changed, and `release` numbers the import that last touched it, which is
what the change feed counts by. Nothing that others may point at is ever deleted: it is retired.
"""

import enum
from typing import Any, TypeAlias
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Sharing, Steward, means
from edu.i18n import LanguageMap
from edu.taxonomy.core.entries import CodeSource, SkillKind
from edu.taxonomy.core.names import all_names, search_text

REFERENCE = Steward(owner=Owner.PROVINCE, sharing=Sharing.SHARED, privacy=Privacy.OPEN)


class Source(enum.StrEnum):
    """Who wrote an entry."""

    OURS = "nghe-so"
    ESCO = "esco"
    UNITS = "units"


class Status(enum.StrEnum):
    """In use, or kept only because older records point at it."""

    ACTIVE = "active"
    RETIRED = "retired"


class Release(Dated, Base):
    """One import of reference data that changed something; its number is the version."""

    __tablename__ = "taxonomy_release"
    __steward__ = REFERENCE

    number: Mapped[int] = mapped_column(
        unique=True, info=means("Number of the release, counted upwards from 1.")
    )
    source: Mapped[Source] = mapped_column(info=means("Who wrote what came in."))
    files: Mapped[list[str]] = mapped_column(info=means("Names of the files that were read."))
    counts: Mapped[dict[str, Any]] = mapped_column(
        info=means("For each list, how many entries were added, changed, retired or left alone.")
    )


class Entry:
    """What every entry of reference data has."""

    code: Mapped[str] = mapped_column(
        sa.String(80), unique=True, sort_order=-1, info=means("Code, unique in its list.")
    )
    label: Mapped[LanguageMap] = mapped_column(
        sort_order=-1, info=means("Preferred label, in each language.")
    )
    synonyms: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("Other names people use, a list for each language.")
    )
    source: Mapped[Source] = mapped_column(
        default=Source.OURS, info=means("Which list it was taken from.")
    )
    status: Mapped[Status] = mapped_column(
        default=Status.ACTIVE, info=means("In use, or kept for older records only.")
    )
    fingerprint: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        default=b"",
        info=means("Hash of the content, to see what an import changes."),
    )
    release: Mapped[int] = mapped_column(
        default=0, index=True, info=means("Number of the release that last changed it.")
    )


class Concept(Entry):
    """An entry that ESCO may know too. Where it means exactly the same, ESCO adds to ours."""

    about: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("What it is, in a sentence or two, in each language.")
    )
    uri: Mapped[str] = mapped_column(
        sa.String(200), default="", index=True, info=means("Address of the same concept in ESCO.")
    )
    uri_match: Mapped[str] = mapped_column(
        sa.String(10), default="", info=means("How close that concept is: exact or close.")
    )
    esco_names: Mapped[list[str]] = mapped_column(
        default=list, info=means("Further English names that ESCO gives the same concept.")
    )
    esco_fingerprint: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        default=b"",
        info=means("Hash of what ESCO added to an entry of ours; empty where it added nothing."),
    )
    search_text: Mapped[str] = mapped_column(
        sa.Text, default="", info=means("All its names without accents, for the search.")
    )

    @property
    def names(self) -> list[str]:
        """Every name it goes by, in every language, the Vietnamese label first."""
        return list(all_names(self.label, self.synonyms or {}, self.esco_names or ()))


class SkillGroup(Entry, Base):
    """A shelf of skills, such as welding; those of ESCO stand one within another."""

    __tablename__ = "skill_group"
    __steward__ = REFERENCE

    parent_code: Mapped[str] = mapped_column(
        sa.String(80), default="", index=True, info=means("Code of the group around it, if any.")
    )


class Skill(Concept, Base):
    """A skill, a piece of knowledge or a transversal competence."""

    __tablename__ = "skill"
    __steward__ = REFERENCE

    kind: Mapped[SkillKind] = mapped_column(
        default=SkillKind.SKILL,
        info=means("Knowledge, skill, transversal, digital or safety."),
    )
    group_code: Mapped[str] = mapped_column(
        sa.String(80), default="", index=True, info=means("The group of skills it belongs to.")
    )
    framework: Mapped[str] = mapped_column(
        sa.String(40),
        default="",
        info=means("Component of the digital competence framework (Circular 02/2025)."),
    )


class Occupation(Concept, Base):
    """A kind of job, as the labour market names it."""

    __tablename__ = "occupation"
    __steward__ = REFERENCE

    isco: Mapped[str] = mapped_column(
        sa.String(4), default="", index=True, info=means("Unit group of ISCO-08.")
    )
    vsco: Mapped[str] = mapped_column(
        sa.String(5),
        default="",
        info=means("Code in the Vietnamese list of occupations (Decision 34/2020/QĐ-TTg)."),
    )

    skills: Mapped[list["OccupationSkill"]] = relationship(back_populates="occupation")


class OccupationSkill(Base):
    """A skill that an occupation takes, essential or useful."""

    __tablename__ = "occupation_skill"
    __table_args__ = (sa.UniqueConstraint("occupation_id", "skill_id"),)
    __steward__ = REFERENCE

    occupation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("occupation.id"), info=means("The occupation.")
    )
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )
    is_essential: Mapped[bool] = mapped_column(
        info=means("Essential for the occupation, rather than useful.")
    )
    source: Mapped[Source] = mapped_column(default=Source.OURS, info=means("Who says so."))

    occupation: Mapped[Occupation] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()


class ProgrammeField(Entry, Base):
    """A field of education, digits two and three of a programme code."""

    __tablename__ = "programme_field"
    __steward__ = REFERENCE


class ProgrammeCode(Entry, Base):
    """A trade taught at a level; the levels of one trade share its name."""

    __tablename__ = "programme_code"
    __steward__ = REFERENCE

    trade: Mapped[str] = mapped_column(
        sa.String(80), default="", index=True, info=means("The trade, the same at every level.")
    )
    level: Mapped[int] = mapped_column(
        info=means("Level of the national qualifications framework, 1 to 8.")
    )
    national_code: Mapped[str] = mapped_column(
        sa.String(7),
        default="",
        index=True,
        info=means("Seven-digit programme code (Circular 26/2020/TT-BLĐTBXH)."),
    )
    code_source: Mapped[CodeSource] = mapped_column(
        default=CodeSource.NONE,
        info=means("Whether the code was read in the circular or is to be confirmed."),
    )
    field_code: Mapped[str] = mapped_column(
        sa.String(2), default="", index=True, info=means("Field of education.")
    )
    minimum_credits: Mapped[int] = mapped_column(
        default=0, info=means("Least volume of learning, in credits.")
    )

    occupations: Mapped[list["ProgrammeOccupation"]] = relationship(back_populates="programme")


class ProgrammeOccupation(Base):
    """An occupation that a programme prepares for."""

    __tablename__ = "programme_occupation"
    __table_args__ = (sa.UniqueConstraint("programme_id", "occupation_id"),)
    __steward__ = REFERENCE

    programme_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("programme_code.id"), info=means("The trade at its level.")
    )
    occupation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("occupation.id"), index=True, info=means("The occupation.")
    )
    is_main: Mapped[bool] = mapped_column(
        info=means("The occupation the programme aims at, rather than a related one.")
    )

    source: Mapped[Source] = mapped_column(default=Source.OURS, info=means("Who says so."))

    programme: Mapped[ProgrammeCode] = relationship(back_populates="occupations")
    occupation: Mapped[Occupation] = relationship()


class Industry(Entry, Base):
    """A section of the economy (VSIC level 1)."""

    __tablename__ = "industry"
    __steward__ = REFERENCE


class PlaceKind(enum.StrEnum):
    """Two tiers since 1 July 2025: the first two stand above the other three."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    WARD = "ward"
    COMMUNE = "commune"
    SPECIAL_ZONE = "special-zone"


class Place(Entry, Base):
    """A province or commune, by its official code."""

    __tablename__ = "place"
    __steward__ = REFERENCE

    kind: Mapped[PlaceKind] = mapped_column(
        info=means("Municipality or province; ward, commune or special zone.")
    )
    parent_code: Mapped[str] = mapped_column(
        sa.String(10), default="", index=True, info=means("Code of the province above a commune.")
    )


AnyEntry: TypeAlias = (
    SkillGroup | Skill | Occupation | ProgrammeField | ProgrammeCode | Industry | Place
)
AnyConcept: TypeAlias = Skill | Occupation

ENTRIES: tuple[type[AnyEntry], ...] = (
    SkillGroup,
    Skill,
    Occupation,
    ProgrammeField,
    ProgrammeCode,
    Industry,
    Place,
)
"""Every list; cursors of the feed count by this order, so new lists go to the end."""


@event.listens_for(Concept, "before_insert", propagate=True)
@event.listens_for(Concept, "before_update", propagate=True)
def _write_search_text(
    _mapper: orm.Mapper[Concept], _connection: Connection, concept: Concept
) -> None:
    """Keep the search text equal to the names, whoever writes them."""
    concept.search_text = search_text(concept.names)
