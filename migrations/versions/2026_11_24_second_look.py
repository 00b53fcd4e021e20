"""What a feed's window holds, kept beside the feed: asking all its polls would take longer every year.

Revises: 2026_11_23_matching.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_second_look"
down_revision = "2026_11_23_matching"
branch_labels = None
depends_on = None

WINDOWS = {"window_size": "", "full_window": " AND polls.window_full"}


def upgrade() -> None:
    for column in WINDOWS:
        op.add_column("feed_state", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    for column, full in WINDOWS.items():
        most = f"SELECT max(polls.entries) FROM polls WHERE polls.feed_id = feed_state.feed_id{full}"  # noqa: S608
        op.execute(f"UPDATE feed_state SET {column} = coalesce(({most}), 0)")  # noqa: S608


def downgrade() -> None:
    for column in WINDOWS:
        op.drop_column("feed_state", column)
