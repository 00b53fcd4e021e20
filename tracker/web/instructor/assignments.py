"""Assignments: the list, the rule as a sentence to fill in, the blogs given to students."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf.file import FileField
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker import clock
from tracker.domain.errors import ConflictError, FileError, TrackerError
from tracker.domain.typed_rule import TypedCondition, TypedPosts, TypedRule
from tracker.extensions import db
from tracker.jobs import assignments as jobs
from tracker.jobs.tables import decode
from tracker.queries import assignments as queries
from tracker.queries.assignments import AssignmentPage, FilledRule
from tracker.web import access
from tracker.web.filters import plural
from tracker.web.forms import BaseForm, max_length

bp = Blueprint("assignments", __name__)

Page = str | tuple[str, int] | Response
WALL_CLOCK = {"type": "datetime-local"}


class RuleForm(BaseForm):
    """The C4T rule. `seen_version` is the version that was in force when the page was made."""

    title = StringField("Title", [InputRequired("Give it a title; students see it."), max_length(200)])
    key = StringField("Short name", [max_length(60)])
    comments = IntegerField("How many comments", [InputRequired("How many?"), NumberRange(1, 50, "1 to 50.")])
    opens = StringField("Opens", render_kw=WALL_CLOCK)
    comments_due = StringField("Comments are due", [InputRequired("Until when?")], render_kw=WALL_CLOCK)
    min_words = IntegerField("Words", [Optional(), NumberRange(0, 5_000, "0 to 5,000 words.")])
    floor = SelectField(
        "Words are", choices=[SelectChoice("hint", "as a hint only"), SelectChoice("required", "required")]
    )
    summary_due = StringField("Summary is due", render_kw=WALL_CLOCK)
    points = StringField("Points", [max_length(10)])
    seen_version = HiddenField()
    read_first = SubmitField("Read it first")


class GiveForm(BaseForm):
    file = FileField("File (CSV)")
    text = TextAreaField("Or paste the list")


class ApplyForm(BaseForm):
    """`given` is the list that was checked, signed, so that what is saved is what was seen."""

    given = HiddenField(validators=[InputRequired()])


@bp.route("/assignments")
def index() -> str:
    lines = queries.load_assignment_list(db.session(), g.course.id, clock.now(), access.visible_section_ids())
    return render_template("instructor/assignments/index.html", lines=lines, may_change=_may_change())


@bp.route("/new-assignment")
def new() -> str:
    access.whole_course_or_404()
    return _show_new(_filled(queries.propose_rule(db.session(), g.course.id, clock.now())))


@bp.route("/new-assignment", methods=["POST"])
def create() -> Page:
    access.whole_course_or_404()
    form = RuleForm()
    if not form.validate():
        return _show_new(form), 422
    try:
        if form.read_first.data:
            return _show_new(form, rule=_rule_of(form))
        jobs.create_assignment(
            g.course.id, form.key.data or "", _typed(form), by=current_user.id, now=clock.now()
        )
    except TrackerError as error:
        form.refuse(str(error))
        return _show_new(form), 422
    flash(f"{form.title.data} is there. Now give each student a blog to comment on.")
    return redirect(url_for(".edit", key=(form.key.data or "").casefold()))


@bp.route("/assignments/<key>")
def edit(key: str) -> str:
    page = _page(key)
    return _show(page, _filled(page.filled, page.version))


@bp.route("/assignments/<key>", methods=["POST"])
def change(key: str) -> Page:
    access.whole_course_or_404()
    assignment = access.assignment_or_404(key)
    form = RuleForm()
    if not form.validate() or not (form.seen_version.data or "").isdecimal():
        return _show(_page(key), form), 422
    try:
        if form.read_first.data:
            return _show(_page(key), form, rule=_rule_of(form))
        version = jobs.change_terms(
            assignment.id,
            _typed(form, names=_page(key).names),
            seen_version=int(form.seen_version.data),
            by=current_user.id,
            now=clock.now(),
        )
    except TrackerError as error:
        form.refuse(str(error))
        return _show(_page(key), form), 409 if isinstance(error, ConflictError) else 422
    flash(f"Version {version} is in force, and everybody has been judged by it.")
    return redirect(url_for(".edit", key=key))


def _may_change() -> bool:
    return access.visible_section_ids() is None


def _page(key: str) -> AssignmentPage:
    assignment = access.assignment_or_404(key)
    return queries.load_assignment_page(
        db.session(), g.course.id, assignment, clock.now(), access.visible_section_ids()
    )


def _filled(rule: FilledRule, version: int | None = None) -> RuleForm:
    return RuleForm(
        formdata=None,
        title=rule.title,
        key=rule.key,
        comments=rule.comments,
        opens=rule.opens,
        comments_due=rule.comments_due,
        min_words=rule.min_words or None,
        floor="required" if rule.words_required else "hint",
        summary_due=rule.summary_due,
        points=rule.points,
        seen_version=version,
    )


def _typed(form: RuleForm, names: tuple[str, ...] = ()) -> TypedRule:
    words = form.min_words.data or 0
    earns = 0 if form.floor.data == "required" else 100
    return TypedRule(
        title=form.title.data or "",
        comments=form.comments.data or 0,
        opens=form.opens.data or "",
        comments_due=form.comments_due.data or "",
        summary_due=form.summary_due.data or "",
        points=form.points.data or "",
        conditions=(TypedCondition("words", words, earns),) if words else (),
        summary=TypedPosts("\n".join(names)),
    )


def _rule_of(form: RuleForm) -> str:
    zone = ZoneInfo(g.course.time_zone)
    return queries.say_rule(_typed(form), zone)


def _show_new(form: RuleForm, rule: str = "") -> str:
    return render_template("instructor/assignments/new.html", form=form, rule=rule)


def _show(page: AssignmentPage, form: RuleForm, rule: str = "") -> str:
    return render_template(
        "instructor/assignments/edit.html", page=page, form=form, rule=rule, may_change=_may_change()
    )


@bp.route("/give-blogs")
def give_form() -> str:
    access.whole_course_or_404()
    return render_template("instructor/assignments/give.html", form=GiveForm())


@bp.route("/give-blogs", methods=["POST"])
def check_given() -> Page:
    """Says what the list would do; writes nothing."""
    access.whole_course_or_404()
    form = GiveForm()
    if form.validate():
        try:
            content = form.file.data.read() if form.file.data else b""
            form.text.data = decode(content or form.text.data or "")
            report = jobs.import_allocations(
                g.course.id, form.text.data, by=current_user.id, now=clock.now(), dry_run=True
            )
            checked = ApplyForm(formdata=None, given=_signer().dumps(form.text.data))
            return render_template("instructor/assignments/checked.html", report=report, form=checked)
        except FileError as error:
            form.refuse(str(error))
    return render_template("instructor/assignments/give.html", form=form), 422


@bp.route("/give-blogs/apply", methods=["POST"])
def give() -> Response:
    access.whole_course_or_404()
    form = ApplyForm()
    try:
        text = _signer().loads(form.given.data or "")
    except BadData as exc:
        raise ConflictError("What was checked has been altered. Choose the file once more.") from exc
    report = jobs.import_allocations(g.course.id, text, by=current_user.id, now=clock.now())
    flash(f"{plural(report.added, 'blog')} given, {report.changed} changed, {report.unchanged} as before.")
    return redirect(url_for(".index"))


def _signer() -> URLSafeSerializer:
    """Signs for this course only."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"blogs given in course {g.course.id}")
