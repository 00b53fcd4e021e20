"""Students by assignments, and for each cell the page that answers Why?"""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request

from tracker import clock
from tracker.extensions import db
from tracker.queries.grades.grid import CHOICES, Filter, load_grid
from tracker.queries.grades.why import load_why
from tracker.queries.verdicts.shown_text import load_shown_texts
from tracker.queries.verdicts.summary_claims import find_differences
from tracker.web import load
from tracker.web.values import read_number
from tracker.wording.states import LEGEND

bp = Blueprint("grid", __name__, url_prefix="/grid")


@bp.route("")
def index() -> str:
    return render_template("instructor/grades/grid.html", **_grid(), why=None)


@bp.route("/<int:enrollment_id>/<assignment_key>")
def show(enrollment_id: int, assignment_key: str) -> str:
    why = load_why(db.session(), g.course.id, enrollment_id, assignment_key, load.visible_section_ids())
    if why is None:
        abort(404)
    named = {one.item.comment_id for one in why.answers if one.item and one.item.comment_id}
    texts = load_shown_texts(db.session(), g.course.id, named)
    assignment = load.assignment_or_404(assignment_key)
    claims = find_differences(db.session(), g.course.id, assignment.id, enrollment_id)
    return render_template(
        "instructor/grades/grid.html", **_grid(enrollment_id), why=why, texts=texts, claims=claims
    )


def _grid(open_student: int | None = None) -> dict[str, object]:
    """The page of the grid that the address asks for, with what its filters offer."""
    wanted = Filter(
        name=request.args.get("name", "").strip(),
        section=request.args.get("section", ""),
        part=request.args.get("part", ""),
        state=request.args.get("state", ""),
        page=read_number(request.args.get("page")) or 0,
    )
    visible = load.visible_section_ids()
    return {
        "grid": load_grid(db.session(), g.course.id, clock.now(), wanted, visible, open_student),
        "wanted": wanted,
        "kept": wanted.as_query(),
        "choices": CHOICES,
        "legend": LEGEND,
    }
