"""What matching remembers: what people said beside naming a writer, samples, two comments as one.

Revises: 2026_11_23_feed_engine.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_matching"
down_revision = "2026_11_23_feed_engine"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


COLUMNS = {
    "linkages": [_text("flag", 20), sa.Column("teaches", sa.JSON(), nullable=True)],
    "linkage_decisions": [
        _text("note", 500),
        sa.Column("rules_enrollment_id", sa.Integer(), nullable=True),
        sa.Column("displaced", sa.JSON(), nullable=True),
    ],
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "match_state",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("matched_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_match_state_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_match_state")),
    )
    op.create_table(
        "accept_samples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.String(length=40), nullable=False),
        sa.Column("drawn_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_accept_samples_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_accept_samples_comment_id_comments")
        ),
        sa.ForeignKeyConstraint(
            ["enrollment_id"], ["enrollments.id"], name=op.f("fk_accept_samples_enrollment_id_enrollments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accept_samples")),
        sa.UniqueConstraint(
            "course_id", "week", "comment_id", name=op.f("uq_accept_samples_course_id_week_comment_id")
        ),
    )
    op.create_index(op.f("ix_accept_samples_comment_id"), "accept_samples", ["comment_id"])
    op.create_table(
        "sample_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["accept_samples.id"], name=op.f("fk_sample_marks_sample_id_accept_samples")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_sample_marks_by_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_marks")),
    )
    op.create_index(op.f("ix_sample_marks_sample_id"), "sample_marks", ["sample_id"])
    op.create_table(
        "comment_joins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("with_comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint("kind IN ('join', 'part')", name=op.f("ck_comment_joins_kind")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_comment_joins_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_joins_comment_id_comments")
        ),
        sa.ForeignKeyConstraint(
            ["with_comment_id"], ["comments.id"], name=op.f("fk_comment_joins_with_comment_id_comments")
        ),
        sa.ForeignKeyConstraint(["by_user_id"], ["users.id"], name=op.f("fk_comment_joins_by_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_joins")),
    )
    op.create_index(op.f("ix_comment_joins_course_id"), "comment_joins", ["course_id"])


def downgrade() -> None:
    for table in ("comment_joins", "sample_marks", "accept_samples", "match_state"):
        op.drop_table(table)
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
