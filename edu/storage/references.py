"""Who still needs a blob: equal contents are one blob, whoever stored them."""

import sqlalchemy as sa

from edu.db import Base, db

NAMES = {"blob", "blob_key"}
"""What columns that hold keys of the blob store are called."""


def is_wanted(key: str) -> bool:
    """Whether a row of any table, of any organisation, names this blob."""
    columns = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in NAMES
    ]
    return any(
        db.session.scalar(sa.select(sa.literal(1)).where(column == key).limit(1)) is not None
        for column in columns
    )
