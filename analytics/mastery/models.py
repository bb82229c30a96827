"""What is believed about learners and items, and how it moved. It belongs to the person."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Owner, Privacy, Steward, means
from edu.taxonomy.models import Skill

# estimates of a person from observed behaviour: sensitive (Decree 356/2025/NĐ-CP)
ESTIMATES = Steward(owner=Owner.SYSTEM, privacy=Privacy.SENSITIVE)


class GeneralAbility(Base):
    """What all of a person's answers together say."""

    __tablename__ = "general_ability"
    __steward__ = ESTIMATES

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), unique=True, info=means("Whose ability.")
    )
    precision: Mapped[float] = mapped_column(info=means("How much the answers say, in 1/logit²."))
    shift: Mapped[float] = mapped_column(info=means("Precision times mean, in 1/logit."))


class SkillAbility(Base):
    """What a person's answers on one skill say."""

    __tablename__ = "skill_ability"
    __table_args__ = (sa.UniqueConstraint("person_id", "skill_id"),)
    __steward__ = ESTIMATES

    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Whose ability.")
    )
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("In which skill.")
    )
    precision: Mapped[float] = mapped_column(info=means("How much the answers say, in 1/logit²."))
    shift: Mapped[float] = mapped_column(info=means("Precision times mean, in 1/logit."))
    answers: Mapped[int] = mapped_column(info=means("How many answers."))
    seen_at: Mapped[datetime] = mapped_column(info=means("When it was last asked."))

    skill: Mapped[Skill] = relationship(lazy="joined")


class ItemDifficulty(Base):
    """How hard an item of the bank has proved."""

    __tablename__ = "item_difficulty"
    __steward__ = Steward(owner=Owner.SYSTEM)

    item_id: Mapped[UUID] = mapped_column(unique=True, info=means("The item of the bank."))
    difficulty: Mapped[float] = mapped_column(info=means("Difficulty in logits."))
    variance: Mapped[float] = mapped_column(info=means("How unsure, in logit²."))
    answers: Mapped[int] = mapped_column(info=means("How many answers."))


class MasteryStep(Base):
    """How one answer moved one skill: the learner's curve, and the proof that it was counted."""

    __tablename__ = "mastery_step"
    __table_args__ = (
        sa.UniqueConstraint("answer_id", "skill_id"),
        sa.Index("ix_mastery_step_person_skill", "person_id", "skill_id", "moved_at"),
    )
    __steward__ = ESTIMATES

    answer_id: Mapped[UUID] = mapped_column(info=means("The answer."))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), info=means("Whose."))
    skill_id: Mapped[UUID] = mapped_column(sa.ForeignKey("skill.id"), info=means("Which skill."))
    mean: Mapped[float] = mapped_column(info=means("Estimate after it, from 0 to 1."))
    low: Mapped[float] = mapped_column(info=means("Lower end of its 90 % interval."))
    high: Mapped[float] = mapped_column(info=means("Upper end of its 90 % interval."))
    was_correct: Mapped[bool] = mapped_column(info=means("Whether the answer was right."))
    moved_at: Mapped[datetime] = mapped_column(info=means("When answered."))
