"""One student at a time: their own words, the rule line by line, and the grade a person gives."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.record import ExceptionKind
from tracker.extensions import db
from tracker.jobs.grades import exceptions, grade_student
from tracker.models import GradeDecision, RequirementException
from tracker.queries.class_standing import WHOLE, choose_unit
from tracker.queries.coursework import load_assignment
from tracker.queries.grades.grade_student import Settling, load_settling
from tracker.queries.grades.grading_order import load_last, load_steps
from tracker.queries.verdicts.shown_text import load_shown_texts
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import BaseForm
from tracker.web.instructor.grades.grade_forms import (
    AcceptForm,
    GradeForm,
    GrantForm,
    NoteForm,
    ReleaseForm,
    RevokeForm,
    UndoGradeForm,
)

bp = Blueprint("grade_student", __name__, url_prefix="/grades/<assignment_key>/<int:enrollment_id>")

Form = TypeVar("Form", bound=BaseForm)
Row = TypeVar("Row", GradeDecision, RequirementException)
GRANTED: dict[str, str] = {
    ExceptionKind.EXTENSION: "extended and re-graded",
    ExceptionKind.EXCUSE: "excused",
    ExceptionKind.INCOMPLETE: "marked incomplete",
    ExceptionKind.SUBSTITUTE: "marked complete",
}


@bp.url_value_preprocessor
def take_whose(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Every page here is about the grade of one student for one assignment."""
    values = values or {}
    g.assignment_key, g.student_id = values.pop("assignment_key"), values.pop("enrollment_id")


@bp.before_request
def check_whose() -> None:
    load.student_or_404(g.student_id)
    g.assignment_id = load.assignment_or_404(g.assignment_key).id
    row = load_assignment(db.session(), g.course.id, g.assignment_key)
    g.unit = choose_unit(row, clock.now(), request.args.get("part"))
    g.part_here = (g.unit.key or WHOLE) if row.terms.graded_parts else None


@bp.get("")
def show() -> Page:
    return _page()


@bp.post("/accept")
def accept() -> Response:
    form, going = _checked(AcceptForm()), _following()
    grade_student.accept(
        *_whose(),
        act(seen=form.seen.data),
        levels=_levels(),
        seen_proposal=form.proposal.data or None,
        part=g.unit.key,
    )
    return _done(f"accepted {form.proposal.data or 'with its levels'}", going)


@bp.post("/set")
def override() -> Response:
    form, going = _checked(GradeForm()), _following()
    grade_student.override(
        *_whose(),
        act(seen=form.seen.data),
        value=form.value(),
        satisfactory=form.is_satisfactory(),
        reason=form.reason.data or "",
        levels=_levels(),
        part=g.unit.key,
    )
    return _done("grade saved", going)


@bp.post("/note")
def note() -> Response:
    form = _checked(NoteForm())
    grade_student.note(*_whose(), act(seen=form.seen.data), text=form.text.data or "", part=g.unit.key)
    return _done("note saved")


@bp.post("/release")
def release() -> Response:
    form = _checked(ReleaseForm())
    grade_student.release(*_whose(), act(seen=form.seen.data), words=form.words.data or "", part=g.unit.key)
    return _done("released to the student")


@bp.post("/undo")
def undo() -> Response:
    form = UndoGradeForm()
    row = _own_or_400(GradeDecision, form.decision.data)
    grade_student.undo(g.course.id, row.id, act(seen=_checked(form).seen.data))
    return _done("undone")


@bp.post("/grant")
def grant() -> Response:
    """More time, an excuse, an incomplete, or marked complete."""
    form = _checked(GrantForm())
    kind = ExceptionKind(form.kind.data)
    exceptions.grant(
        *_whose(),
        kind,
        act(seen=form.seen.data),
        requirement=form.requirement.data or None,
        due=form.due.data or "",
        reason=form.reason.data or "",
    )
    return _done(GRANTED[kind])


