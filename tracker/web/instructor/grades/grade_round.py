"""A round's grades together: accept what is certain, release what is recorded, undo either.

Tested in tests/web/instructor/grades/test_grade_student.py.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.grades import grade_round
from tracker.queries.grades.grade_round import load_steps, say_progress, sum_up, sum_up_lacking
from tracker.queries.grades.round_page import load_round_page
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import valid_or_400
from tracker.web.instructor.grades.grade_forms import BulkForm, UndoBulkForm
from tracker.wording.numbers import say_count
from tracker.wording.states import say_bucket

bp = Blueprint("grade_round", __name__, url_prefix="/grades/<assignment_key>")


@bp.get("")
def show(assignment_key: str) -> Page:
    return _page(assignment_key)


@bp.post("/accept")
def accept(assignment_key: str) -> Response:
    """Accept all that is certain: what is satisfactory, or what is not yet."""
    load.assignment_or_404(assignment_key)
    form = BulkForm()
    if not form.validate():
        raise TrackerError(form.says())
    report = grade_round.accept_certain(
        g.course.id,
        assignment_key,
        act(),
        part=form.part.data or None,
        satisfactory=form.which.data != "no",
        release=bool(form.release.data),
        words=form.words.data or "",
        expected=form.seen.data,
        section_ids=load.visible_section_ids(),
    )
    done = "Accepted and released" if form.release.data else "Accepted"
    flash(f"{done} {say_count(report.count, 'grade')}.")
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
        part=form.part.data or None,
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
    if batch not in {one.batch for one in load_steps(db.session(), assignment.id, sections)}:
        abort(404)
    report = grade_round.undo_batch(g.course.id, batch, act(), section_ids=sections)
    flash(f"Undone for {say_count(report.count, 'student')}.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.errorhandler(TrackerError)
def refuse(error: TrackerError) -> Page:
    """The page once more, with the message that was typed still there."""
    is_stale = isinstance(error, ConflictError | NotFoundError)
    return _page((request.view_args or {})["assignment_key"], str(error), 409 if is_stale else 422)


def _page(assignment_key: str, says: str = "", status: int = 200) -> Page:
    assignment = load.assignment_or_404(assignment_key)
    page = load_round_page(db.session(), g.course.id, assignment, clock.now(), load.visible_section_ids())
    shown = render_template(
        "instructor/grades/round.html",
        assignment=assignment,
        key=assignment.key,
        page=page,
        here=page.here,
        sum_up=sum_up,
        sum_up_lacking=sum_up_lacking,
        say_progress=say_progress,
        say_bucket=say_bucket,
        says=says,
        words=request.form.get("words", ""),
        typed_part=request.form.get("part", ""),
    )
    return shown, status
