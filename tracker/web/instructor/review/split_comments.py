"""Split comments: two that read as one, counted as one when a person or the course says so."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Optional

from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.review.split_comments import join, set_joins_by_itself, suggest_joins
from tracker.queries.matching.join_decisions import joins_by_itself
from tracker.queries.review.review_queue import load_students
from tracker.queries.review.reviewed_comment import load_shown
from tracker.web import load
from tracker.web.act import act
from tracker.web.errors import show_conflict
from tracker.web.forms import BaseForm, valid_or_400
from tracker.wording.numbers import say_count

bp = Blueprint("split_comments", __name__, url_prefix="/review/split-comments")
# The setting affects all students.
bp.before_request(load.whole_course_or_404)
bp.register_error_handler(ConflictError, show_conflict)


class JoinCommentsForm(BaseForm):
    """`seen` is the word that stood about the two when the page was made; empty: none did."""

    first = IntegerField(validators=[InputRequired()])
    second = IntegerField(validators=[InputRequired()])
    seen = IntegerField(validators=[Optional()])
    say = StringField(validators=[AnyOf(("one", "two"))])


class SwitchForm(BaseForm):
    wanted = StringField(validators=[AnyOf(("on", "off"))])


@bp.get("")
def index() -> str:
    found = suggest_joins(db.session(), g.course.id)
    ids = {number for one in found for number in (one.part.first, one.part.second)}
    return render_template(
        "instructor/review/split_comments.html",
        open=[one for one in found if one.row_id is None and not one.is_joined],
        said=[one for one in found if one.row_id is not None or one.is_joined],
        parts={comment.id: comment for comment in load_shown(db.session(), g.course.id, ids)},
        students=load_students(db.session(), g.course.id),
        by_itself=joins_by_itself(db.session(), g.course.id),
    )


@bp.post("")
def decide() -> Response:
    form = valid_or_400(JoinCommentsForm())
    pair = (form.first.data, form.second.data)
    if pair not in {(one.part.first, one.part.second) for one in suggest_joins(db.session(), g.course.id)}:
        abort(404)
    together = form.say.data == "one"
    join(g.course.id, *pair, act(seen=form.seen.data), together=together)
    flash("Counted as one comment." if together else "Counted as two comments.")
    return redirect(url_for(".index"))


@bp.post("/switch")
def switch() -> Response:
    form = valid_or_400(SwitchForm())
    wanted = form.wanted.data == "on"
    changed = set_joins_by_itself(g.course.id, wanted, act())
    now = "count as one automatically" if wanted else "wait for a person"
    flash(f"Saved. Split comments now {now}. {say_count(changed, 'requirement')} changed.")
    return redirect(url_for(".index"))
