"""How a comment was matched to the student, and the student's word about it.

Tested in tests/web/student/test_status.py.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.review.claims import claim, disclaim, take_back
from tracker.queries.matching.thresholds import load_rules_now
from tracker.queries.review.how_matched import load_how_matched
from tracker.web.act import act
from tracker.web.student.forms import ClaimForm

bp = Blueprint("comments", __name__, url_prefix="/comments")

WORDS = {"mine": claim, "not-mine": disclaim, "take-back": take_back}


@bp.get("/<int:comment_id>")
def how(comment_id: int) -> str:
    """404 for a comment that is not matched to the student who asks, whatever it is otherwise."""
    found = load_how_matched(db.session(), g.course.id, comment_id, student_id=g.enrollment.id)
    if found is None:
        abort(404)
    return render_template("student/how.html", how=found, rules=load_rules_now(db.session(), g.course.id))


@bp.post("/<int:comment_id>")
def say(comment_id: int) -> Response:
    """ "Mine", "not mine", or the last word taken back: kept for staff, who decide."""
    form = ClaimForm()
    if not form.validate():
        abort(404)  # as for a comment that is not theirs: nothing here to be told apart
    try:
        report = WORDS[form.word.data](g.enrollment.id, comment_id, act())
    except (NotFoundError, ConflictError):
        raise
    except TrackerError as refused:
        flash(str(refused), "error")
    else:
        flash(report.says)
    return redirect(url_for("student.status.index", _anchor="yours"))
