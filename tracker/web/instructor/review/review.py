"""Comments whose writer a person must name: the queue, one comment, the decision and its undo."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, SubmitField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from tracker import clock
from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.review import decisions as jobs
from tracker.queries import readable
from tracker.queries.grades.attention import Need, load_needs
from tracker.queries.matching.decisions import load_words
from tracker.queries.matching.match_inputs import load_standing_decisions
from tracker.queries.review import review_queue as queries
from tracker.queries.review.account_conflicts import load_conflicts
from tracker.queries.review.answers import NOBODY, OTHER, load_answers
from tracker.queries.review.conflicts import count_flagged
from tracker.queries.review.review_queue import ListedStudent, QueueLine
from tracker.queries.review.reviewed_comment import (
    MAX_SIBLINGS,
    LastDecision,
    ReviewedComment,
    find_standing,
    load_last_decision,
    load_reviewed,
    load_shown,
)
from tracker.queries.review.unknown_writers import count_unknown_writers
from tracker.queries.verdicts.shown_text import load_shown_texts
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import BaseForm, valid_or_400
from tracker.web.values import ROW_NUMBER, read_number
from tracker.wording.effects import say_effects, say_moved
from tracker.wording.review import say_rejected, say_saved

bp = Blueprint("review", __name__, url_prefix="/review")


class DecideForm(BaseForm):
    """`seen` is the decision that stood when the page was made; empty: none did. `teach` are lessons with
    the answer by which each is learned: "17:account". `back` is the page of the list of unknown writers
    from which it was opened; empty: none."""

    who = RadioField(
        "Who wrote it?",
        [
            InputRequired("Choose who wrote it, or “Not a student in this course”."),
            Regexp(rf"\A({ROW_NUMBER}|{OTHER}|{NOBODY})\Z", message="Choose one of the answers shown."),
        ],
        choices=(),
        validate_choice=False,
    )
    other = SelectField("Someone else in the course", coerce=int, choices=(), validate_choice=False)
    teach = SelectMultipleField("What it teaches", choices=(), validate_choice=False)
    seen = IntegerField(validators=[Optional()])
    back = IntegerField(validators=[Optional()])
    only_this = SubmitField("Only this one")
    ask = SubmitField("Ask the student first")
    refuse = SubmitField("Not theirs")

    def validate_other(self, field: SelectField) -> None:
        if self.who.data == OTHER and not field.data:
            raise ValidationError("Choose a student from the list.")

    def validate_who(self, field: RadioField) -> None:
        if field.data == NOBODY and (self.ask.data or self.refuse.data):
            raise ValidationError("Choose a student first.")

    def lessons(self) -> set[str]:
        """The kinds of handle that were checked for the answer that was chosen."""
        checked = (one.partition(":") for one in self.teach.data or ())
        return {kind for answer, _, kind in checked if answer == self.who.data}

    def chosen(self) -> int | None:
        """The student that was chosen; None for no student of the course."""
        if self.who.data == NOBODY:
            return None
        return int(self.other.data if self.who.data == OTHER else self.who.data)


class UndoDecisionForm(BaseForm):
    decision = IntegerField(validators=[InputRequired()])


@bp.route("")
def index() -> Page:
    """The queue with its first comment opened."""
    queue = _queue()
    if not queue:
        return render_template(
            "instructor/review/empty.html",
            last=_last(),
            conflicts=_count_conflicts(),
            unknown_writers=_count_unknown_writers(),
            other_needs=_other_needs(),
        )
    return _show(queue[0].first, queue)


@bp.route("/<int:comment_id>")
def show(comment_id: int) -> Page:
    """One comment, decided or not. `who` in the address is the answer to choose beforehand, `back` as of
    `DecideForm`."""
    return _show(comment_id, _queue())


@bp.route("/<int:comment_id>", methods=["POST"])
def decide(comment_id: int) -> Page:
    linkage = load.linkage_or_404(comment_id)
    form = DecideForm()
    if not form.validate():
        return _show(comment_id, _queue(), form.says(), picked=form, status=422)
    chosen = form.chosen()
    if chosen is not None and chosen not in {one["enrollment_id"] for one in linkage.candidates}:
        load.student_or_404(chosen)
    try:
        flash(_carry_out(comment_id, chosen, form))
    except ConflictError as conflict:
        return _show(comment_id, _queue(), str(conflict), picked=form, status=409)
    if form.back.data:
        return redirect(url_for("instructor.unknown_writers.index", page=form.back.data))
    return redirect(url_for(".index"))


def _carry_out(comment_id: int, chosen: int | None, form: DecideForm) -> str:
    """Do what was asked for; what came of it, in words."""
    course_id = g.course.id
    teach = False if form.only_this.data else form.lessons()
    mine = act(seen=form.seen.data)
    if chosen is None:
        report = jobs.mark_outsider(course_id, comment_id, mine, teach=teach)
        return f"{say_saved('', report.taught)} {say_moved(report.moved)}"
    name = queries.load_students(db.session(), course_id)[chosen].name
    if form.ask.data:
        jobs.ask_student(course_id, comment_id, chosen, mine)
        return (
            f"Asked. {name} sees the question on their status page. The comment stays here until you decide."
        )
    if form.refuse.data:
        report = jobs.reject(course_id, comment_id, chosen, mine, teach=teach)
        return f"{say_rejected(name, report.taught)} {say_moved(report.moved)}"
    report = jobs.confirm(course_id, comment_id, chosen, mine, teach=teach)
    return f"{say_saved(name, report.taught, is_shared=report.is_shared)} {say_moved(report.moved)}"


@bp.route("/<int:comment_id>/undo", methods=["POST"])
def undo(comment_id: int) -> Page:
    load.linkage_or_404(comment_id)
    form = valid_or_400(UndoDecisionForm())
    decision = form.decision.data
    if decision is None or decision not in _undoable(comment_id):
        flash("Someone changed this decision in the meantime. The current state is shown.", "error")
    else:
        report = jobs.undo(g.course.id, decision, act())
        flash(f"Undone. {say_moved(report.moved)}")
    return redirect(url_for(".show", comment_id=comment_id))


@bp.get("/<int:comment_id>/undo")
def show_undo(comment_id: int) -> Page:
    """What taking the decision about a comment back would change, before it is done."""
    load.linkage_or_404(comment_id)
    course_id = g.course.id
    standing = load_standing_decisions(db.session(), course_id, {comment_id}).get(comment_id)
    preview = jobs.undo(course_id, standing.id, act(preview=True)) if standing else None
    changes = preview.effects.answers if preview else ()
    shown = load_shown(db.session(), course_id, [one.comment_id for one in changes[:MAX_SIBLINGS]])
    return render_template(
        "instructor/review/undo.html",
        comment_id=comment_id,
        decision_id=find_standing(db.session(), course_id, comment_id),
        preview=preview,
        says=say_effects(preview.effects) if preview else "",
        changes=sorted(changes, key=lambda one: one.comment_id != comment_id),
        comments={one.id: one for one in shown},
        students=queries.load_students(db.session(), course_id),
    )


def _undoable(comment_id: int) -> set[int | None]:
    """What staff said about a comment and stands. A student's own words are hers to take back."""
    said = load_words(db.session(), g.course.id, {comment_id}).get(comment_id)
    words = {*said.rejected.values(), *said.asked.values()} if said else set()
    return {find_standing(db.session(), g.course.id, comment_id), *words}


