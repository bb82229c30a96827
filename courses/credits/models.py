"""The credit ledger: what a person has accumulated, over years and across colleges."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.accounts.models import Person
from edu.db import Base, Dated, Owner, Privacy, Sharing, Steward, TenantOwned, means, utcnow
from edu.i18n import LanguageMap


class RuleSetRecord(Dated, Base):
    """Regulations as dated data. Shared by all colleges; a college may copy one and own it."""

    __tablename__ = "rule_set"
    __steward__ = Steward(owner=Owner.PROVINCE, sharing=Sharing.SHARED, privacy=Privacy.OPEN)

    code: Mapped[str] = mapped_column(sa.String(60), unique=True, info=means("Identifier."))
    title: Mapped[LanguageMap] = mapped_column(info=means("Name."))
    valid_from: Mapped[date] = mapped_column(info=means("First day in force."))
    valid_until: Mapped[date | None] = mapped_column(info=means("Last day in force."))
    organisation_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("organisation.id"), info=means("The college whose own copy it is.")
    )
    rules: Mapped[dict[str, Any]] = mapped_column(info=means("The rules, with their sources."))


class Basis(enum.StrEnum):
    """Why a credit was entered."""

    STUDY = "study"
    RECOGNITION = "recognition"


class CreditEntry(TenantOwned, Base):
    """Credits for one module, once. Never changed; a mistake is corrected by a new entry."""

    __tablename__ = "credit_entry"
    __table_args__ = (sa.Index("ix_credit_entry_learner_entered", "learner_id", "entered_at"),)
    __steward__ = Steward(sharing=Sharing.SHARED, privacy=Privacy.PERSONAL)

    learner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who earned it.")
    )
    enrolment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("enrolment.id"), unique=True, info=means("The study it came from.")
    )
    module_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("module.id"), index=True, info=means("The module.")
    )
    module_code: Mapped[str] = mapped_column(sa.String(40), info=means("Code of the module then."))
    module_title: Mapped[LanguageMap] = mapped_column(info=means("Name of the module then."))
    credits: Mapped[int] = mapped_column(info=means("How many credits."))
    mark: Mapped[Decimal | None] = mapped_column(
        sa.Numeric(4, 1), info=means("Module mark on the 10-point scale; empty when recognised.")
    )
    letter: Mapped[str] = mapped_column(
        sa.String(2), default="", info=means("Letter mark, or R when recognised.")
    )
    basis: Mapped[Basis] = mapped_column(info=means("By study or by recognition."))
    rule_set: Mapped[str] = mapped_column(
        sa.String(60), info=means("The regulations under which it was given.")
    )
    entered_at: Mapped[datetime] = mapped_column(default=utcnow, info=means("When."))
    evidence: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("What it rests on: conditions met, decision number.")
    )

    learner: Mapped[Person] = relationship()
