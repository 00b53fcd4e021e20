"""Assigning blogs to students: to all in turn or at random, to one by hand, and replacing a blog."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, url_for
from wtforms import HiddenField, IntegerField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker import clock
from tracker.domain.errors import ConflictError, TrackerError
from tracker.domain.rota import Method
from tracker.extensions import db
from tracker.jobs.assignments.assign_blogs import AllotReport, allot_blogs, give_blog
from tracker.jobs.assignments.replace_blog import EXTRA_DAYS, replace_blog, undo_replace
from tracker.queries.assignments.assigned_blogs import Allotted, load_allotted
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import BaseForm, ButtonForm, max_length
from tracker.web.values import read_number
from tracker.wording.numbers import say_count

bp = Blueprint("assign_blogs", __name__, url_prefix="/assignments/<key>/blogs")
# Blogs are dealt out over the whole class.
bp.before_request(load.whole_course_or_404)


class AllotForm(BaseForm):
    """`seen` is who would get which blog as the person saw it: student:blog, with blanks between."""

    method = SelectField(
        "How",
        choices=[
            SelectChoice("rotation", "in rotation, starting one blog later each assignment"),
            SelectChoice("random", "at random"),
        ],
    )
    cap = IntegerField(
        "Most students per blog", [Optional(), NumberRange(1, 1000, "Enter a number from 1 to 1,000.")]
    )
    seed = IntegerField("Random seed", [Optional()])
    with_blind = SelectField(
        "Blogs whose comments we can’t see",
        choices=[
            SelectChoice("", "don’t assign"),
            SelectChoice("yes", "assign too; students need receipts"),
        ],
    )
    seen = HiddenField()
    preview = SubmitField("Preview")


class GiveBlogForm(BaseForm):
    student = SelectField("Student", coerce=int)
    blog = SelectField("Blog", coerce=int)
    author = StringField("Only posts by", [max_length(200)])
    post_url = StringField("Only this post", [max_length(2000)])


class ReplaceForm(BaseForm):
    days = IntegerField(
        "Extra days",
        [InputRequired("Enter a number of days."), NumberRange(0, 365, "Enter a number from 0 to 365.")],
    )
    seen = HiddenField()


@bp.get("")
def index(key: str) -> str:
    return _show(key, AllotForm(formdata=None, method="rotation"), GiveBlogForm(formdata=None))


@bp.post("")
def allot(key: str) -> Page:
    """Shows who would get which blog; saves what was seen, and nothing else."""
    form = AllotForm()
    if not form.validate():
        return _show(key, form, GiveBlogForm(formdata=None)), 422
    seen = _read(form.seen.data or "")
    try:
        report = allot_blogs(
            g.course.id,
            key,
            act(preview=bool(form.preview.data)),
            method=Method(form.method.data),
            cap=form.cap.data,
            seed=form.seed.data or 0,
            with_blind=bool(form.with_blind.data),
            expected=None if form.preview.data else seen,
        )
    except TrackerError as error:
        form.refuse(str(error))
        return _show(key, form, GiveBlogForm(formdata=None)), 409 if isinstance(error, ConflictError) else 422
    if form.preview.data:
        form.seen.data = _write(report.given)
        return _show(key, form, GiveBlogForm(formdata=None), report)
    flash(f"Blogs assigned to {say_count(len(report.given), 'student')}.")
    return redirect(url_for(".index", key=key))


@bp.post("/give")
def give(key: str) -> Page:
    form = GiveBlogForm()
    _fill(form, key)
    if not form.validate():
        return _show(key, AllotForm(formdata=None), form), 422
    try:
        give_blog(
            g.course.id,
            key,
            form.student.data,
            form.blog.data,
            act(),
            author=form.author.data or "",
            post_url=form.post_url.data or "",
        )
    except TrackerError as error:
        form.refuse(str(error))
        return _show(key, AllotForm(formdata=None), form), 409 if isinstance(error, ConflictError) else 422
    flash("Blog assigned.")
    return redirect(url_for(".index", key=key))


@bp.get("/<int:blog_id>/replace")
def replacing(key: str, blog_id: int) -> str:
    return _show_replace(key, blog_id, ReplaceForm(formdata=None, days=EXTRA_DAYS))


@bp.post("/<int:blog_id>/replace")
def replace(key: str, blog_id: int) -> Page:
    load.assignment_or_404(key)
    load.blog_or_404(blog_id)
    form = ReplaceForm()
    if not form.validate():
        return _show_replace(key, blog_id, form), 422
    try:
        report = replace_blog(
            g.course.id,
            key,
            blog_id,
            act(),
            extra_days=form.days.data or 0,
            expected=_read(form.seen.data or ""),
        )
    except TrackerError as error:
        form.refuse(str(error))
        return _show_replace(key, blog_id, form), 409 if isinstance(error, ConflictError) else 422
    flash(
        f"{say_count(len(report.moved), 'student')} moved to other blogs. Their comments keep their credit."
    )
    return redirect(url_for(".index", key=key))


@bp.post("/<int:blog_id>/undo")
def undo(key: str, blog_id: int) -> Page:
    load.assignment_or_404(key)
    load.blog_or_404(blog_id)
    if ButtonForm().validate():
        number = undo_replace(g.course.id, key, blog_id, act())
        flash(f"Undone. {say_count(number, 'student')} moved back to the old blog.")
    return redirect(url_for(".index", key=key))


def _show(key: str, form: AllotForm, giving: GiveBlogForm, report: AllotReport | None = None) -> str:
    allotted = _fill(giving, key)
    return render_template(
        "instructor/assignments/assigned_blogs.html", form=form, giving=giving, page=allotted, report=report
    )


def _fill(form: GiveBlogForm, key: str) -> Allotted:
    allotted = load_allotted(db.session(), g.course.id, load.assignment_or_404(key), clock.now())
    form.student.choices = [SelectChoice(one.enrollment_id, one.sort_name) for one in allotted.without]
    form.blog.choices = [SelectChoice(one.blog_id, one.title) for one in allotted.blogs]
    return allotted


def _show_replace(key: str, blog_id: int, form: ReplaceForm) -> str:
    assignment, blog = load.assignment_or_404(key), load.blog_or_404(blog_id)
    days = form.days.data if form.days.data is not None and not form.days.errors else EXTRA_DAYS
    report = replace_blog(g.course.id, key, blog_id, act(preview=True), extra_days=days)
    form.seen.data = _write({one.enrollment_id: one.blog_id for one in report.moved})
    allotted = load_allotted(db.session(), g.course.id, assignment, clock.now())
    return render_template(
        "instructor/assignments/replace_blog.html",
        form=form,
        report=report,
        page=allotted,
        blog=blog,
    )


def _write(given: Mapping[int, int]) -> str:
    return " ".join(f"{who}:{blog_id}" for who, blog_id in given.items())


def _read(seen: str) -> dict[int, int]:
    """What a person saw; what cannot be read names no student, and so is a conflict."""
    pairs = ([read_number(number) for number in one.split(":")] for one in seen.split())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[0] and pair[1]}
