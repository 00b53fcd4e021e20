"""Conflicts: accounts seen with several people, and matches that new evidence contradicts."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Optional, Regexp

from tracker.domain.errors import ConflictError
from tracker.extensions import db
from tracker.jobs.review import decisions as jobs
from tracker.queries.review import conflicts as queries
from tracker.queries.review.account_conflicts import Conflict, Contest, load_contests
from tracker.queries.review.review_queue import ListedStudent, load_students
from tracker.web import load
from tracker.web.act import act
from tracker.web.errors import show_conflict
from tracker.web.forms import BaseForm, valid_or_400
from tracker.web.values import ROW_NUMBER
from tracker.wording.effects import say_moved
from tracker.wording.review import IDENTIFIERS, say_conflict

bp = Blueprint("conflicts", __name__, url_prefix="/review/conflicts")
# An account's two students may be of different sections.
bp.before_request(load.whole_course_or_404)
bp.register_error_handler(ConflictError, show_conflict)

NOBODY, SHARED = "nobody", "shared"
CHANGED = "This changed in the meantime. The current state is shown."


class SettleForm(BaseForm):
    """`seen` is the word that stood about the account when the page was made; empty: none did."""

    kind = StringField(validators=[InputRequired()])
    key = StringField(validators=[InputRequired()])
    seen = IntegerField(validators=[Optional()])
    whose = RadioField(
        "Whose account is it?",
        [InputRequired(), Regexp(rf"\A({ROW_NUMBER}|{NOBODY}|{SHARED})\Z")],
        choices=(),
        validate_choice=False,
    )

    @property
    def chosen(self) -> int | None:
        return None if self.whose.data in (NOBODY, SHARED) else int(self.whose.data)


class UnsettleForm(BaseForm):
    decision = IntegerField(validators=[InputRequired()])


class KeepForm(BaseForm):
    """`seen` is the decision that stood when the page was made; empty: none did."""

    seen = IntegerField(validators=[Optional()])


@bp.get("")
def index() -> str:
    students = load_students(db.session(), g.course.id)
    contests = load_contests(db.session(), g.course.id)
    return render_template(
        "instructor/review/conflicts.html",
        contests=contests,
        titles=[_title(one.conflict, students) for one in contests],
        called=IDENTIFIERS,
        flagged=queries.load_flagged(db.session(), g.course.id, students),
        left=queries.load_left(db.session(), g.course.id, students),
        settled=queries.load_settled_lines(db.session(), g.course.id, students),
        students=students,
    )


def _title(conflict: Conflict, students: Mapping[int, ListedStudent]) -> str:
    names = [students[who].name for who in conflict.enrollment_ids if who in students]
    return say_conflict(IDENTIFIERS[conflict.kind], names, also_not_a_student=conflict.nobodys)


@bp.post("")
def settle() -> Response:
    form = SettleForm()
    if not form.validate():
        flash("Choose whose account it is.", "error")
        return redirect(url_for(".index"))
    contest = _contest(form)
    if contest is None or form.chosen not in (None, *contest.conflict.enrollment_ids):
        raise ConflictError(CHANGED)
    report = jobs.settle_handle(
        g.course.id, contest.conflict.kind, contest.conflict.key, form.chosen, act(seen=form.seen.data),
        is_shared=form.whose.data == SHARED,
    )  # fmt: skip
    flash(f"Saved. {say_moved(report.moved, 'comment')}")
    return redirect(url_for(".index"))


def _contest(form: SettleForm) -> Contest | None:
    found = load_contests(db.session(), g.course.id)
    named = (form.kind.data, form.key.data)
    return next((one for one in found if (one.conflict.kind, one.conflict.key) == named), None)


@bp.post("/undo")
def undo() -> Response:
    form = valid_or_400(UnsettleForm())
    settled = queries.load_settled_lines(db.session(), g.course.id, {})
    if form.decision.data not in {one.decision.id for one in settled}:
        raise ConflictError(CHANGED)
    report = jobs.undo(g.course.id, form.decision.data, act())
    flash(f"Undone. {say_moved(report.moved, 'comment')}")
    return redirect(url_for(".index"))


@bp.post("/<int:comment_id>")
def keep(comment_id: int) -> Response:
    """Say again what stands about a comment, knowing what came since."""
    linkage = load.linkage_or_404(comment_id)
    form = valid_or_400(KeepForm())
    taught = linkage.decision.taught if linkage.decision else ()
    teach = {one.get("handle") or one.get("denial") or "" for one in taught}
    if linkage.flag not in queries.CONTRADICTED:
        raise ConflictError(CHANGED)
    mine = act(seen=form.seen.data)
    if linkage.enrollment_id is None:
        jobs.mark_outsider(g.course.id, comment_id, mine, teach=teach)
        flash("Kept as not by a student in this course. We’ll ask again only if there is new evidence.")
    else:
        jobs.confirm(g.course.id, comment_id, linkage.enrollment_id, mine, teach=teach)
        flash("Kept as it was. We’ll ask again only if there is new evidence.")
    return redirect(url_for(".index"))
