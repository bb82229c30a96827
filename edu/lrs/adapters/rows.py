"""What the engines write, and what they must be able to do."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy.engine import Connection


class StatementRow(NamedTuple):
    """A row of lrs_statement, in the order of COLUMNS."""

    seq: int
    id: UUID
    tenant_id: UUID
    payload: bytes
    target_id: UUID | None
    is_voiding: bool


class MentionRow(NamedTuple):
    """A row of lrs_mention."""

    key: bytes
    seq: int
    usages: int


class DescriptionRow(NamedTuple):
    """A row of lrs_description; its number is 0 where it holds the identifier itself."""

    id: UUID
    tenant_id: UUID
    key: bytes
    seq: int
    digest: bytes
    content: bytes


class IdTaken(Exception):
    """A statement id was given to another statement at the same moment: look again."""


class StatementTables(Protocol):
    """How one engine writes statements within an open transaction."""

    has_many_writers: bool  # at once

    def reserve(self, connection: Connection, count: int) -> list[int]:
        """Take that many sequence numbers, ascending, from the present moment on.

        From now until the transaction ends, `horizon` stays below them for everybody else.
        """

    def insert(
        self,
        connection: Connection,
        statements: Sequence[StatementRow],
        mentions: Sequence[MentionRow],
    ) -> None:
        """Add rows. Raises IdTaken, after which the transaction is lost."""

    def add_mentions(self, connection: Connection, mentions: Sequence[MentionRow]) -> None:
        """Add rows; where one is there already, its places and the new ones are joined."""

    def horizon(self, connection: Any) -> int:  # Any: whatever reads in this engine
        """Give the sequence number below which all that will ever be is already visible."""
