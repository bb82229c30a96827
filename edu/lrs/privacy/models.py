"""Requests to forget a person, and the several names of one."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means


class ForgetMode(enum.StrEnum):
    """What becomes of statements about the person."""

    PSEUDONYMISE = "pseudonymise"  # they stay, without the person
    DELETE = "delete"  # they go


class ForgetStage(enum.StrEnum):
    """How far a request is."""

    STATEMENTS = "statements"
    FILES = "files"
    REST = "rest"
    DONE = "done"
    HALTED = "halted"  # it broke off each time it was tried; it is tried again the next night


class Forgetting(TenantOwned, Dated, Base):
    """A person taken out of an organisation's record. Once done, it does not say who it was."""

    __tablename__ = "lrs_forgetting"
    __steward__ = Steward(owner=Owner.COLLEGE, privacy=Privacy.INTERNAL)

    mode: Mapped[ForgetMode] = mapped_column(info=means("What becomes of the statements."))
    stage: Mapped[ForgetStage] = mapped_column(
        default=ForgetStage.STATEMENTS, info=means("How far it is.")
    )
    subject: Mapped[dict[str, Any]] = mapped_column(
        default=dict,
        info=means("Who is to be forgotten; emptied once done.", privacy=Privacy.PERSONAL),
    )
    pseudonym: Mapped[str] = mapped_column(
        sa.String(60), default="", info=means("The random name instead; emptied once done.")
    )
    files: Mapped[list[str]] = mapped_column(
        default=list,
        info=means("Digests of files that may have to go.", privacy=Privacy.PERSONAL),
    )
    cursor: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("All statements up to this number were looked at.")
    )
    rewritten: Mapped[int] = mapped_column(default=0, info=means("Statements without the person."))
    deleted: Mapped[int] = mapped_column(default=0, info=means("Statements that are gone."))
    documents: Mapped[int] = mapped_column(default=0, info=means("States and profiles deleted."))
    files_deleted: Mapped[int] = mapped_column(default=0, info=means("Files deleted."))
    asked_by_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("person.id"),
        info=means("Who asked; empty for the command line.", privacy=Privacy.PERSONAL),
    )
    finished_at: Mapped[datetime | None] = mapped_column(info=means("When it was done."))

    @property
    def is_halted(self) -> bool:
        """True when it broke off, and waits for the night or for somebody who asks again."""
        return self.stage is ForgetStage.HALTED

    @property
    def is_over(self) -> bool:
        """True when nothing more happens today."""
        return self.is_halted or self.stage is ForgetStage.DONE

    @property
    def place(self) -> tuple[ForgetStage, int]:
        """How far it is, exactly."""
        return self.stage, self.cursor

    @property
    def changed_nothing(self) -> bool:
        """True when no statement was changed and nothing deleted: perhaps the name was misspelt."""
        return not (self.rewritten or self.deleted or self.documents or self.files_deleted)


class Alias(TenantOwned, Dated, Base):
    """One of several names under which one person is in the record."""

    __tablename__ = "lrs_alias"
    __steward__ = Steward(owner=Owner.COLLEGE, privacy=Privacy.PERSONAL)

    persona_id: Mapped[UUID] = mapped_column(
        index=True, info=means("The same for all names of one person.")
    )
    key: Mapped[bytes] = mapped_column(
        sa.LargeBinary(16), unique=True, info=means("The agent, shortened to 16 bytes.")
    )
    agent: Mapped[bytes] = mapped_column(
        sa.LargeBinary, info=means("The agent: its identifier as JSON.")
    )
