"""Evidence keeps its kind and parameters in place of a sentence; people are enrollment ids in it.

Linkages are computed: they are dropped here and come again with `tracker recompute`, or with the next
poll. What a person decided stays. Only the linkage of a comment whose text was erased cannot be computed
again: it keeps its answer and the kinds of its evidence. Nothing is read back out of a sentence.

Revises: 2026_11_30_course_locale.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "2026_11_30_evidence_params"
down_revision = "2026_11_30_course_locale"
branch_labels = None
depends_on = None

LINKAGES = sa.table("linkages", sa.column("id", sa.Integer), sa.column("candidates", sa.JSON))


def upgrade() -> None:
    _drop_linkages()
    _rewrite(lambda piece: {**_without(piece, "says"), "known": "", "params": {"erased": True}})


def downgrade() -> None:
    _drop_linkages()
    _rewrite(lambda piece: {**_without(piece, "params"), "says": "Something that was erased"})


def _drop_linkages() -> None:
    """Without its note on what it was matched by, a course is matched as a whole again."""
    op.execute("DELETE FROM match_state")
    op.execute(
        "DELETE FROM linkages WHERE comment_id NOT IN ("
        "SELECT comments.id FROM comments JOIN comment_versions ON comment_versions.comment_id = comments.id "
        "AND comment_versions.n = comments.current_version WHERE comment_versions.purged_at IS NOT NULL)"
    )


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change each piece of evidence that is left."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(LINKAGES)).all():
        candidates = [{**one, "evidence": [change(piece) for piece in one["evidence"]]} for one in row.candidates]
        connection.execute(LINKAGES.update().where(LINKAGES.c.id == row.id).values(candidates=candidates))


def _without(piece: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in piece.items() if name != key}
