"""One student at a time: their own words, the rule line by line, and the grade a person gives."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.record import ExceptionKind
from tracker.extensions import db
from tracker.jobs.grades import exceptions, grade_student
from tracker.models import GradeDecision, RequirementException
from tracker.queries.grades.grade_student import Settling, load_settling
from tracker.queries.grades.grading_order import Steps, load_last, load_steps
from tracker.queries.verdicts.shown_text import load_shown_texts
from tracker.web import load
from tracker.web.act import act
from tracker.web.forms import BaseForm
from tracker.web.instructor.grades.grade_forms import (
    AcceptForm,
    GradeForm,
    GrantForm,
    NoteForm,
    ReleaseForm,
    RevokeForm,
    SeenForm,
    UndoForm,
)

bp = Blueprint("grade_student", __name__, url_prefix="/grades/<assignment_key>/<int:enrollment_id>")

Page = str | tuple[str, int] | Response
GRANTED: dict[str, str] = {
    ExceptionKind.EXTENSION: "extended, and judged again at once",
    ExceptionKind.EXCUSE: "excused",
    ExceptionKind.INCOMPLETE: "an incomplete is given",
    ExceptionKind.SUBSTITUTE: "taken as done",
}


@bp.get("")
def show(assignment_key: str, enrollment_id: int) -> Page:
    return _page(assignment_key, enrollment_id)


@bp.post("/accept")
def accept(assignment_key: str, enrollment_id: int) -> Page:
    _whose(assignment_key, enrollment_id)
    form = AcceptForm()
    going = _following(assignment_key, enrollment_id)
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: grade_student.accept(
            g.course.id,
            assignment_key,
            enrollment_id,
            act(seen=form.seen.data),
            levels=_levels(),
            seen_proposal=form.proposal.data or None,
        ),
        f"accepted {form.proposal.data or 'by its levels'}",
        going,
    )


@bp.post("/set")
def override(assignment_key: str, enrollment_id: int) -> Page:
    _whose(assignment_key, enrollment_id)
    form = GradeForm()
    going = _following(assignment_key, enrollment_id)
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: grade_student.override(
            g.course.id,
            assignment_key,
            enrollment_id,
            act(seen=form.seen.data),
            value=form.value(),
            satisfactory=form.is_satisfactory(),
            reason=form.reason.data or "",
            levels=_levels(),
        ),
        "kept the grade set by hand",
        going,
    )


@bp.post("/note")
def note(assignment_key: str, enrollment_id: int) -> Page:
    _whose(assignment_key, enrollment_id)
    form = NoteForm()
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: grade_student.note(
            g.course.id, assignment_key, enrollment_id, act(seen=form.seen.data), text=form.text.data or ""
        ),
        "kept the note",
    )


@bp.post("/release")
def release(assignment_key: str, enrollment_id: int) -> Page:
    _whose(assignment_key, enrollment_id)
    form = ReleaseForm()
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: grade_student.release(
            g.course.id, assignment_key, enrollment_id, act(seen=form.seen.data), words=form.words.data or ""
        ),
        "released to the student",
    )


@bp.post("/undo")
def undo(assignment_key: str, enrollment_id: int) -> Page:
    assignment_id = _whose(assignment_key, enrollment_id)
    form = UndoForm()
    row = db.session.get(GradeDecision, form.decision.data or 0)
    if row is None or (row.assignment_id, row.enrollment_id) != (assignment_id, enrollment_id):
        abort(400)
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: grade_student.undo(g.course.id, row.id, act(seen=form.seen.data)),
        "taken back",
    )


@bp.post("/grant")
def grant(assignment_key: str, enrollment_id: int) -> Page:
    """More time, an excuse, an incomplete, or taken as done."""
    _whose(assignment_key, enrollment_id)
    form = GrantForm()
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: exceptions.grant(
            g.course.id,
            assignment_key,
            enrollment_id,
            ExceptionKind(form.kind.data),
            act(seen=form.seen.data),
            requirement=form.requirement.data or None,
            due=form.due.data or "",
            reason=form.reason.data or "",
        ),
        GRANTED.get(str(form.kind.data), "kept"),
    )


@bp.post("/revoke")
def revoke(assignment_key: str, enrollment_id: int) -> Page:
    assignment_id = _whose(assignment_key, enrollment_id)
    form = RevokeForm()
    row = db.session.get(RequirementException, form.exception.data or 0)
    if row is None or (row.assignment_id, row.enrollment_id) != (assignment_id, enrollment_id):
        abort(400)
    return _say(
        assignment_key,
        enrollment_id,
        form,
        lambda: exceptions.revoke(g.course.id, row.id, act()),
        "taken back, and judged again at once",
    )


def _say(
    assignment_key: str,
    enrollment_id: int,
    form: BaseForm,
    job: Callable[[], object],
    done: str,
    going: str = "",
) -> Page:
    """Check the form, do the job, and go on; with what was typed still there when it cannot be."""
    if not form.validate():
        says = form.says() if isinstance(form, SeenForm) else "The page had grown old; look again."
        return _page(assignment_key, enrollment_id, form, says, 422)
    try:
        job()
    except ConflictError as conflict:
        return _page(assignment_key, enrollment_id, form, str(conflict), 409)
    except (TrackerError, ValueError) as exc:
        return _page(assignment_key, enrollment_id, form, str(exc), 422)
    student = load.student_or_404(enrollment_id)
    flash(f"{student.preferred_name or student.given_name} {student.family_name}: {done}.")
    here = url_for(".show", assignment_key=assignment_key, enrollment_id=enrollment_id)
    return redirect(going or here)


def _page(
    assignment_key: str, enrollment_id: int, form: BaseForm | None = None, says: str = "", status: int = 200
) -> Page:
    """The page of one student; `form` is what was typed and could not be kept, `says` why."""
    settling = _settling(assignment_key, enrollment_id)
    sections = load.visible_section_ids()
    steps = load_steps(db.session(), g.course.id, assignment_key, enrollment_id, sections)
    page = render_template(
        "instructor/grades/student.html",
        page=settling,
        why=settling.why,
        record=settling.record,
        steps=steps,
        key=assignment_key,
        who=enrollment_id,
        texts=load_shown_texts(
            db.session(),
            g.course.id,
            {one.comment_id for thread in settling.threads for one in thread.comments},
        ),
        last=load_last(db.session(), settling.why.assignment_id, current_user.id, sections),
        says=says,
        **_forms(settling, form),
    )
    return (page, status) if status != 200 else page


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
    for name, form in made.items():
        if type(form) is type(typed):
            made[name] = typed
    return {**made, "typed": type(typed).__name__, "picked": request.form if typed is not None else {}}


def _settling(assignment_key: str, enrollment_id: int) -> Settling:
    found = load_settling(
        db.session(), g.course.id, enrollment_id, assignment_key, load.visible_section_ids()
    )
    if found is None:
        abort(404)
    return found


def _whose(assignment_key: str, enrollment_id: int) -> int:
    """The assignment's id; 404 when it or the student is not there for the reader."""
    load.student_or_404(enrollment_id)
    return load.assignment_or_404(assignment_key).id


def _following(assignment_key: str, enrollment_id: int) -> str:
    """Where to go on: to the next who waits, from somebody who waits or where nobody follows; else
    down the roster; to the round when nobody is left."""
    steps = load_steps(db.session(), g.course.id, assignment_key, enrollment_id, load.visible_section_ids())
    following = next_of(steps)
    if following is None:
        return url_for("instructor.grade_round.show", assignment_key=assignment_key)
    return url_for(".show", assignment_key=assignment_key, enrollment_id=following)


def next_of(steps: Steps) -> int | None:
    if steps.place is None and steps.after is not None:
        return steps.after
    return steps.next_waiting


def _levels() -> dict[str, str]:
    """Criterion -> level, of the fields "level-…"."""
    return {
        name.removeprefix("level-"): value
        for name, value in request.form.items()
        if name.startswith("level-") and value
    }
