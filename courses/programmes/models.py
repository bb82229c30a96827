"""Programmes of study and their dated curricula: what is taught, and for how many credits."""

import enum
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Privacy, Sharing, Steward, TenantOwned, means
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill

PUBLIC = Steward(sharing=Sharing.SHARED, privacy=Privacy.OPEN)


class CurriculumState(enum.StrEnum):
    """A curriculum in force is never changed; a new version replaces it."""

    DRAFT = "draft"
    IN_FORCE = "in-force"
    REPLACED = "replaced"


class Programme(TenantOwned, Dated, Base):
    """A trade at a level, taught by one college; or an open course for everyone."""

    __tablename__ = "programme"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "code"),)
    __steward__ = PUBLIC

    code: Mapped[str] = mapped_column(
        sa.String(20), info=means("Seven-digit programme code (Circular 26/2020), or our own.")
    )
    title: Mapped[LanguageMap] = mapped_column(info=means("Name of the programme."))
    about: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("What one learns and what it leads to.")
    )
    level: Mapped[int] = mapped_column(
        info=means("Level of the national qualifications framework; 0 for open courses.")
    )
    is_open: Mapped[bool] = mapped_column(
        default=False, info=means("Open to everyone, without admission.")
    )

    versions: Mapped[list["CurriculumVersion"]] = relationship(
        back_populates="programme", order_by="CurriculumVersion.valid_from"
    )


class CurriculumVersion(TenantOwned, Dated, Base):
    """What a programme consists of for those who enter it from a date on."""

    __tablename__ = "curriculum_version"
    __table_args__ = (sa.UniqueConstraint("programme_id", "valid_from"),)
    __steward__ = PUBLIC

    programme_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("programme.id"), info=means("The programme.")
    )
    valid_from: Mapped[date] = mapped_column(info=means("First day on which it is in force."))
    state: Mapped[CurriculumState] = mapped_column(
        default=CurriculumState.DRAFT, info=means("Draft, in force or replaced.")
    )
    rule_set: Mapped[str] = mapped_column(
        sa.String(60), info=means("The regulations under which marks and credits are given.")
    )
    credits: Mapped[int] = mapped_column(info=means("Volume of the whole programme, in credits."))

    programme: Mapped[Programme] = relationship(back_populates="versions")
    modules: Mapped[list["Module"]] = relationship(
        back_populates="curriculum", order_by="Module.position"
    )

    @property
    def is_in_force(self) -> bool:
        """True for the version that newcomers enter."""
        return self.state == CurriculumState.IN_FORCE


class Module(TenantOwned, Dated, Base):
    """A module or credit course of a curriculum."""

    __tablename__ = "module"
    __table_args__ = (sa.UniqueConstraint("curriculum_id", "code"),)
    __steward__ = PUBLIC

    curriculum_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("curriculum_version.id"), info=means("The curriculum it belongs to.")
    )
    code: Mapped[str] = mapped_column(sa.String(40), info=means("Code within the college."))
    title: Mapped[LanguageMap] = mapped_column(info=means("Name of the module."))
    about: Mapped[LanguageMap] = mapped_column(
        default=dict, info=means("What the module is about.")
    )
    position: Mapped[int] = mapped_column(default=0, info=means("Place in the curriculum's order."))
    semester: Mapped[int] = mapped_column(default=1, info=means("Semester in which it is planned."))
    credits: Mapped[int] = mapped_column(info=means("Credits earned by completing it."))
    theory_hours: Mapped[int] = mapped_column(default=0, info=means("Hours of theory."))
    practice_hours: Mapped[int] = mapped_column(default=0, info=means("Hours of practice."))

    is_self_paced: Mapped[bool] = mapped_column(
        default=False, info=means("Without a final examination by a teacher: quizzes decide.")
    )

    curriculum: Mapped[CurriculumVersion] = relationship(back_populates="modules", lazy="joined")
    outcomes: Mapped[list["Outcome"]] = relationship(
        back_populates="module", order_by="Outcome.position"
    )
    prerequisites: Mapped[list["Prerequisite"]] = relationship(
        back_populates="module", foreign_keys="Prerequisite.module_id"
    )


class Outcome(TenantOwned, Base):
    """What a learner can do after a module, tied to a skill of the taxonomy."""

    __tablename__ = "outcome"
    __table_args__ = (sa.UniqueConstraint("module_id", "position"),)
    __steward__ = PUBLIC

    module_id: Mapped[UUID] = mapped_column(sa.ForeignKey("module.id"), info=means("The module."))
    position: Mapped[int] = mapped_column(info=means("Place in the module's list."))
    text: Mapped[LanguageMap] = mapped_column(info=means("What the learner can do."))
    skill_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill it builds.")
    )

    module: Mapped[Module] = relationship(back_populates="outcomes")
    skill: Mapped[Skill | None] = relationship(lazy="joined")


class Prerequisite(TenantOwned, Base):
    """A module that must be completed before another."""

    __tablename__ = "prerequisite"
    __table_args__ = (sa.UniqueConstraint("module_id", "required_id"),)
    __steward__ = PUBLIC

    module_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("module.id"), info=means("The module that comes later.")
    )
    required_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("module.id"), index=True, info=means("The module that comes first.")
    )

    module: Mapped[Module] = relationship(back_populates="prerequisites", foreign_keys=[module_id])
    required: Mapped[Module] = relationship(foreign_keys=[required_id])
