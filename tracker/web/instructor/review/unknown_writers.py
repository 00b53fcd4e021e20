"""Unknown writers: comments that name the course and fit nobody. A student is chosen on the review page."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import Optional

from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.review.decisions import mark_outsider
from tracker.queries.review.reviewed_comment import load_last_decision
from tracker.queries.review.unknown_writers import load_unknown_writers
from tracker.web import load
from tracker.web.act import act
from tracker.web.forms import BaseForm, valid_or_400
from tracker.web.values import read_number
from tracker.wording.effects import say_moved
from tracker.wording.review import say_saved

bp = Blueprint("unknown_writers", __name__, url_prefix="/review/unknown-writers")


class NotAStudentForm(BaseForm):
    """`back` is the page of the list that the comment is on."""

    back = IntegerField(validators=[Optional()])


@bp.get("")
def index() -> str:
    """A page of the list. An assistant kept to sections sees what was posted on blogs assigned to their
    students."""
    page = read_number(request.args.get("page")) or 1
    return render_template(
        "instructor/review/unknown_writers.html",
        list=load_unknown_writers(db.session(), g.course.id, load.visible_section_ids(), page),
        last=load_last_decision(db.session(), g.course.id, current_user.id),
    )


@bp.post("/<int:comment_id>/not-a-student")
def mark_not_a_student(comment_id: int) -> Response:
    """Decide that no student wrote it. A comment that someone decided meanwhile is shown as it is now."""
    load.linkage_or_404(comment_id)
    back = valid_or_400(NotAStudentForm()).back.data
    try:
        report = mark_outsider(g.course.id, comment_id, act())
    except ConflictError as conflict:
        flash(str(conflict), "error")
        return redirect(url_for("instructor.review.show", comment_id=comment_id, back=back))
    flash(f"{say_saved('', report.taught)} {say_moved(report.moved)}")
    return redirect(url_for(".index", page=back))
