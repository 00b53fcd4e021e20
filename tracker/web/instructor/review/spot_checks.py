"""Spot checks: each week's random sample of automatic matches, marked right or wrong by a person."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Optional

from tracker import clock
from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.matching.spot_checks import draw_sample, last_week, mark_sample
from tracker.queries.matching.spot_checks import count_samples
from tracker.queries.review.spot_check_page import load_sampled
from tracker.web import load
from tracker.web.act import act
from tracker.web.forms import BaseForm, valid_or_400

bp = Blueprint("spot_checks", __name__, url_prefix="/review/spot-checks")
# A sample is drawn from all sections.
bp.before_request(load.whole_course_or_404)


class MarkForm(BaseForm):
    """`seen` is the mark that stood when the page was made; empty: none did."""

    sample = IntegerField(validators=[InputRequired()])
    seen = IntegerField(validators=[Optional()])
    mark = StringField(validators=[AnyOf(("right", "wrong"))])
    week = StringField()


@bp.get("")
def index() -> str:
    """The sample of the week asked for, else the latest drawn; and how the others came out."""
    weeks = {one.week: one for one in count_samples(db.session(), g.course.id)}
    asked = request.args.get("week", "")
    week = asked if asked in weeks else next(iter(weeks), "")
    return render_template(
        "instructor/review/spot_checks.html",
        lines=load_sampled(db.session(), g.course.id, week),
        count=weeks.get(week),
        others=[one for one in weeks.values() if one.week != week],
        is_due=_week() not in weeks,
    )


@bp.post("/draw")
def draw() -> Response:
    if not draw_sample(g.course.id, clock.now(), week=_week()):
        flash("No comments were matched automatically last week, so there is nothing to check.")
    return redirect(url_for(".index"))


@bp.post("")
def mark() -> Response:
    form = valid_or_400(MarkForm())
    is_right = form.mark.data == "right"
    try:
        mark_sample(g.course.id, form.sample.data, act(seen=form.seen.data), is_right=is_right)
    except ConflictError as conflict:
        flash(str(conflict), "error")
    return redirect(url_for(".index", week=form.week.data or None, _anchor=f"s{form.sample.data}"))


def _week() -> str:
    return last_week(clock.now(), g.course.zone)
