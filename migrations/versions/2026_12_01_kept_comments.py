"""Who keeps a blog's comments, if not the blog itself, and when a page of it was read to see that.

Of blogs that are followed already nothing is known until a check reads one of their pages.

Revises: 2026_12_01_comments_read.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_kept_comments"
down_revision = "2026_12_01_comments_read"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name, length in (("comments_by", 40), ("comments_at", 1000)):
        text = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("blogs", text)
    op.add_column("blogs", sa.Column("comments_by_since", TIME, nullable=True))
    op.add_column("feed_state", sa.Column("page_read_at", TIME, nullable=True))


def downgrade() -> None:
    op.drop_column("feed_state", "page_read_at")
    for column in ("comments_by_since", "comments_at", "comments_by"):
        op.drop_column("blogs", column)
