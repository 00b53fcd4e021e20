"""What rules, grades and allocating remember: parts of a shared blog, what a decision answered, credit.

Revises: 2026_11_24_second_look.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_rules"
down_revision = "2026_11_24_second_look"
branch_labels = None
depends_on = None

EXCEPTION_KINDS = ("extension", "excuse", "incomplete")


def upgrade() -> None:
    op.add_column(
        "allocations", sa.Column("author", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column("allocations", sa.Column("post_url", sa.Text(), nullable=False, server_default=""))
    op.add_column("verdicts", sa.Column("credit", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE verdicts SET credit = 10000 WHERE state IN ('met', 'provisional', 'in_moderation')")
    _allow("exceptions", (*EXCEPTION_KINDS, "substitute"))
    with op.batch_alter_table("grade_decisions") as batch:
        batch.add_column(sa.Column("proposed_value", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("proposed_satisfactory", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("terms_version", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("levels", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("batch", sa.String(length=36), nullable=False, server_default=""))
    op.create_table(
        "grading_state",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("graded_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_grading_state_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_grading_state")),
    )


def downgrade() -> None:
    op.drop_table("grading_state")
    with op.batch_alter_table("grade_decisions") as batch:
        for column in ("batch", "levels", "terms_version", "proposed_satisfactory", "proposed_value"):
            batch.drop_column(column)
    op.execute("DELETE FROM exceptions WHERE kind = 'substitute'")
    _allow("exceptions", EXCEPTION_KINDS)
    op.drop_column("verdicts", "credit")
    op.drop_column("allocations", "post_url")
    op.drop_column("allocations", "author")


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Let a table's `kind` be one of these; SQLite makes the table anew for that."""
    said = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({said})")
