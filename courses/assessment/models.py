"""Items, the questions of the bank, and what learners answered."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.authoring.models import Unit
from courses.programmes.models import Module
from edu.db import Base, Dated, Privacy, Steward, TenantOwned, means, utcnow
from edu.i18n import LanguageMap
from edu.taxonomy.models import Skill


class Item(TenantOwned, Dated, Base):
    """One question of a module's bank (QTI: assessment item)."""

    __tablename__ = "item"
    __table_args__ = (sa.UniqueConstraint("module_id", "identifier"),)

    module_id: Mapped[UUID] = mapped_column(sa.ForeignKey("module.id"), info=means("The module."))
    identifier: Mapped[str] = mapped_column(
        sa.String(64), info=means("Identifier within the module's bank.")
    )
    kind: Mapped[str] = mapped_column(sa.String(20), info=means("Kind of interaction."))
    content: Mapped[dict[str, Any]] = mapped_column(
        info=means("Question, options, right answer and feedback.")
    )
    is_retired: Mapped[bool] = mapped_column(
        default=False, info=means("No longer asked; kept for the answers given.")
    )

    module: Mapped[Module] = relationship()
    skills: Mapped[list["ItemSkill"]] = relationship(
        back_populates="item", cascade="all, delete-orphan", lazy="selectin"
    )


class ItemSkill(TenantOwned, Base):
    """A skill that an item asks for."""

    __tablename__ = "item_skill"
    __table_args__ = (sa.UniqueConstraint("item_id", "skill_id"),)

    item_id: Mapped[UUID] = mapped_column(sa.ForeignKey("item.id"), info=means("The item."))
    skill_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("skill.id"), index=True, info=means("The skill.")
    )

    item: Mapped[Item] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship(lazy="joined")


class QuizPlace(enum.StrEnum):
    """When a quiz is taken. Only those after the lesson count towards the mark."""

    PRE = "pre"
    CHECK = "check"
    POST = "post"


class Quiz(TenantOwned, Dated, Base):
    """Items asked together in a unit."""

    __tablename__ = "quiz"
    __table_args__ = (sa.UniqueConstraint("unit_id", "identifier"),)

    unit_id: Mapped[UUID] = mapped_column(sa.ForeignKey("unit.id"), info=means("The unit."))
    identifier: Mapped[str] = mapped_column(
        sa.String(64), info=means("Identifier within the unit.")
    )
    place: Mapped[QuizPlace] = mapped_column(
        default=QuizPlace.CHECK, info=means("Before, within or after the lesson.")
    )
    title: Mapped[LanguageMap] = mapped_column(default=dict, info=means("Title of the quiz."))

    unit: Mapped[Unit] = relationship()
    entries: Mapped[list["QuizEntry"]] = relationship(
        back_populates="quiz",
        order_by="QuizEntry.position",
        cascade="all, delete-orphan",
        lazy="selectin",
    )


class QuizEntry(TenantOwned, Base):
    """An item's place in a quiz."""

    __tablename__ = "quiz_entry"
    __table_args__ = (sa.UniqueConstraint("quiz_id", "item_id"),)

    quiz_id: Mapped[UUID] = mapped_column(sa.ForeignKey("quiz.id"), info=means("The quiz."))
    item_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("item.id"), index=True, info=means("The item.")
    )
    position: Mapped[int] = mapped_column(info=means("Place in the quiz."))

    quiz: Mapped[Quiz] = relationship(back_populates="entries")
    item: Mapped[Item] = relationship(lazy="joined")


class Answer(TenantOwned, Base):
    """One answer of one learner to one item; never changed."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "item_id", "attempt"),
        sa.Index("ix_answer_learner_item", "learner_id", "item_id"),
    )
    __steward__ = Steward(privacy=Privacy.SENSITIVE)  # tracking of behaviour: Decree 356/2025

    enrolment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("enrolment.id"), info=means("The learner's place in the class.")
    )
    learner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who answered.")
    )
    unit_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("unit.id"), index=True, info=means("The unit in which it was asked.")
    )
    item_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("item.id"), index=True, info=means("The item.")
    )
    attempt: Mapped[int] = mapped_column(info=means("1 for the first answer to this item."))
    response: Mapped[dict[str, Any]] = mapped_column(info=means("What was answered."))
    score: Mapped[float] = mapped_column(info=means("Score from 0 to 1."))
    is_correct: Mapped[bool] = mapped_column(info=means("Whether it was fully right."))
    shown_at: Mapped[datetime] = mapped_column(info=means("When the item was shown."))
    answered_at: Mapped[datetime] = mapped_column(
        default=utcnow, info=means("When it was answered.")
    )

    item: Mapped[Item] = relationship()
    unit: Mapped[Unit | None] = relationship()
