"""What rules, grades and allocating remember: parts of a shared blog, what a decision answered, credit.

Revises: 2026_11_24_second_look.
"""

from collections.abc import Callable
from typing import Any

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
    op.execute(
        "UPDATE verdicts SET credit = 10000 WHERE reason <> 'undecided-late' AND state IN "
        "('met', 'provisional', 'in_moderation', 'in_review', 'date_questionable')"
    )
    _allow("exceptions", (*EXCEPTION_KINDS, "substitute"))
    _rewrite(_to_parts)
    with op.batch_alter_table("grade_decisions") as batch:
        batch.add_column(sa.Column("proposed_value", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("proposed_satisfactory", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("terms_version", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("levels", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("batch", sa.String(length=36), nullable=False, server_default=""))
    op.add_column("comment_versions", sa.Column("counts", sa.JSON(), nullable=True))
    op.create_table(
        "grading_state",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("graded_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_grading_state_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("course_id", name=op.f("pk_grading_state")),
    )


def downgrade() -> None:
    _rewrite(_to_comments_and_summary)
    op.drop_table("grading_state")
    op.drop_column("comment_versions", "counts")
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


TERMS = sa.table("assignment_terms", sa.column("id", sa.Integer), sa.column("document", sa.JSON))


def _rewrite(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Say every stored rule in the other form; its meaning stays."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(TERMS)).all():
        connection.execute(TERMS.update().where(TERMS.c.id == row.id).values(document=change(row.document)))


def _to_parts(old: dict[str, Any]) -> dict[str, Any]:
    rule, summary = old["comments"], old.get("summary")
    comments: dict[str, Any] = {
        "key": "comment",
        "kind": "comment",
        "target": {"where": "allocated"},
        "periods": [{"number": 1, "window": _only_set(rule["window"])}],
        "quota": {"required": rule["count"]},
    }
    if not rule.get("different_posts", True):
        comments["spread"] = {"different": "nothing"}
    if rule.get("min_words"):
        condition = {"trait": "words", "at_least": rule["min_words"]}
        if rule.get("floor") == "required":
            condition["short_earns"] = 0
        comments["conditions"] = [condition]
    parts = [comments]
    if summary is not None:
        post = {
            "key": "summary",
            "kind": "post",
            "target": {"where": "own"},
            "periods": [{"number": 1, "window": _only_set(summary["window"])}],
            "quota": {"required": 1},
            "links": {"part": "comment"},
        }
        if names := [name for name in summary.get("names", []) if name.strip()]:
            post["names"] = names
        parts.append(post)
    new = {"form": 2, "title": old["title"], "parts": parts}
    unset = {"points": None, "held": "provisional", "template": "c4t", "version": 1}
    return new | {name: old[name] for name, value in unset.items() if old.get(name, value) != value}


def _to_comments_and_summary(new: dict[str, Any]) -> dict[str, Any]:
    """The old form, which knew one part of comments and one summary; what it could not say is lost."""
    comments = next((part for part in new["parts"] if part["kind"] == "comment"), new["parts"][0])
    summary = next((part for part in new["parts"] if "links" in part), None)
    words = next((one for one in comments.get("conditions", []) if one["trait"] == "words"), {})
    return {
        "title": new["title"],
        "template": "c4t",
        "version": new.get("version", 1),
        "points": new.get("points"),
        "held": new.get("held", "provisional"),
        "comments": {
            "count": max(1, comments["quota"]["required"]),
            "window": {"opens_at": None, **comments["periods"][-1]["window"]},
            "different_posts": comments.get("spread", {}).get("different", "posts") != "nothing",
            "min_words": words.get("at_least", 0),
            "floor": "required" if words.get("short_earns") == 0 else "hint",
        },
        "summary": summary
        and {
            "window": {"opens_at": None, **summary["periods"][-1]["window"]},
            "names": summary.get("names", []),
        },
    }


def _only_set(window: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in window.items() if value is not None}
