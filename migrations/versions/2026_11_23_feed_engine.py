"""What the feed engine remembers: other ways to comments, counts, absences, who runs.

Revises: 2026_11_22_first_tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_feed_engine"
down_revision = "2026_11_22_first_tables"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _text(name: str, length: int | None = None, default: str = "") -> sa.Column:
    kind = sa.String(length=length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False, server_default=default)


def _no(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


COLUMNS = {
    "blogs": [sa.Column("opted_out_at", TIME, nullable=True)],
    "feeds": [sa.Column("ended_at", TIME, nullable=True), _no("from_receipt")],
    "feed_state": [
        sa.Column("moved_since", TIME, nullable=True),
        sa.Column("whole_look_at", TIME, nullable=True),
        _text("rest_url", 2000),
        sa.Column("rest_checked_at", TIME, nullable=True),
        sa.Column("rest_looked_at", TIME, nullable=True),
        sa.Column("unread", sa.Integer(), nullable=True),
    ],
    "runs": [_text("owner", 120)],
    "polls": [_text("also_read", 200)],
    "gaps": [_text("kind", 12, "overflow")],
    "posts": [
        sa.Column("missed_at", TIME, nullable=True),
        sa.Column("comments_unread", sa.Integer(), nullable=True),
        sa.Column("comments_asked_at", TIME, nullable=True),
        _text("comments_url"),
    ],
    "comments": [sa.Column("missed_at", TIME, nullable=True)],
    "comment_versions": [sa.Column("words", sa.Integer(), nullable=True)],
    "receipts": [
        _text("trouble", 500),
        sa.Column("made_at", TIME, nullable=True),
        _no("by_staff"),
    ],
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "receipt_looks",
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("sought_at", TIME, nullable=True),
        sa.Column("checked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_receipt_looks_receipt_id_receipts")
        ),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_receipt_looks")),
    )


def downgrade() -> None:
    op.drop_table("receipt_looks")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