@bp.post("/revoke")
def revoke() -> Response:
    form = RevokeForm()
    row = _own_or_400(RequirementException, form.exception.data)
    _checked(form)
    exceptions.revoke(g.course.id, row.id, act())
    return _done("undone and re-graded")


def _whose() -> tuple[int, str, int]:
    """Course, assignment and student, as jobs want to be told of them."""
    return g.course.id, g.assignment_key, g.student_id


def _own_or_400(kind: type[Row], row_id: int | None) -> Row:
    row = db.session.get(kind, row_id or 0)
    if row is None or (row.assignment_id, row.enrollment_id) != (g.assignment_id, g.student_id):
        abort(400)
    return row


def _checked(form: Form) -> Form:
    """The form, where it is filled in as it should be; it stands on the page again when it or the job
    says why not."""
    g.typed = form
    if not form.validate():
        raise TrackerError(form.says())
    return form


@bp.errorhandler(TrackerError)
def refuse(error: TrackerError) -> Page:
    """The page once more, with what was typed still there."""
    return _page(g.get("typed"), str(error), 409 if isinstance(error, ConflictError) else 422)


def _done(says: str, going: str = "") -> Response:
    student = load.student_or_404(g.student_id)
    flash(f"{student.preferred_name or student.given_name} {student.family_name}: {says}.")
    return redirect(going or _address(g.student_id))


def _address(enrollment_id: int) -> str:
    """The page of a student of this round, at the part that is graded here."""
    return url_for(".show", assignment_key=g.assignment_key, enrollment_id=enrollment_id, part=g.part_here)


def _page(form: BaseForm | None = None, says: str = "", status: int = 200) -> Page:
    """The page of one student; `form` is what was typed and could not be kept, `says` why."""
    session, course_id, sections = db.session(), g.course.id, load.visible_section_ids()
    settling = load_settling(session, course_id, g.student_id, g.assignment_key, g.unit, sections)
    if settling is None:
        abort(404)
    shown = {one.comment_id for thread in settling.threads for one in thread.comments}
    page = render_template(
        "instructor/grades/student.html",
        page=settling,
        why=settling.why,
        terms=settling.why.assignment.terms,
        record=settling.record,
        steps=load_steps(session, course_id, g.unit, g.student_id, sections),
        key=g.assignment_key,
        who=g.student_id,
        part_here=g.part_here,
        texts=load_shown_texts(session, course_id, shown),
        last=load_last(session, settling.why.assignment.id, current_user.id, sections),
        says=says,
        **_forms(settling, form),
    )
    return page, status


def _forms(settling: Settling, typed: BaseForm | None) -> dict[str, object]:
    """Every form of the page: the one that was typed in as it was, the others as things stand."""
    record, grade = settling.record, settling.record.grade
    stands = grade.satisfactory if grade is not None else record.proposal.satisfactory
    value = grade.value if grade is not None else record.proposal.points
    made = {
        "grade_form": GradeForm(
            formdata=None,
            satisfactory=None if stands is None else "yes" if stands else "no",
            points="" if value is None else f"{value.normalize():f}",
        ),
        "note_form": NoteForm(formdata=None),
        "release_form": ReleaseForm(
            formdata=None, words=record.released.reason if record.released is not None else ""
        ),
        "grant_form": GrantForm(formdata=None),
    }
    made |= {name: typed for name, form in made.items() if type(form) is type(typed)}
    return {**made, "typed": type(typed).__name__, "picked": request.form if typed is not None else {}}


def _following() -> str:
    """Where to go on: to the next who waits, from one who waits or where no student follows; else
    down the roster; to the round when none is left."""
    steps = load_steps(db.session(), g.course.id, g.unit, g.student_id, load.visible_section_ids())
    following = steps.next_waiting
    if steps.place is None and steps.after is not None:
        following = steps.after
    if following is None:
        return url_for("instructor.grade_round.show", assignment_key=g.assignment_key)
    return _address(following)


def _levels() -> dict[str, str]:
    """Criterion -> level, of the fields "level-…"."""
    return {
        name.removeprefix("level-"): value
        for name, value in request.form.items()
        if name.startswith("level-") and value
    }
