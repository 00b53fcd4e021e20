"""Verdicts keep a reason and its parameters in place of sentences.

The verdicts themselves are computed: they are dropped here and come again with `tracker recompute`,
or with the next poll. Nothing is read back out of a sentence.

Revises: 2026_11_30_evidence_params.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_verdict_params"
down_revision = "2026_11_30_evidence_params"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drop_verdicts()
    with op.batch_alter_table("verdicts") as batch:
        batch.alter_column(
            "says", new_column_name="params", type_=sa.JSON(), postgresql_using="says::json"
        )
        batch.alter_column("clock", type_=sa.JSON(), nullable=True, postgresql_using="clock::json")


def downgrade() -> None:
    _drop_verdicts()
    with op.batch_alter_table("verdicts") as batch:
        batch.alter_column("params", new_column_name="says", type_=sa.Text())
        batch.alter_column("clock", type_=sa.Text(), nullable=False)


def _drop_verdicts() -> None:
    """Without its note on what it was graded by, a course is graded as a whole again."""
    op.execute("DELETE FROM verdicts")
    op.execute("DELETE FROM grading_state")
