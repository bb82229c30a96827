"""Imports: who brought which file, how far it is, what came of it."""

import enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courses.programmes.models import Module
from edu.accounts.models import Person
from edu.db import Base, Dated, Privacy, TenantOwned, means


class ImportState(enum.StrEnum):
    """How far an import is. A refused one changed nothing."""

    WAITING = "waiting"
    READING = "reading"
    STORING = "storing"
    PUBLISHING = "publishing"
    DONE = "done"
    REFUSED = "refused"


class ImportRun(TenantOwned, Dated, Base):
    """One import of a course into a module, from an uploaded file."""

    __tablename__ = "import_run"

    module_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("module.id"), index=True, info=means("The module.")
    )
    started_by_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id"), info=means("Who imported.", privacy=Privacy.PERSONAL)
    )
    file_name: Mapped[str] = mapped_column(sa.String(200), info=means("Name of the file."))
    blob_key: Mapped[str] = mapped_column(
        sa.String(80), info=means("SHA-256 of the file, its key in the file store until done.")
    )
    publishes: Mapped[bool] = mapped_column(
        default=False, info=means("Whether learners see the lessons at once.")
    )
    state: Mapped[ImportState] = mapped_column(
        default=ImportState.WAITING, info=means("How far it is.")
    )
    done: Mapped[int] = mapped_column(default=0, info=means("Lessons published so far."))
    total: Mapped[int] = mapped_column(default=0, info=means("Lessons to publish."))
    problem: Mapped[str] = mapped_column(
        sa.String(40), default="", info=means("Why it was refused, as a code.")
    )
    path: Mapped[str] = mapped_column(
        sa.String(300), default="", info=means("The file inside at which it was refused.")
    )
    report: Mapped[dict[str, Any]] = mapped_column(
        default=dict, info=means("What became of everything in the file.")
    )

    module: Mapped[Module] = relationship()
    started_by: Mapped[Person] = relationship()

    @property
    def is_over(self) -> bool:
        """True once nothing more will happen."""
        return self.state in {ImportState.DONE, ImportState.REFUSED}
