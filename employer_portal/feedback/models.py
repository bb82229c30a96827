"""What employers say newcomers lacked; about skills, never about a person."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means
from edu.taxonomy.models import Skill
from employer_portal.needs.models import SkillNeed


class Feedback(TenantOwned, Dated, Base):
    """One employer's word about the newcomers it met for one need."""

    __tablename__ = "feedback"
    __steward__ = Steward(owner=Owner.EMPLOYER)

    need_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill_need.id"), unique=True, info=means("The need that it is about.")
    )
    given_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"),
        info=means("Which recruiter said it.", privacy=Privacy.PERSONAL),
    )

    need: Mapped[SkillNeed] = relationship(lazy="joined")
    lacks: Mapped[list["SkillLack"]] = relationship(
        back_populates="feedback", cascade="all, delete-orphan", lazy="selectin"
    )


class SkillLack(TenantOwned, Base):
    """A skill that newcomers lacked."""

    __tablename__ = "skill_lack"
    __table_args__ = (sa.UniqueConstraint("feedback_id", "skill_id"),)
    __steward__ = Steward(owner=Owner.EMPLOYER)

    feedback_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("feedback.id"), info=means("The feedback.")
    )
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )

    feedback: Mapped[Feedback] = relationship(back_populates="lacks")
    skill: Mapped[Skill] = relationship(lazy="joined")
