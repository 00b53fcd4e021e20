"""The first page, a list of courses, a new course, the colors, and a health check.

Tested in tests/web/auth/test_views.py.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import text
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Regexp

from tracker.domain.errors import TrackerError
from tracker.extensions import db
from tracker.jobs.people.accounts import create_course
from tracker.models import Course, Enrollment
from tracker.queries import permissions as queries
from tracker.web.access import Page, admin_only, public, signed_in
from tracker.web.act import act
from tracker.web.forms import BaseForm, locales, max_length, time_zones
from tracker.web.layout import THEMES
from tracker.web.redirects import next_page

bp = Blueprint("home", __name__)


class NewCourseForm(BaseForm):
    name = StringField("Name", [InputRequired("Enter a name."), max_length(200)])
    key = StringField(
        "Short name",
        [
            InputRequired("Enter a short name."),
            max_length(60),
            Regexp(
                r"(?i)\A(?!new\Z)[a-z0-9][a-z0-9._-]*\Z",
                message="Use only letters, digits, hyphens and dots.",
            ),
        ],
    )
    time_zone = SelectField("Time zone", choices=time_zones)
    locale = SelectField("Date and time format", choices=locales)


@bp.route("/")
@signed_in
def index() -> Page:
    """To where this person works: the one course, the list, or the form for the first course."""
    enrollments = queries.enrollments_of(db.session(), current_user.id)
    if len(enrollments) == 1:
        return redirect(_course_page(enrollments[0]))
    if not enrollments and current_user.is_admin and not queries.all_courses(db.session()):
        return redirect(url_for(".new_course"))
    return redirect(url_for(".courses"))


@bp.route("/courses")
@signed_in
def courses() -> Page:
    enrollments = queries.enrollments_of(db.session(), current_user.id)
    mine = [(e.course, e.role, _course_page(e)) for e in enrollments]
    known = {e.course_id for e in enrollments}
    others = [
        (course, _staff_page(course))
        for course in (queries.all_courses(db.session()) if current_user.is_admin else [])
        if course.id not in known
    ]
    return render_template("home/courses.html", mine=mine, others=others)


def _course_page(enrollment: Enrollment) -> str:
    if enrollment.role == "student":
        return url_for("student.status.index", course_key=enrollment.course.key)
    return _staff_page(enrollment.course)


def _staff_page(course: Course) -> str:
    return url_for("instructor.course.index", course_key=course.key)


@bp.route("/courses/new", methods=["GET", "POST"])
@admin_only
def new_course() -> Page:
    form = NewCourseForm(time_zone="America/Chicago")
    if form.validate_on_submit():
        try:
            create_course(
                form.key.data,
                form.name.data,
                act(),
                time_zone=form.time_zone.data,
                locale=form.locale.data,
            )
        except TrackerError as error:
            form.refuse(str(error))
        else:
            flash("Course created. You are its instructor.")
            return redirect(url_for("instructor.course.index", course_key=form.key.data.casefold()))
    return render_template("home/new_course.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/theme", methods=["POST"])
@public
def theme() -> Response:
    """Keep the colors a reader has chosen; `system` forgets the choice."""
    response = redirect(next_page(request.form.get("next")))
    chosen = request.form.get("theme")
    if chosen in THEMES[1:]:
        response.set_cookie(
            "theme",
            chosen,
            max_age=timedelta(days=365),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie("theme")
    return response


@bp.route("/healthz")
@public
def health() -> Response:
    """Whether the program answers and reaches its database; says nothing else."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
