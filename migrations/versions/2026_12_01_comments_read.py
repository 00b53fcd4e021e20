"""When all comments of a blog without a comment feed were last read, post by post.

Old rows have no such check yet: the next night's is their first.

Revises: 2026_12_01_copies.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_comments_read"
down_revision = "2026_12_01_copies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feed_state") as batch:
        batch.add_column(sa.Column("comments_read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feed_state") as batch:
        batch.drop_column("comments_read_at")
