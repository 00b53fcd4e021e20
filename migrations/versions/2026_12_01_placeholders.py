"""Placeholders: what a blog shows in place of a text that it hides. Those seen before this stay as they are.

Revises: 2026_12_01_kept_comments.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_placeholders"
down_revision = "2026_12_01_kept_comments"
branch_labels = None
depends_on = None

TABLES = ("posts", "comments", "comment_versions")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("placeholder", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("blogs", sa.Column("placeholders", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("blogs", "placeholders")
    for table in TABLES:
        op.drop_column(table, "placeholder")
