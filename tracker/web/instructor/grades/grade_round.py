"""A round's grades together: accept what is certain, release what is recorded, undo either.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.grades import grade_round
from tracker.models import Assignment
from tracker.queries.grades.grade_round import (
    GradeStanding,
    RoundGrades,
    digest_of_lines,
    load_round_grades,
    sum_up,
    sum_up_lacking,
)
from tracker.queries.grades.grading_order import load_waiting
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import valid_or_400
from tracker.web.instructor.grades.grade_forms import BulkForm, UndoBulkForm
from tracker.wording.numbers import say_count

bp = Blueprint("grade_round", __name__, url_prefix="/grades/<assignment_key>")


@bp.get("")
def show(assignment_key: str) -> Page:
    return _page(assignment_key)


@bp.post("/accept")
def accept(assignment_key: str) -> Response:
    """Accept all that is certain: what is satisfactory, or what is not yet."""
    load.assignment_or_404(assignment_key)
    form = valid_or_400(BulkForm())
    report = grade_round.accept_certain(
        g.course.id,
        assignment_key,
        act(),
        satisfactory=form.which.data != "no",
        expected=form.seen.data,
        section_ids=load.visible_section_ids(),
    )
    flash(f"Accepted {say_count(report.count, 'grade')}.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.post("/release")
def release(assignment_key: str) -> Response:
    load.assignment_or_404(assignment_key)
    form = BulkForm()
    if not form.validate():
        raise TrackerError(form.says())
    report = grade_round.release_all(
        g.course.id,
        assignment_key,
        act(),
        words=form.words.data or "",
        expected=form.seen.data,
        section_ids=load.visible_section_ids(),
    )
    flash(f"Released {say_count(report.count, 'grade')}.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.post("/undo")
def undo(assignment_key: str) -> Response:
    """Undo a bulk action."""
    assignment = load.assignment_or_404(assignment_key)
    batch = valid_or_400(UndoBulkForm()).batch.data
    sections = load.visible_section_ids()
    if batch not in {one.batch for one in _load(assignment).steps}:
        abort(404)
    report = grade_round.undo_batch(g.course.id, batch, act(), section_ids=sections)
    flash(f"Undone for {say_count(report.count, 'student')}.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.errorhandler(TrackerError)
def refuse(error: TrackerError) -> Page:
    """The page once more, with the message that was typed still there."""
    is_stale = isinstance(error, ConflictError | NotFoundError)
    return _page((request.view_args or {})["assignment_key"], str(error), 409 if is_stale else 422)


def _load(assignment: Assignment) -> RoundGrades:
    return load_round_grades(db.session(), g.course.id, assignment, load.visible_section_ids())


def _page(assignment_key: str, says: str = "", status: int = 200) -> Page:
    assignment = load.assignment_or_404(assignment_key)
    found = _load(assignment)
    certain, lacking = found.of(GradeStanding.CERTAIN), found.of(GradeStanding.LACKING)
    acts = {"certain": certain, "lacking": lacking, "release": found.to_release}
    page = render_template(
        "instructor/grades/round.html",
        assignment=assignment,
        key=assignment.key,
        round=found,
        certain=certain,
        lacking=lacking,
        digests={name: digest_of_lines(lines) for name, lines in acts.items()},
        sums_of={
            "certain": sum_up(certain),
            "lacking": sum_up_lacking(lacking),
            "release": sum_up(found.to_release),
        },
        waiting=load_waiting(
            db.session(),
            g.course.id,
            assignment.key,
            [line.student for line in found.lines],
            load.visible_section_ids(),
        ),
        says=says,
        words=request.form.get("words", ""),
    )
    return page, status
