"""List open classes soonest first, without sorting them all.

Revision: 6d1f0c3b8e52
After: a05beeeca0e9
"""

from alembic import op

revision = "6d1f0c3b8e52"
down_revision = "a05beeeca0e9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.create_index(
            "ix_class_group_soonest", ["state", "is_open", "starts_on", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.drop_index("ix_class_group_soonest")
