"""How a comment came to be taken for the student's own, for that student."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template

from tracker.extensions import db
from tracker.jobs.rules_now import RULES
from tracker.queries.how_matched import load_how_matched

bp = Blueprint("comments", __name__, url_prefix="/comments")


@bp.get("/<int:comment_id>")
def how(comment_id: int) -> str:
    """404 for a comment that is not linked to whoever asks, whatever it is otherwise."""
    found = load_how_matched(db.session(), g.course.id, comment_id, student_id=g.enrollment.id)
    if found is None:
        abort(404)
    return render_template("student/how.html", how=found, rules=RULES)
