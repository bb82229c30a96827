"""Links sent by e-mail that still work."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from edu.accounts.models import EmailToken, Role, TokenPurpose
from edu.accounts.queries import digest
from edu.db import db, utcnow
from edu.errors import NotFound
from edu.joining.models import Invitation


def link(token: str, purpose: TokenPurpose, *, for_update: bool = False) -> EmailToken | None:
    """Find the link with this token and purpose while it works; hold it if asked."""
    statement = sa.select(EmailToken).where(
        EmailToken.token_hash == digest(token),
        EmailToken.purpose == purpose,
        EmailToken.expires_at > utcnow(),
    )
    if for_update:
        statement = statement.with_for_update(of=EmailToken)
    return db.session.scalar(statement)


def invitation(token: str) -> Invitation | None:
    """Find the invitation to the current organisation with this token while it works."""
    return db.session.scalar(
        sa.select(Invitation).where(Invitation.token_hash == digest(token), *_open())
    )


def open_invitation(email: str, role: Role) -> Invitation | None:
    """Find an invitation of this address to this role that nobody took up."""
    return db.session.scalar(
        sa.select(Invitation).where(Invitation.email == email, Invitation.role == role, *_open())
    )


def open_invitations() -> Sequence[Invitation]:
    """List the current organisation's invitations that nobody took up, the newest first."""
    return db.session.scalars(
        sa.select(Invitation).where(*_open()).order_by(Invitation.id.desc())
    ).all()


def get_invitation(invitation_id: UUID) -> Invitation:
    """Find one of the current organisation's invitations by id. Raises NotFound."""
    found = db.session.scalar(sa.select(Invitation).where(Invitation.id == invitation_id))
    if found is None:
        raise NotFound
    return found


def _open() -> tuple[sa.ColumnElement[bool], ...]:
    return Invitation.accepted_at.is_(None), Invitation.expires_at > utcnow()
