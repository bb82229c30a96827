"""Read units and what they show."""

from collections.abc import Sequence

import sqlalchemy as sa

from courses.authoring.models import Block, Unit
from edu.db import db
from edu.i18n import LANGUAGES


def blocks_of(unit: Unit, language: str) -> Sequence[Block]:
    """List the blocks that learners read, in their language or else in the other one."""
    found = db.session.scalars(
        sa.select(Block)
        .where(Block.version_id == unit.published_version_id)
        .order_by(Block.position)
    ).all()
    written = {block.language for block in found}
    shown = next((one for one in (language, *LANGUAGES) if one in written), language)
    return [block for block in found if block.language == shown]
