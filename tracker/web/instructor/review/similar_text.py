"""Similar texts side by side, for a person to read: nothing is decided here."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from tracker.extensions import db
from tracker.queries.coursework import load_assignments
from tracker.queries.review.review_queue import load_students
from tracker.queries.verdicts.similarity import find_similar
from tracker.web import load
from tracker.wording.review import SIMILAR

bp = Blueprint("similar_text", __name__, url_prefix="/review/similar-text")
# The two students may be of different sections.
bp.before_request(load.whole_course_or_404)

MOST_SHOWN = 50
"""Pairs of one kind on a page; an assignment narrows them."""


@bp.get("")
def index() -> str:
    key = request.args.get("assignment", "")
    assignment = load.assignment_or_404(key) if key else None
    found = find_similar(db.session(), g.course.id, assignment.id if assignment else None)
    return render_template(
        "instructor/review/similar_text.html",
        found=found,
        kinds=[
            (kind, head, of, [one for one in found if one.kind == kind])
            for kind, (head, of) in SIMILAR.items()
        ],
        most=MOST_SHOWN,
        assignment=assignment,
        assignments=load_assignments(db.session(), g.course.id),
        students=load_students(db.session(), g.course.id),
    )
