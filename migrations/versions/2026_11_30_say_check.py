"""Columns and a table say check, as pages and code do: the facts in them stay as they are.

Revises: 2026_11_30_verdict_params.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_say_check"
down_revision = "2026_11_30_verdict_params"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
COLUMNS = (
    ("feed_state", "looked_at", "fully_checked_at"),
    ("feed_state", "whole_look_at", "fully_read_at"),
    ("feed_state", "rest_looked_at", "rest_read_at"),
    ("posts", "last_look_before", "last_check_before"),
    ("comments", "last_look_before", "last_check_before"),
)


def upgrade() -> None:
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    _move("receipt_looks", "receipt_checks")


def downgrade() -> None:
    _move("receipt_checks", "receipt_looks")
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")


def _move(old: str, new: str) -> None:
    """Make a new table instead of renaming, so that its constraints carry its name on both databases."""
    op.create_table(
        new,
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("sought_at", TIME, nullable=True),
        sa.Column("checked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipts.id"], name=op.f(f"fk_{new}_receipt_id_receipts")),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f(f"pk_{new}")),
    )
    op.execute(f"INSERT INTO {new} SELECT receipt_id, sought_at, checked_at FROM {old}")  # noqa: S608
    op.drop_table(old)
