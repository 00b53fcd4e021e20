"""The roster: who is in the course, importing students, and one student's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker import clock
from tracker.domain.errors import ConflictError, FileError, TrackerError
from tracker.exports.roster_file import read_roster
from tracker.exports.tables import decode
from tracker.extensions import db
from tracker.jobs.dependencies import hash_key
from tracker.jobs.people import import_roster
from tracker.jobs.people.import_roster import RosterReport
from tracker.jobs.receipts import receipts
from tracker.models import Enrollment
from tracker.queries.coursework import load_assignments
from tracker.queries.people.preview_roster import preview_roster
from tracker.queries.people.roster import RosterFilter, load_roster
from tracker.queries.status.student_page import load_student_page
from tracker.queries.verdicts.gradebook import load_student_grades
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import BaseForm, ListForm, SignedForm, max_length, read_signed, sign
from tracker.web.values import read_number
from tracker.wording.numbers import say_count

bp = Blueprint("students", __name__, url_prefix="/students")


@bp.app_template_filter("bare_address")
def bare_address(text: str) -> str:
    """An address as people say it: without its scheme and the slash at its end."""
    return text.removeprefix("https://").removeprefix("http://").removesuffix("/")


class StaffReceiptForm(BaseForm):
    """A receipt saved for a student. `made` is course time as a browser writes it; "": just now."""

    link = StringField("Link to the post or comment", [InputRequired("Paste the link."), max_length(2000)])
    text = TextAreaField(
        "The comment’s text",
        [
            DataRequired("Paste the comment’s text. We use it to find the comment on the blog."),
            Length(max=20_000, message="Use at most 20,000 characters; the beginning is enough."),
        ],
    )
    made = StringField("When it was posted", render_kw={"type": "datetime-local"})
    assignment = SelectField("Assignment")

    def __init__(self, rounds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.assignment.choices = [("", "whichever fits"), *rounds]


class ApplyRosterForm(SignedForm):
    drop = SelectMultipleField("Drop these", coerce=int, validate_choice=False)


@bp.route("")
def index() -> str:
    wanted = RosterFilter(
        name=request.args.get("name", "").strip(),
        section=request.args.get("section", ""),
        blog=request.args.get("blog", ""),
        page=read_number(request.args.get("page")) or 1,
    )
    roster = load_roster(db.session(), g.course.id, wanted, load.visible_section_ids())
    return render_template(
        "instructor/people/index.html",
        roster=roster,
        wanted=wanted,
        kept=wanted.as_query(),
    )


@bp.route("/<int:enrollment_id>")
def show(enrollment_id: int) -> str:
    return _show(load.student_or_404(enrollment_id))


def _show(row: Enrollment, form: StaffReceiptForm | None = None) -> str:
    page = load_student_page(db.session(), g.course.id, row, clock.now())
    rounds = [(one.row.key, one.row.title) for one in page.rounds]
    form = form or StaffReceiptForm(rounds)
    grades, total, total_rule = load_student_grades(db.session(), g.course.id, row.id)
    return render_template(
        "instructor/people/student.html",
        page=page,
        student=page.line,
        form=form,
        grades=grades,
        total=total,
        total_rule=total_rule,
    )


@bp.route("/<int:enrollment_id>/receipts", methods=["POST"])
def save_receipt(enrollment_id: int) -> Page:
    """Save a receipt for a student who sent it by another way, such as a picture by mail."""
    row = load.student_or_404(enrollment_id)
    if g.course.archived_at is not None:
        raise ConflictError("This course is over. You can’t save receipts anymore.")
    assignments = {one.key: one for one in load_assignments(db.session(), g.course.id)}
    form = StaffReceiptForm([(one.key, one.title) for one in assignments.values()])
    if not form.validate():
        return _show(row, form), 422
    chosen = assignments.get(form.assignment.data or "")
    try:
        report = receipts.save_receipt(
            row.id,
            form.link.data or "",
            form.text.data or "",
            act(),
            assignment_id=chosen.id if chosen is not None else None,
            by_staff=True,
            made_at=receipts.read_made(form.made.data or "", g.course.zone),
        )
    except TrackerError as exc:
        form.refuse(str(exc))
        return _show(row, form), 422
    flash(_say_saved(report))
    return redirect(url_for(".show", enrollment_id=row.id, _anchor="receipts"))


def _say_saved(report: receipts.ReceiptReport) -> str:
    if report.blog_id is None:
        return "Receipt saved. Its link is not on a blog this course follows, so we can’t check it."
    if not report.names_post:
        return "Receipt saved. Its link goes to the blog, not to a post, so we can’t check it."
    return "Receipt saved. The next check will look for the comment."


@bp.route("/import", methods=["GET", "POST"])
def preview() -> Page:
    """Takes a list and shows every row and what would change; writes nothing."""
    load.whole_course_or_404()
    form = ListForm()
    if form.validate_on_submit():
        try:
            form.text.data = text = decode(form.content())
            if not text.strip():
                raise FileError("Choose a file or paste a list.")
            rows = read_roster(text)
            diff = preview_roster(db.session(), g.course.id, rows)
            return render_template(
                "instructor/people/import_preview.html",
                diff=diff,
                rows=rows,
                form=ApplyRosterForm(formdata=None, given=sign("roster", text)),
                nothing_new=not (diff.added or diff.changed or diff.missing),
            )
        except FileError as error:
            form.refuse(str(error))
    return render_template("instructor/people/import.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/import/apply", methods=["POST"])
def apply() -> Page:
    load.whole_course_or_404()
    form = ApplyRosterForm()
    if not form.validate():
        raise ConflictError("The preview is incomplete. Choose the file again.")
    report = import_roster.apply(
        g.course.id,
        read_roster(read_signed("roster", form.given.data)),
        act(),
        hash_key=hash_key(current_app.config["SECRET_KEY"]),
        drop=form.drop.data or (),
    )
    flash(_say_done(report))
    return redirect(url_for(".index"))


def _say_done(report: RosterReport) -> str:
    numbers = {word: getattr(report, word) for word in ("added", "changed", "dropped", "unchanged")}
    said = ", ".join(f"{number} {word}" for word, number in numbers.items() if number).capitalize() + "."
    if report.missing:
        said += f" {say_count(len(report.missing), 'student')} not in the list stayed."
    return said
