"""What an item said before an edit and when the edit was made, and marks on verdicts.

Earlier texts of posts were not kept until now: a post edited before this counts as it is.

Revises: 2026_11_30_blog_keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_edits"
down_revision = "2026_11_30_blog_keys"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "post_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("shown_at", TIME, nullable=False),
        sa.Column("edited_at", TIME, nullable=True),
        sa.Column("seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_versions_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_versions")),
        sa.UniqueConstraint("post_id", "n", name=op.f("uq_post_versions_post_id_n")),
    )
    op.add_column("comment_versions", sa.Column("replaces_shown_at", TIME, nullable=True))
    op.add_column("comment_versions", sa.Column("edited_at", TIME, nullable=True))
    op.add_column("verdicts", sa.Column("marks", sa.JSON(), nullable=True))
    # Edits seen before this: between the first sight of one text and that of the next.
    op.execute(
        "UPDATE comment_versions SET replaces_shown_at = ("
        "SELECT max(before.seen_at) FROM comment_versions AS before WHERE before.comment_id ="
        " comment_versions.comment_id AND before.source = comment_versions.source"
        " AND before.n < comment_versions.n)"
    )


def downgrade() -> None:
    for table, column in (
        ("verdicts", "marks"),
        ("comment_versions", "edited_at"),
        ("comment_versions", "replaces_shown_at"),
    ):
        op.drop_column(table, column)
    op.drop_table("post_versions")
