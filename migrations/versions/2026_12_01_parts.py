"""Grades of the parts of an assignment, and what each adds to the whole.

Decisions made before this are about the whole assignment, and stay so.

Revises: 2026_12_01_placeholders.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_parts"
down_revision = "2026_12_01_placeholders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("grade_decisions", sa.Column("part", sa.String(length=40), nullable=True))
    op.add_column("grade_decisions", sa.Column("exact", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("grade_decisions", "exact")
    op.drop_column("grade_decisions", "part")
