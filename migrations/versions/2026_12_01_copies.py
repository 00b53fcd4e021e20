"""Whose comment is like an earlier one of a classmate, found by each run.

Revises: 2026_12_01_edits.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_copies"
down_revision = "2026_12_01_edits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("linkages") as batch:
        batch.add_column(sa.Column("copy_percent", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("copy_of_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_linkages_copy_of_id_comments"), "comments", ["copy_of_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("linkages") as batch:
        batch.drop_constraint(op.f("fk_linkages_copy_of_id_comments"), type_="foreignkey")
        batch.drop_column("copy_of_id")
        batch.drop_column("copy_percent")
