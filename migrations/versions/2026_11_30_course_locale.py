"""How a course writes dates, times and lists. Courses so far are American.

Revises: 2026_11_25_rules.
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_course_locale"
down_revision = "2026_11_25_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("courses", sa.Column("locale", sa.String(length=10), nullable=False, server_default="en_US"))


def downgrade() -> None:
    op.drop_column("courses", "locale")