def _queue() -> list[QueueLine]:
    return queries.load_queue(db.session(), g.course.id, clock.now(), load.visible_section_ids())


def _last() -> LastDecision | None:
    return load_last_decision(db.session(), g.course.id, current_user.id)


def _show(
    comment_id: int,
    queue: list[QueueLine],
    says: str = "",
    *,
    picked: DecideForm | None = None,
    status: int = 200,
) -> Page:
    """The page of a comment; `picked` is what was chosen on it and could not be kept."""
    linkage = load.linkage_or_404(comment_id)
    students = queries.load_students(db.session(), g.course.id)
    comment = load_reviewed(db.session(), linkage, students)
    line = next((one for one in queue if comment_id in one.comment_ids), None)
    page = render_template(
        "instructor/review/show.html",
        queue=queue,
        line=line,
        comment=comment,
        others=_others(students, comment),
        siblings=load_shown(db.session(), g.course.id, line.comment_ids[:MAX_SIBLINGS] if line else ()),
        account=readable.account_shown(comment.row),
        answers=load_answers(db.session(), g.course.id, comment),
        said=load_words(db.session(), g.course.id, {comment_id}).get(comment_id),
        students=students,
        picked=picked,
        asked_for="" if picked else request.args.get("who", ""),
        back=picked.back.data if picked else read_number(request.args.get("back")),
        conflicts=_count_conflicts(),
        unknown_writers=_count_unknown_writers(),
        other_needs=_other_needs(),
        whole=load_shown_texts(db.session(), g.course.id, {comment_id}).get(comment_id),
        following=_following(queue, line),
        last=_last(),
        says=says,
    )
    return page, status


def _count_conflicts() -> int:
    """Accounts and decisions that wait on the page "To settle"; 0 for who may not open it."""
    if load.visible_section_ids() is not None:
        return 0
    session, course_id = db.session(), g.course.id
    return len(load_conflicts(session, course_id)) + count_flagged(session, course_id)


def _other_needs() -> list[Need]:
    """Who needs a person for another reason than whose comment it is: the student's own page decides it."""
    needs = load_needs(db.session(), g.course.id, load.visible_section_ids())
    return [need for need in needs if need.comment_id is None]


def _count_unknown_writers() -> int:
    return count_unknown_writers(db.session(), g.course.id, load.visible_section_ids())


def _following(queue: list[QueueLine], line: QueueLine | None) -> int | None:
    """The first comment of the next line; None when there is no other."""
    if len(queue) < 2:
        return None
    place = queue.index(line) if line else -1
    return queue[(place + 1) % len(queue)].first


def _others(students: dict[int, ListedStudent], comment: ReviewedComment) -> list[ListedStudent]:
    """The roster as far as it may be seen, without the candidates."""
    shown = {one.student.enrollment_id for one in comment.candidates}
    sections = load.visible_section_ids()
    return [
        one
        for one in students.values()
        if one.is_active
        and one.enrollment_id not in shown
        and (sections is None or one.section_id in sections)
    ]
