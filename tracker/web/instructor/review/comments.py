"""How one comment was matched, for staff."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template

from tracker.extensions import db
from tracker.queries.matching.thresholds import load_rules_now
from tracker.queries.review.how_matched import load_how_matched
from tracker.queries.verdicts.shown_text import load_shown_texts
from tracker.web import load

bp = Blueprint("comments", __name__, url_prefix="/comments")


@bp.get("/<int:comment_id>")
def how(comment_id: int) -> str:
    load.linkage_or_404(comment_id)
    found = load_how_matched(db.session(), g.course.id, comment_id, section_ids=load.visible_section_ids())
    if found is None:
        abort(404)
    return render_template(
        "instructor/review/how_matched.html",
        how=found,
        rules=load_rules_now(db.session(), g.course.id),
        whole=load_shown_texts(db.session(), g.course.id, {comment_id}).get(comment_id),
    )
