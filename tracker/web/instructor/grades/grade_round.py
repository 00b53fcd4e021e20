"""A round's grades together: accept what is certain, release what is recorded, take either back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for

from tracker.domain.errors import ConflictError, NotFoundError, TrackerError
from tracker.extensions import db
from tracker.jobs.grades import grade_round
from tracker.models import Assignment
from tracker.queries.grades.grade_round import (
    RoundGrades,
    Standing,
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

bp = Blueprint("grade_round", __name__, url_prefix="/grades/<assignment_key>")


@bp.get("")
def show(assignment_key: str) -> Page:
    return _page(load.assignment_or_404(assignment_key))


@bp.post("/accept")
def accept(assignment_key: str) -> Page:
    """Accept all that is certain: what is satisfactory, or what is not yet."""
    assignment = load.assignment_or_404(assignment_key)
    form = valid_or_400(BulkForm())
    try:
        report = grade_round.accept_certain(
            g.course.id,
            assignment_key,
            act(),
            satisfactory=form.which.data != "no",
            expected=form.seen.data,
            section_ids=load.visible_section_ids(),
        )
    except ConflictError as conflict:
        return _page(assignment, str(conflict), status=409)
    flash(f"Accepted {report.count} grades." if report.count != 1 else "Accepted 1 grade.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.post("/release")
def release(assignment_key: str) -> Page:
    assignment = load.assignment_or_404(assignment_key)
    form = BulkForm()
    if not form.validate():
        return _page(assignment, form.says(), form, 422)
    try:
        report = grade_round.release_all(
            g.course.id,
            assignment_key,
            act(),
            words=form.words.data or "",
            expected=form.seen.data,
            section_ids=load.visible_section_ids(),
        )
    except ConflictError as conflict:
        return _page(assignment, str(conflict), form, 409)
    except TrackerError as exc:
        return _page(assignment, str(exc), form, 422)
    flash(f"Released {report.count} grades." if report.count != 1 else "Released 1 grade.")
    return redirect(url_for(".show", assignment_key=assignment_key))


@bp.post("/undo")
def undo(assignment_key: str) -> Page:
    """Take back what was said of many at once."""
    assignment = load.assignment_or_404(assignment_key)
    form = valid_or_400(UndoBulkForm())
    sections = load.visible_section_ids()
    if form.batch.data not in {one.batch for one in _load(assignment).steps}:
        abort(404)
    try:
        report = grade_round.undo_batch(g.course.id, form.batch.data, act(), section_ids=sections)
    except (ConflictError, NotFoundError) as conflict:
        return _page(assignment, str(conflict), status=409)
    flash(f"Taken back for {report.count} students." if report.count != 1 else "Taken back for 1 student.")
    return redirect(url_for(".show", assignment_key=assignment_key))


def _load(assignment: Assignment) -> RoundGrades:
    return load_round_grades(db.session(), g.course.id, assignment, load.visible_section_ids())


def _page(assignment: Assignment, says: str = "", form: BulkForm | None = None, status: int = 200) -> Page:
    found = _load(assignment)
    certain, lacking = found.of(Standing.CERTAIN), found.of(Standing.LACKING)
    page = render_template(
        "instructor/grades/round.html",
        assignment=assignment,
        key=assignment.key,
        round=found,
        counts=found.counts,
        certain=certain,
        lacking=lacking,
        digests={
            "certain": digest_of_lines(certain),
            "lacking": digest_of_lines(lacking),
            "release": digest_of_lines(found.to_release),
        },
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
        words=(form.words.data or "") if form is not None else "",
    )
    return page, status
