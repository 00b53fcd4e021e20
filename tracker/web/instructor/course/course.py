"""The course page: where the round stands, what needs a person, what cannot be seen."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from tracker import clock
from tracker.extensions import db
from tracker.queries.course.dashboard import load_dashboard
from tracker.queries.matching.spot_checks import WeekCount, count_samples
from tracker.queries.review.unknown_writers import count_unknown_writers
from tracker.web import load

bp = Blueprint("course", __name__)


@bp.route("/")
def index() -> str:
    session, sections = db.session(), load.visible_section_ids()
    board = load_dashboard(session, g.course.id, clock.now(), sections)
    if not board.setup.is_done:
        return render_template("instructor/course/start.html", board=board, setup=board.setup)
    return render_template(
        "instructor/course/index.html",
        board=board,
        sample=_sample(),
        unknown_writers=count_unknown_writers(session, g.course.id, sections),
    )


def _sample() -> WeekCount | None:
    """The latest weekly sample, for who may check it; None without one."""
    if load.visible_section_ids() is not None:
        return None
    return next(iter(count_samples(db.session(), g.course.id)), None)
