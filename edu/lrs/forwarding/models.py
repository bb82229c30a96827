"""Where statements are sent on to, how far that is, and what could not be delivered."""

import enum
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.db import Base, Dated, Owner, Privacy, Steward, TenantOwned, means
from edu.lrs.core.version import Version

# said in place of an answer
BROKE_OFF = "broke-off"  # our own work failed
UNREADABLE = "unreadable-secret"  # the installation's secret was changed, the former one not named


class TargetKind(enum.StrEnum):
    """What listens at the other end."""

    LRS = "lrs"
    WEBHOOK = "webhook"


class TargetState(enum.StrEnum):
    """Whether statements flow."""

    RUNNING = "running"
    PAUSED = "paused"  # by a person, or not started yet
    HALTED = "halted"  # by us: nothing will be taken until a person has looked


class Target(TenantOwned, Dated, Base):
    """Somebody else's LRS or webhook that gets an organisation's statements."""

    __tablename__ = "lrs_target"
    __steward__ = Steward(owner=Owner.COLLEGE, privacy=Privacy.INTERNAL)

    kind: Mapped[TargetKind] = mapped_column(info=means("What listens at the other end."))
    name: Mapped[str] = mapped_column(sa.String(100), info=means("What people call it."))
    url: Mapped[str] = mapped_column(sa.String(2048), info=means("Its address."))
    username: Mapped[str] = mapped_column(
        sa.String(200), default="", info=means("The key that it gave us, shown openly.")
    )
    sealed_secret: Mapped[str] = mapped_column(
        sa.String(1000),
        info=means(
            "The secret for it, sealed with the installation's own.", privacy=Privacy.SENSITIVE
        ),
    )
    version: Mapped[Version] = mapped_column(
        default=Version.V2, info=means("Version of the Experience API that it speaks.")
    )
    verb: Mapped[str] = mapped_column(
        sa.String(2048), default="", info=means("Only statements with this verb; empty: all.")
    )
    activity: Mapped[str] = mapped_column(
        sa.String(2048), default="", info=means("Only statements about this activity; empty: all.")
    )
    state: Mapped[TargetState] = mapped_column(
        default=TargetState.PAUSED, info=means("Whether statements flow.")
    )
    cursor: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("All statements up to this number are dealt with.")
    )
    run: Mapped[int] = mapped_column(
        default=0, info=means("Counts the starts; the work of a former one ends by it.")
    )
    delivered: Mapped[int] = mapped_column(
        sa.BigInteger, default=0, info=means("How many statements it has taken.")
    )
    delivered_at: Mapped[datetime | None] = mapped_column(info=means("When it last took some."))
    failures: Mapped[int] = mapped_column(
        default=0, info=means("How often in a row it could not be reached.")
    )
    retry_at: Mapped[datetime | None] = mapped_column(
        info=means("Not before this moment, after a failure.")
    )
    status: Mapped[int] = mapped_column(
        default=0, info=means("HTTP status of the failure; 0: no answer.")
    )
    answer: Mapped[str] = mapped_column(
        sa.String(500), default="", info=means("What it said when it failed.")
    )

    @property
    def is_new(self) -> bool:
        """True until it is started: nothing was sent there yet."""
        return self.run == 0 and self.state is TargetState.PAUSED and not self.delivered

    @property
    def is_stumbling(self) -> bool:
        """True while it is our own work that fails, not the other side."""
        return self.failures > 0 and self.answer == BROKE_OFF


class DeadLetter(TenantOwned, Dated, Base):
    """A statement that a target does not take."""

    __tablename__ = "lrs_dead_letter"
    __steward__ = Steward(owner=Owner.SYSTEM, privacy=Privacy.PERSONAL)
    __table_args__ = (sa.UniqueConstraint("target_id", "seq"),)

    target_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("lrs_target.id"), info=means("Who does not take it.")
    )
    seq: Mapped[int] = mapped_column(sa.BigInteger, info=means("Number of the statement."))
    statement_id: Mapped[UUID] = mapped_column(info=means("Identifier of the statement."))
    status: Mapped[int] = mapped_column(info=means("HTTP status of the refusal."))
    answer: Mapped[str] = mapped_column(
        sa.String(500), default="", info=means("What was said about it.")
    )

    target: Mapped[Target] = relationship(lazy="joined")
