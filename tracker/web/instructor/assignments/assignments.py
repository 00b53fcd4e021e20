"""Assignments: the list, the rule as a sentence to fill in, the blogs assigned to students."""

from __future__ import annotations

import json

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from tracker import clock
from tracker.domain.errors import ConflictError, FileError, TrackerError
from tracker.exports.rule_file import parse_rule_file
from tracker.exports.tables import decode
from tracker.extensions import db
from tracker.jobs.assignments import assignments as jobs
from tracker.jobs.verdicts.terms import PutReport, put_terms
from tracker.queries.assignments import assignments as queries
from tracker.queries.assignments.assignments import AssignmentPage
from tracker.queries.assignments.preview_page import show_preview
from tracker.queries.assignments.rule_templates import TEMPLATES, propose_rule
from tracker.queries.verdicts.preview_rule import RulePreview, preview_typed_rule
from tracker.queries.verdicts.rule_files import export_rule, read_rule, read_terms
from tracker.web import load
from tracker.web.access import Page
from tracker.web.act import act
from tracker.web.forms import BaseForm, ListForm, SignedForm, max_length, read_signed, sign
from tracker.web.instructor.assignments.rule_form import RuleForm, fill_form
from tracker.web.values import read_number
from tracker.wording.numbers import say_count
from tracker.wording.rule_form import say_folds

bp = Blueprint("assignments", __name__)


class RuleFileForm(BaseForm):
    file = FileField("File (JSON)")
    key = StringField("Short name", [InputRequired("Enter the assignment’s short name."), max_length(60)])


@bp.route("/assignments")
def index() -> str:
    lines = queries.load_assignment_list(db.session(), g.course.id, clock.now(), load.visible_section_ids())
    return render_template("instructor/assignments/index.html", lines=lines)


@bp.route("/new-assignment")
def new() -> str:
    load.whole_course_or_404()
    template = request.args.get("template", "c4t")
    proposed = propose_rule(db.session(), g.course.id, clock.now(), template)
    return _show_new(fill_form(proposed.typed, key=proposed.key))


@bp.route("/new-assignment", methods=["POST"])
def create() -> Page:
    load.whole_course_or_404()
    form = RuleForm()
    if not form.validate():
        return _show_new(form), 422
    try:
        if form.wants_preview:
            return _preview(None, form)
        jobs.create_assignment(g.course.id, form.key.data or "", form.typed(), act())
    except TrackerError as error:
        form.blame(error)
        return _show_new(form), 422
    flash(f"{form.title.data} created. Next, assign each student a blog to comment on.")
    return redirect(url_for(".edit", key=(form.key.data or "").casefold()))


@bp.route("/assignments/<key>")
def edit(key: str) -> str:
    page = _page(key)
    return _show(page, fill_form(page.typed, seen_version=page.row.version) if page.typed else None)


@bp.route("/assignments/<key>", methods=["POST"])
def change(key: str) -> Page:
    load.whole_course_or_404()
    assignment = load.assignment_or_404(key)
    form = RuleForm()
    seen_version = read_number(form.seen_version.data)
    if not form.validate() or seen_version is None:
        return _show(_page(key), form), 422
    try:
        if form.wants_preview:
            return _preview(key, form)
        report = jobs.change_terms(assignment.id, form.typed(), act(seen=seen_version))
    except TrackerError as error:
        form.blame(error)
        return _show(_page(key), form), 409 if isinstance(error, ConflictError) else 422
    _say_saved(report)
    return redirect(url_for(".edit", key=key))


@bp.route("/assignments/<key>/rule.json")
def export(key: str) -> Response:
    """The rule in force as a file, fit for the other course or for import-assignment."""
    load.assignment_or_404(key)
    document = export_rule(db.session(), g.course.id, key)
    return Response(
        json.dumps(document, ensure_ascii=False, indent=2),
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{key}.json"'},
    )


