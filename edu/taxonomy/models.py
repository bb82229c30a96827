"""Reference data that every package speaks: skills, occupations, programme codes, places.

Each entry has an id of ours that never changes; `source` and `uri` say where it came from, and
`fingerprint` lets a re-import touch only what changed.
"""

import enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Owner, Privacy, Sharing, Steward, means
from edu.i18n import LanguageMap

REFERENCE = Steward(owner=Owner.PROVINCE, sharing=Sharing.SHARED, privacy=Privacy.OPEN)


class Status(enum.StrEnum):
    """In use, or kept only because older records point at it."""

    ACTIVE = "active"
    RETIRED = "retired"


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
    source: Mapped[str] = mapped_column(
        sa.String(40), default="nghe-so", info=means("Which list it was taken from.")
    )
    status: Mapped[Status] = mapped_column(
        default=Status.ACTIVE, info=means("In use, or kept for older records only.")
    )
    fingerprint: Mapped[bytes] = mapped_column(
        sa.LargeBinary(32),
        default=b"",
        info=means("Hash of the content, to see what an import changes."),
    )


class Skill(Entry, Base):
    """A skill, a piece of knowledge or a transversal competence."""

    __tablename__ = "skill"
    __steward__ = REFERENCE

    kind: Mapped[str] = mapped_column(
        sa.String(20),
        default="skill",
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
    uri: Mapped[str] = mapped_column(
        sa.String(200), default="", index=True, info=means("Address of the same concept in ESCO.")
    )
    uri_match: Mapped[str] = mapped_column(
        sa.String(10), default="", info=means("How close that concept is: exact or close.")
    )


class Occupation(Entry, Base):
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
    uri: Mapped[str] = mapped_column(
        sa.String(200), default="", index=True, info=means("Address of the same concept in ESCO.")
    )
    uri_match: Mapped[str] = mapped_column(
        sa.String(10), default="", info=means("How close that concept is: exact or close.")
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

    occupation: Mapped[Occupation] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()


class ProgrammeCode(Entry, Base):
    """A taught trade at a level, by its seven-digit code (Circular 26/2020/TT-BLĐTBXH)."""

    __tablename__ = "programme_code"
    __steward__ = REFERENCE

    level: Mapped[int] = mapped_column(
        info=means("Level of the national qualifications framework, 1 to 8.")
    )
    minimum_credits: Mapped[int] = mapped_column(
        default=0, info=means("Least volume of learning, in credits.")
    )


class Industry(Entry, Base):
    """A section of the economy (VSIC level 1)."""

    __tablename__ = "industry"
    __steward__ = REFERENCE


class PlaceKind(enum.StrEnum):
    """Two tiers since 1 July 2025."""

    PROVINCE = "province"
    COMMUNE = "commune"


class Place(Entry, Base):
    """A province or commune, by its official code."""

    __tablename__ = "place"
    __steward__ = REFERENCE

    kind: Mapped[PlaceKind] = mapped_column(info=means("Province or commune."))
    parent_code: Mapped[str] = mapped_column(
        sa.String(10), default="", index=True, info=means("Code of the province above a commune.")
    )