@bp.route("/rule-file", methods=["POST"])
def check_file() -> Page:
    """Says what the rule of a file would do; writes nothing."""
    load.whole_course_or_404()
    upload = RuleFileForm(prefix="upload-")
    if upload.validate():
        try:
            content = upload.file.data.read() if upload.file.data else b""
            document = parse_rule_file(content, "The file")
            read = read_rule(db.session(), g.course.id, upload.key.data or "", document, clock.now())
            given = sign("rule", [read.key, read.seen_version, document])
            form = SignedForm(formdata=None, given=given)
            return render_template(
                "instructor/assignments/rule_file.html", read=read, form=form, **_shown(read.preview)
            )
        except TrackerError as error:
            upload.file.errors = [str(error)]
    proposed = propose_rule(db.session(), g.course.id, clock.now())
    return _show_new(fill_form(proposed.typed, key=proposed.key), upload=upload), 422


@bp.route("/rule-file/save", methods=["POST"])
def save_file() -> Response:
    load.whole_course_or_404()
    key, seen_version, document = read_signed("rule", SignedForm().given.data)
    _say_saved(put_terms(g.course.id, key, read_terms(document), act(seen=seen_version)))
    return redirect(url_for(".edit", key=key))


def _say_saved(report: PutReport) -> None:
    if report.is_same:
        flash(f"This is the same as version {report.version}. Nothing changed.")
    else:
        flash(f"Saved. Version {report.version} is in force, and all students have been re-graded.")


def _page(key: str) -> AssignmentPage:
    assignment = load.assignment_or_404(key)
    return queries.load_assignment_page(
        db.session(), g.course.id, assignment, clock.now(), load.visible_section_ids()
    )


def _preview(key: str | None, form: RuleForm) -> str:
    """The page once more, with what the rule as typed would change. Nothing is saved."""
    preview = preview_typed_rule(
        db.session(),
        g.course.id,
        key,
        form.typed(),
        clock.now(),
        hours=form.hours.data or 0 if form.shift.data else 0,
        milder=form.take.data or "",
    )
    if preview.typed is not None and preview.is_other:
        form = fill_form(preview.typed, key=form.key.data, seen_version=form.seen_version.data)
    return _show_new(form, preview) if key is None else _show(_page(key), form, preview)


def _shown(preview: RulePreview | None) -> dict[str, object]:
    """A preview as the templates read it."""
    changes = show_preview(db.session(), g.course.id, preview.comparison) if preview is not None else None
    return {"preview": preview, "changes": changes}


def _show_new(form: RuleForm, preview: RulePreview | None = None, upload: RuleFileForm | None = None) -> str:
    return render_template(
        "instructor/assignments/new.html",
        form=form,
        upload=upload or RuleFileForm(formdata=None, prefix="upload-"),
        **_shown(preview),
        folds=say_folds(form.typed(), g.course.locale),
        templates=TEMPLATES,
    )


def _show(page: AssignmentPage, form: RuleForm | None, preview: RulePreview | None = None) -> str:
    return render_template(
        "instructor/assignments/edit.html",
        page=page,
        form=form,
        **_shown(preview),
        folds=say_folds(form.typed(), g.course.locale) if form else {},
    )


@bp.route("/assigned-blogs", methods=["GET", "POST"])
def check_given() -> Page:
    """Takes a list and says what it would do; writes nothing."""
    load.whole_course_or_404()
    form = ListForm()
    if form.validate_on_submit():
        try:
            form.text.data = decode(form.content())
            report = jobs.import_allocations(g.course.id, form.text.data, act(preview=True))
            checked = SignedForm(formdata=None, given=sign("blogs given", form.text.data))
            return render_template(
                "instructor/assignments/assigned_blogs_preview.html", report=report, form=checked
            )
        except FileError as error:
            form.refuse(str(error))
    status = 422 if form.is_submitted() else 200
    return render_template("instructor/assignments/import_assigned_blogs.html", form=form), status


@bp.route("/assigned-blogs/apply", methods=["POST"])
def give() -> Response:
    load.whole_course_or_404()
    text = read_signed("blogs given", SignedForm().given.data)
    report = jobs.import_allocations(g.course.id, text, act())
    flash(
        f"{say_count(report.added, 'blog')} assigned, {report.changed} changed, {report.unchanged} unchanged."
    )
    return redirect(url_for(".index"))
